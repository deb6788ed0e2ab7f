"""The figures of a release, where there were others before it."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from heard.plumbing.disclosure.figures import Batch, Figure, figures, summed, width_of
from heard.plumbing.disclosure.ledger import Entry
from heard.plumbing.disclosure.tree import Node, Tree


@dataclass(frozen=True, slots=True)
class Drawing:
    """Figures; those of what is new alone, where they can be read off; and nodes that cannot join now."""

    figures: Mapping[Node, Figure]
    added: Mapping[Node, Figure]
    undone: frozenset[Node] = frozenset()


def drawn_as_whole(tree: Tree, shown: Set[Node], batches: Sequence[Batch]) -> Drawing:
    """All answers so far as one: the narrowest figures, of which the auditor has to say whether they tell too much."""
    return Drawing(figures(tree, shown, batches), {})


def drawn_as_sum(tree: Tree, shown: Set[Node], batches: Sequence[Batch], before: Sequence[Entry]) -> Drawing:
    """What was shown with the last release, and the figure of what is new: each release tells of its own answers alone.

    That is always safe, and the figures grow wider with each release. A node that joins is counted from the beginning;
    it may join if what then follows for the nodes above is what they show.
    """
    again = shown & before[-1].shown
    added = figures(tree, again, batches[-1:])
    result = {node: before[-1].figures[node] + figure for node, figure in added.items()}
    joining = shown - again
    if not joining:
        return Drawing(result, added)
    whole = figures(tree, shown, batches)
    undone = {
        node
        for node in joining
        for up in [next((up for up in tree.above(node) if up in again), None)]
        if up is not None and whole[up] != result[up]
    }
    return Drawing(result | {node: whole[node] for node in joining}, added, frozenset(undone))


def in_all(batches: Sequence[Batch]) -> dict[Node, tuple[int, ...]]:
    """The tallies of all batches together."""
    leaves = {leaf for batch in batches for leaf in batch}
    return {leaf: summed((batch[leaf] for batch in batches if leaf in batch), width_of(batches)) for leaf in leaves}
