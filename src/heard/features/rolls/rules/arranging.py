"""The tree that groups stand in: what sums what, in the order in which pages show it, and what each is called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from heard.features.rolls.rules.gathering import ROOT, Gathered, inner_units


@dataclass
class Planned:
    """A group as it would be frozen; `parent` is the place in the list of what sums it, `depth` how far down it is.

    Only those that have a key hold `people`; the others sum what is below.
    """

    name: str
    unit: int | None
    parent: int | None
    depth: int
    invited: int
    is_key: bool
    people: list[int] = field(default_factory=list)


def arranged(groups: Sequence[Gathered], parents: Mapping[int, int], names: Mapping[int, str]) -> list[Planned]:
    """The groups and what sums them, from the top: each after what it is part of. `names` are of units and of ROOT."""
    sums = inner_units(parents, groups)
    if len(groups) > 1:
        sums[ROOT] = set(range(len(groups)))
    above = {unit: smallest_around(places, sums, but=unit) for unit, places in sums.items()}
    under = [smallest_around({place}, sums) for place in range(len(groups))]
    planned: list[Planned] = []

    def add(unit: int, parent: int | None, depth: int) -> None:
        invited = sum(len(groups[place].people) for place in sums[unit])
        planned.append(Planned(names[unit], unit or None, parent, depth, invited, is_key=False))
        here = len(planned) - 1
        for below in sorted((one for one in sums if above[one] == unit), key=lambda one: names[one]):
            add(below, here, depth + 1)
        for place in sorted((p for p in range(len(groups)) if under[p] == unit), key=lambda p: names[groups[p].unit]):
            planned.append(leaf(groups[place], groups, parents, names, here, depth + 1))

    if ROOT in sums:
        add(ROOT, None, 0)
    else:
        planned.extend(leaf(group, groups, parents, names, None, 0) for group in groups)
    return planned


def smallest_around(places: set[int], sums: Mapping[int, set[int]], *, but: int | None = None) -> int | None:
    """The unit with the fewest groups that holds all of `places` and more than itself; nothing for the topmost."""
    around = [unit for unit, held in sums.items() if unit != but and places <= held]
    return min(around, key=lambda unit: len(sums[unit]), default=None)


def leaf(
    group: Gathered,
    groups: Sequence[Gathered],
    parents: Mapping[int, int],
    names: Mapping[int, str],
    parent: int | None,
    depth: int,
) -> Planned:
    """A group with a key, under a name that says where others of its unit are."""
    name = names[group.unit]
    if group.has_rest and group.unit != ROOT:
        name = _("%(name)s, and others of %(all)s") % {"name": name, "all": names[ROOT]}
    elif any(other is not group and is_inside(other.unit, group.unit, parents) for other in groups):
        name = _("%(name)s (others)") % {"name": name}
    unit = group.unit or None
    return Planned(name, unit, parent, depth, len(group.people), is_key=True, people=group.people)


def is_inside(unit: int, other: int, parents: Mapping[int, int]) -> bool:
    """Whether a unit is below another; all are below ROOT."""
    while unit != ROOT:
        unit = parents[unit]
        if unit == other:
            return True
    return False
