"""What is known of an ask's answers after its releases: which cells each published figure adds up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from heard.plumbing.disclosure.figures import Figure
from heard.plumbing.disclosure.ledger import Entry
from heard.plumbing.disclosure.suppressing import remainders
from heard.plumbing.disclosure.tree import Node

# A leaf, and the release with which its answers came.
type Cell = tuple[Node, int]


def cells_of(entries: Sequence[Entry]) -> dict[Cell, int]:
    """How many answers came to each leaf with each of an ask's releases."""
    return {
        (leaf, step): entry.answers.get(leaf, 0) - (entries[step - 1].answers.get(leaf, 0) if step else 0)
        for step, entry in enumerate(entries)
        for leaf in entry.tree.leaves
    }


def sums_of(entries: Sequence[Entry]) -> list[list[Cell]]:
    """The finest groups of cells whose sums each release tells."""
    return [
        [(leaf, past) for leaf in leaves for past in range(step + 1)]
        for step, entry in enumerate(entries)
        for leaves in remainders(entry.tree, entry.shown).values()
    ]


@dataclass(frozen=True, slots=True)
class Bound:
    """Of the answers in these cells, each category got at least `low` and at most `high`."""

    cells: frozenset[Cell]
    low: tuple[int, ...]
    high: tuple[int, ...]


def bounds_of(entries: Sequence[Entry]) -> list[Bound]:
    """Everything that the figures tell, also to somebody who knows how they are drawn."""
    found: list[Bound] = []
    for step, entry in enumerate(entries):
        found.extend(_bounds(entry, entry.figures, range(step + 1)))
        found.extend(_bounds(entry, entry.added, range(step, step + 1)))
    return found


def _bounds(entry: Entry, figures: Mapping[Node, Figure], steps: range) -> Iterator[Bound]:
    """Each figure without the exact ones beneath it, which says the same of fewer cells."""
    for node, figure in figures.items():
        cells = set(entry.tree.leaves_of[node])
        low, high = list(figure.low), list(figure.high)
        for below in _exact_below(entry, figures, node):
            cells.difference_update(entry.tree.leaves_of[below])
            low = [a - b for a, b in zip(low, figures[below].low, strict=True)]
            high = [a - b for a, b in zip(high, figures[below].low, strict=True)]
        if cells:
            yield Bound(frozenset((leaf, step) for leaf in cells for step in steps), tuple(low), tuple(high))


def _exact_below(entry: Entry, figures: Mapping[Node, Figure], node: Node) -> Iterator[Node]:
    waiting = list(entry.tree.children[node])
    while waiting:
        child = waiting.pop()
        if child in figures and figures[child].is_exact:
            yield child
        else:
            waiting.extend(entry.tree.children[child])
