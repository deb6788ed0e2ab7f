"""The same people in several asks: what follows when one ask's groups are subtracted from another's."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from heard.plumbing.disclosure.ledger import Entry
from heard.plumbing.disclosure.spans import exposed, is_new
from heard.plumbing.disclosure.suppressing import remainders
from heard.plumbing.disclosure.thresholds import DAYS_OF_MEMORY
from heard.plumbing.disclosure.tree import Node, Tree


@dataclass(frozen=True, slots=True)
class Crossing:
    """So many `people` stood in the same leaf of each ask; asks to which they were not invited are not named."""

    stood_in: Mapping[str, Node]
    people: int


def crossings_of(rolls: Iterable[Mapping[str, Node]]) -> list[Crossing]:
    """The finest groups of people, from what each of them stood in: the leaf by ask. Nobody is named in either."""
    groups = Counter(tuple(sorted(stood.items())) for stood in rolls)
    return [Crossing(dict(group), people) for group, people in groups.items()]


def to_hide(
    entry: Entry, ledger: Iterable[Entry], crossings: Sequence[Crossing]
) -> tuple[list[frozenset[int]], frozenset[Node]]:
    """Groups of fewer than k people that follow from this release and from other asks; and nodes not to show, if any.

    It is assumed that everybody answered each time, and the same: that is the most anybody could hope to subtract. Only
    asks of the same question in the last 90 days count. A group is given by the places of its crossings.
    """
    others = _shown_by_ask(entry, ledger)
    own = others.pop(entry.ask)
    if not others:
        return [], frozenset()
    sizes = {place: crossing.people for place, crossing in enumerate(crossings)}
    old = [
        _people(crossings, ask, leaves)
        for ask, (tree, shown) in others.items()
        for leaves in remainders(tree, shown).values()
    ]
    own_rows = [_people(crossings, entry.ask, leaves) for leaves in remainders(*own).values()]
    found = exposed([*old, *own_rows], sizes, entry.k)
    if not found:
        return [], frozenset()
    return found, _near(entry, others, crossings, sizes) or _changed(entry, old, crossings, sizes)


def _shown_by_ask(entry: Entry, ledger: Iterable[Entry]) -> dict[str, tuple[Tree, frozenset[Node]]]:
    """Of each ask, all that was ever shown, with this release."""
    since = entry.day - timedelta(days=DAYS_OF_MEMORY)
    shown = {entry.ask: (entry.tree, entry.shown)}
    for other in ledger:
        if other.question == entry.question and (other.ask == entry.ask or since <= other.day):
            before = shown[other.ask][1] if other.ask in shown else frozenset()
            shown[other.ask] = (other.tree, before | other.shown)
    return shown


def _people(crossings: Sequence[Crossing], ask: str, leaves: Collection[Node]) -> frozenset[int]:
    wanted = set(leaves)
    return frozenset(place for place, crossing in enumerate(crossings) if crossing.stood_in.get(ask) in wanted)


def _near(
    entry: Entry,
    others: Mapping[str, tuple[Tree, frozenset[Node]]],
    crossings: Sequence[Crossing],
    sizes: Mapping[int, int],
) -> frozenset[Node]:
    """Nodes that are another ask's node with fewer than k people more, or fewer: those give it away by themselves."""
    old = {_people(crossings, ask, tree.leaves_of[node]) for ask, (tree, shown) in others.items() for node in shown}
    return frozenset(
        node
        for node in entry.shown
        for own in [_people(crossings, entry.ask, entry.tree.leaves_of[node])]
        for other in old
        if (own < other or other < own) and 0 < sum(sizes[place] for place in own ^ other) < entry.k
    )


def _changed(
    entry: Entry, old: Sequence[frozenset[int]], crossings: Sequence[Crossing], sizes: Mapping[int, int]
) -> frozenset[Node]:
    """The smallest node whose remainder does not follow from the other asks: what follows anyway tells nothing."""
    tree = entry.tree
    totals = tree.sums(entry.answers)
    parts = {node: _people(crossings, entry.ask, leaves) for node, leaves in remainders(tree, entry.shown).items()}
    owners = [node for node, part in zip(parts, is_new(old, parts.values(), sizes), strict=True) if part]
    beneath = [node for node in entry.shown if any(up in owners for up in tree.above(node))]
    wanted = [node for node in owners if node != tree.root] or beneath or [tree.root]
    return frozenset([min(wanted, key=lambda node: (totals[node], str(node)))])
