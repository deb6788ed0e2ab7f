"""How the groups of an audience come about, from the bottom up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

ROOT = 0
"""The place above all units: the audience as a whole."""


@dataclass
class Gathered:
    """People who share a key: at `unit`, the rest of it once the groups below took theirs.

    `rest_of` is set where those who were left over in the whole audience were added to it.
    """

    unit: int
    people: list[int] = field(default_factory=list)
    has_rest: bool = False


def gathered(parents: Mapping[int, int], people: Mapping[int, int], k: int) -> list[Gathered] | None:
    """The groups of an audience, from the bottom up; nothing where all of it together is fewer than `k`.

    `parents` leads from each unit to the one above it, the topmost to ROOT; `people` from each person to their unit or
    ROOT. A unit forms a group if at least `k` are left in it once the groups below took theirs; otherwise its people go
    to the unit above. Whoever is left at the top joins the smallest group. Everybody is in exactly one.
    """
    left: dict[int, list[int]] = {}
    for person, unit in people.items():
        left.setdefault(unit, []).append(person)
    groups: list[Gathered] = []
    for unit in deepest_first(parents):
        here = left.pop(unit, [])
        if len(here) >= k:
            groups.append(Gathered(unit, here))
        elif unit == ROOT:
            return with_rest(groups, here)
        elif here:
            left.setdefault(parents[unit], []).extend(here)
    return groups


def deepest_first(parents: Mapping[int, int]) -> list[int]:
    """Every unit before the one above it, and ROOT at the end; what leads to no known unit stands below ROOT."""
    depths: dict[int, int] = {ROOT: 0}

    def depth(unit: int) -> int:
        steps = []
        while unit not in depths:
            steps.append(unit)
            unit = parents[unit]
        for step in reversed(steps):
            depths[step] = depths[parents[step]] + 1
        return depths[steps[0]] if steps else depths[unit]

    return sorted([*parents, ROOT], key=lambda unit: (-depth(unit), unit))


def with_rest(groups: list[Gathered], rest: list[int]) -> list[Gathered] | None:
    """The groups once those who are left at the top have joined the smallest one; nothing where there is none."""
    if not groups:
        return None
    if rest:
        smallest = min(groups, key=lambda group: (len(group.people), group.unit))
        smallest.people.extend(rest)
        smallest.has_rest = True
    return groups


def inner_units(parents: Mapping[int, int], groups: Iterable[Gathered]) -> dict[int, set[int]]:
    """The units worth a sum of their own, each with the places in `groups` of those inside: two or more, and not all.

    A group that took in the rest of the audience belongs to the audience alone. Of units that hold the same groups,
    the lowest is named.
    """
    inside: dict[int, set[int]] = {}
    everyone = set()
    for place, group in enumerate(groups):
        everyone.add(place)
        unit = ROOT if group.has_rest else group.unit
        while unit != ROOT:
            inside.setdefault(unit, set()).add(place)
            unit = parents[unit]
    kept: dict[frozenset[int], int] = {}
    for unit in deepest_first(parents):
        places = frozenset(inside.get(unit, ()))
        if len(places) > 1 and places != everyone:
            kept.setdefault(places, unit)
    return {unit: set(places) for places, unit in kept.items()}
