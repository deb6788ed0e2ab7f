"""What is shown of how a group answered, and how unanimous groups are kept from telling what each of them answered.

A figure counts the answers of each category. Where all but few in a group answered alike, it only says that they were
so many or more: "7 of 10 or more". What is shown of the nodes above is widened so far, and no further, that nobody can
compute by subtraction what was left open beneath.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import Self

from heard.plumbing.disclosure.ranges import Range, range_above, range_of_group
from heard.plumbing.disclosure.suppressing import remainders
from heard.plumbing.disclosure.tree import Node, Tree

# The number of answers in each category, in the same order everywhere; and the tallies of leaves.
type Tally = Sequence[int]
type Batch = Mapping[Node, Tally]


@dataclass(frozen=True, slots=True)
class Figure:
    """Of so many `answers`, each category got at least `low` and at most `high`."""

    answers: int
    low: tuple[int, ...]
    high: tuple[int, ...]

    @property
    def is_exact(self) -> bool:
        """Whether nothing was left open."""
        return self.low == self.high

    @property
    def alike(self) -> int | None:
        """The category of which it is shown that so many or more chose it ("7 of 10 or more"), if there is one."""
        margin = margin_of(self.answers)
        return next((place for place, low in enumerate(self.low) if low >= self.answers - margin), None)

    def __add__(self, other: Self) -> Self:
        return type(self)(
            self.answers + other.answers,
            tuple(map(sum, zip(self.low, other.low, strict=True))),
            tuple(map(sum, zip(self.high, other.high, strict=True))),
        )


def margin_of(answers: int) -> int:
    """So few who answered otherwise tell of all the others: three of ten, at most three and at least one."""
    return min(3, max(1, answers * 3 // 10))


def coarsened(tally: Tally) -> Figure:
    """The figure of one group by itself: exact, unless all but `margin_of` of them answered alike.

    What it says depends on nothing but whether the tally is within the margin, so it does not tell how near. Where
    there is one category only (comments are counted so), nothing is left open.
    """
    answers = sum(tally)
    margin = margin_of(answers)
    if not answers or len(tally) < 2 or max(tally) < answers - margin:
        return Figure(answers, tuple(tally), tuple(tally))
    same = max(range(len(tally)), key=tally.__getitem__)
    return Figure(
        answers,
        tuple(answers - margin if place == same else 0 for place in range(len(tally))),
        tuple(answers if place == same else margin for place in range(len(tally))),
    )


def settled(steps: Sequence[Tally]) -> Figure:
    """The figure of one group after several releases, none of which gives away what one before it left open.

    What was left open stays so together with what comes next, until the two together are not alike any more.
    """
    nothing = (0,) * len(steps[0])
    exact, still_open = Figure(0, nothing, nothing), nothing
    figure = exact
    for step in steps:
        still_open = summed((still_open, step), len(nothing))
        figure = exact + coarsened(still_open)
        if figure.is_exact:
            exact, still_open = figure, nothing
    return figure


def figures(tree: Tree, shown: Collection[Node], batches: Sequence[Batch]) -> dict[Node, Figure]:
    """The figures of all nodes that are shown, from the tallies of the leaves, batch by batch as they were released.

    Each is drawn from the figures of its parts (what is shown beneath, and the remainder), so that all values which a
    part leaves open stay possible: a category whose sum is near an end of what the parts allow is shown as a range at
    that end.
    """
    width = width_of(batches)
    kept = set(shown)
    parts: dict[Node, list[tuple[Range, ...]]] = {node: [] for node in kept}
    totals: dict[Node, Tally] = {}
    for node, leaves in remainders(tree, kept).items():
        steps = [summed((batch[leaf] for leaf in leaves if leaf in batch), width) for batch in batches]
        figure = settled(steps)
        totals[node] = summed(steps, width)
        parts[node].append(tuple(starmap(range_of_group, zip(figure.low, figure.high, strict=True))))
    drawn: dict[Node, Figure] = {}
    for node in tree.from_below:
        if node not in kept:
            continue
        total = totals.get(node, (0,) * width)
        ranges = tuple(range_above([part[place] for part in parts[node]], total[place]) for place in range(width))
        drawn[node] = Figure(sum(total), tuple(each.low for each in ranges), tuple(each.high for each in ranges))
        above = next((up for up in tree.above(node) if up in kept), None)
        if above is not None:
            parts[above].append(ranges)
            totals[above] = summed((totals.get(above, (0,) * width), total), width)
    return drawn


def width_of(batches: Sequence[Batch]) -> int:
    """The number of categories."""
    return len(next((tally for batch in batches for tally in batch.values()), ()))


def summed(tallies: Iterable[Tally], width: int) -> tuple[int, ...]:
    """Tallies of `width` categories, added up."""
    total = [0] * width
    for tally in tallies:
        for place, count in enumerate(tally):
            total[place] += count
    return tuple(total)
