"""Organisations of any shape that are asked the same question again and again, while people come, move and leave."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from heard.plumbing.disclosure import Entry, Node, Tree, crossings_of, next_release
from heard.plumbing.disclosure.figures import Batch

# Takes what `next_release` takes.
type Releasing = Callable[..., Entry | None]


@dataclass
class Person:
    """Somebody who stands in a unit, and answers most often what they answered before."""

    unit: Node
    answer: int = -1
    stood_in: dict[str, Node] = field(default_factory=dict)


@dataclass
class Ask:
    """What happened in one ask: the release entries, and the true tallies of each."""

    name: str
    tree: Tree
    entries: list[Entry] = field(default_factory=list)
    batches: list[Batch] = field(default_factory=list)


@dataclass
class Story:
    """All asks of one organisation, and who stood in which leaf of each, person by person."""

    k: int
    asks: list[Ask]
    rolls: list[dict[str, Node]]


def story(seed: int, weeks: int, *, releasing: Releasing = next_release) -> Story:
    """So many weeks of an organisation: asks that are open for one to four weeks, released or not week by week."""
    chance = random.Random(seed)
    k, categories = chance.choice([5, 7, 7, 10]), chance.choice([2, 2, 3])
    units = _units(chance)
    staff = [_newcomer(chance, units, categories) for _ in range(chance.choice([40, 80, 150, 250, 400]))]
    leaning = {unit: chance.random() ** chance.choice([0.3, 1, 1, 3]) for unit in units}
    told = Story(k, [], [])
    ledger: list[Entry] = []
    week = 0
    while week < weeks:
        length = min(chance.randint(1, 4), weeks - week)
        tree, leaf_of = _frozen(units, Counter(person.unit for person in staff), k)
        ask = Ask(f"ask-{week}", tree)
        for person in staff:
            person.stood_in[ask.name] = leaf_of[person.unit]
        told.rolls.extend(person.stood_in for person in staff if len(person.stood_in) == 1)
        invited = Counter(leaf_of[person.unit] for person in staff)
        coming = chance.sample(staff, int(len(staff) * chance.uniform(0.5, 0.95)))
        waiting: Counter[tuple[Node, int]] = Counter()
        came: Counter[Node] = Counter()
        for number in range(length):
            here = coming[number::length]
            waiting.update((leaf_of[person.unit], _answer(chance, person, leaning, categories)) for person in here)
            came.update(leaf_of[person.unit] for person in here)
            batch = {
                leaf: tuple(waiting[leaf, category] for category in range(categories))
                for leaf in {leaf for leaf, _ in waiting}
            }
            entry = releasing(
                ask=ask.name,
                question="the same",
                day=date(2026, 1, 5) + timedelta(weeks=week + number),
                tree=tree,
                batches=[*ask.batches, batch],
                invited=invited,
                came=Counter(came),
                k=k,
                ledger=ledger,
                crossings=crossings_of(told.rolls),
                closing=number == length - 1,
            )
            if entry is not None:
                ledger.append(entry)
                ask.entries.append(entry)
                ask.batches.append(batch)
                waiting.clear()
        told.asks.append(ask)
        week += length
        staff = _moved(chance, staff, units, leaning, categories)
    return told


def _units(chance: random.Random) -> dict[Node, Node | None]:
    """A tree of units, each with its parent."""
    units: dict[Node, Node | None] = {"0": None}
    level: list[Node] = ["0"]
    for _ in range(chance.choice([1, 2, 2, 3])):
        level = list(_split(chance, units, level))
    return units


def _split(chance: random.Random, units: dict[Node, Node | None], level: list[Node]) -> Iterator[Node]:
    for unit in level:
        for place in range(chance.randint(2, 5)):
            units[f"{unit}.{place}"] = unit
            yield f"{unit}.{place}"


def _frozen(units: dict[Node, Node | None], people: Counter[Node], k: int) -> tuple[Tree, dict[Node, Node]]:
    """The tree of groups with a key, and the leaf in which each unit's people stand.

    Where a unit has people of its own beside those of its children, they are a leaf too. Who stands in a unit of fewer
    than k people stands in its parent.
    """
    total = Counter(people)
    for unit in units:
        for up in _above(units, unit):
            total[up] += people[unit]
    kept = {unit for unit in units if total[unit] >= k or units[unit] is None}
    leaf_of: dict[Node, Node] = {}
    for unit in units:
        leaf_of[unit] = next(up for up in (unit, *_above(units, unit)) if up in kept)
    parents = {unit: units[unit] for unit in kept}
    inner = {parent for parent in parents.values() if parent is not None}
    own = {leaf for leaf in leaf_of.values() if leaf in inner}
    parents |= {f"{unit} itself": unit for unit in own}
    return Tree(parents), {unit: f"{leaf} itself" if leaf in own else leaf for unit, leaf in leaf_of.items()}


def _above(units: dict[Node, Node | None], unit: Node) -> Iterator[Node]:
    up = units[unit]
    while up is not None:
        yield up
        up = units[up]


def _newcomer(chance: random.Random, units: dict[Node, Node | None], categories: int) -> Person:
    """Units are of very different sizes, and few people stand above the lowest ones."""
    lowest = [unit for unit in units if unit not in set(units.values())]
    weights = [1 / (1 + place % 7) for place in range(len(lowest))]
    unit = chance.choices(lowest, weights)[0] if chance.random() < 0.95 else chance.choice(list(units))
    return Person(unit)


def _answer(chance: random.Random, person: Person, leaning: dict[Node, float], categories: int) -> int:
    if person.answer < 0 or chance.random() < 0.1:
        person.answer = 0 if chance.random() < leaning[person.unit] else chance.randrange(1, categories)
    return person.answer


def _moved(
    chance: random.Random,
    staff: list[Person],
    units: dict[Node, Node | None],
    leaning: dict[Node, float],
    categories: int,
) -> list[Person]:
    """Who is here for the next ask: some leave, come or move, and now and then a unit is moved or made whole."""
    stay = [person for person in staff if chance.random() > 0.01]
    stay.extend(_newcomer(chance, units, categories) for _ in range(chance.randint(0, 3)))
    for person in stay:
        if chance.random() < 0.01:
            person.unit = chance.choice(list(units))
    if chance.random() < 0.1:
        unit = chance.choice([unit for unit in units if units[unit] is not None])
        units[unit] = chance.choice([other for other in units if unit not in {other, *_above(units, other)}])
    return stay
