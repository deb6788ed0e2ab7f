"""When a question may be released, and which nodes with it, so that no few answers are found between two releases."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from heard.plumbing.disclosure.ledger import Entry
from heard.plumbing.disclosure.suppressing import publishable, remainders
from heard.plumbing.disclosure.thresholds import checked
from heard.plumbing.disclosure.tree import Node, Tree


def may_release(
    tree: Tree,
    shown: Collection[Node],
    answers: Mapping[Node, int],
    able: Mapping[Node, int],
    k: int,
    *,
    before: Mapping[Node, int] | None = None,
) -> bool:
    """Whether a release before the closing may show these nodes.

    In each of them stand k new answers since `before` (what was answered at the last release), and k can still come, so
    that the next release can show it again. Between the releases, too, every remainder holds nothing new or k and more.
    `able` says how many of each leaf can still come: whoever came and left the question out is not among them.
    """
    new = _new(answers, before)
    totals, can_come = tree.sums(new), tree.sums(able)
    return (
        bool(shown)
        and all(totals[node] >= checked(k) and can_come[node] >= k for node in shown)
        and all(_is_safe(new, leaves, k) for leaves in remainders(tree, shown).values())
    )


def planned(
    tree: Tree,
    answers: Mapping[Node, int],
    able: Mapping[Node, int],
    k: int,
    *,
    before: Sequence[Entry] = (),
    closing: bool = False,
    hidden: Collection[Node] = (),
) -> frozenset[Node]:
    """The nodes that the next release shows; none of them, if it has to wait. `before` are this ask's earlier releases.

    Until the closing, the same nodes are shown each time. At the closing others may join, and those to which fewer than
    k answers came since keep the figures they have, together with as much beside them as hides the difference. `able`
    says how many of each leaf can still come.
    """
    if closing:
        shown = publishable(tree, answers, k, hidden=hidden, fixed=before[-1].shown if before else ())
        return _without_small_steps(tree, shown, answers, before, k)
    if before:
        shown = before[-1].shown
        is_time = may_release(tree, shown, answers, able, k, before=before[-1].answers)
        return shown if is_time and not shown.intersection(hidden) else frozenset()
    full = {node for node, count in tree.sums(able).items() if count < k}
    shown = publishable(tree, answers, k, hidden=full.union(hidden))
    return shown if may_release(tree, shown, answers, able, k) else frozenset()


def _without_small_steps(
    tree: Tree, shown: frozenset[Node], answers: Mapping[Node, int], before: Sequence[Entry], k: int
) -> frozenset[Node]:
    """What is left when every group known then and now got nothing new since, or k answers and more."""
    totals = tree.sums(answers)
    kept = set(shown)
    for entry in reversed(before):
        new = _new(answers, entry.answers)
        while small := next((g for g in _known_twice(tree, kept, entry) if not _is_safe(new, g, k)), None):
            kept.discard(between(tree, kept, small, totals))
    return frozenset(kept)


def _known_twice(tree: Tree, shown: Collection[Node], before: Entry) -> Iterable[Collection[Node]]:
    """The finest groups of leaves of which it is known how much they hold now, and how much they held before.

    Known of one release are all unions of its remainders. So leaves that share a remainder now belong together, and
    those that shared one before, as far as anybody had answered in them.
    """
    now = list(remainders(tree, shown).values())
    held = {leaf for leaf, count in before.answers.items() if count}
    then = [held.intersection(leaves) for leaves in remainders(tree, before.shown).values()]
    together: dict[Node, set[Node]] = {}
    for part in [*now, *then]:
        group = set(part).union(*(together.get(leaf, ()) for leaf in part))
        together.update(dict.fromkeys(group, group))
    known_now = set().union(*now)
    unknown_then = held.difference(*then)
    groups = {id(group): group for group in together.values()}.values()
    return [group for group in groups if group <= known_now and group.isdisjoint(unknown_then)]


def between(tree: Tree, shown: Collection[Node], group: Collection[Node], totals: Mapping[Node, int]) -> Node:
    """The smallest shown node that keeps this group apart from what is beside it; the root comes last."""
    owners = {node for node, leaves in remainders(tree, shown).items() if not set(group).isdisjoint(leaves)}
    beside = {node for node in shown if next((up for up in tree.above(node) if up in shown), None) in owners}
    return min(owners | beside, key=lambda node: (node == tree.root, totals[node], str(node)))


def _new(now: Mapping[Node, int], before: Mapping[Node, int] | None) -> dict[Node, int]:
    return {node: count - (before or {}).get(node, 0) for node, count in now.items()}


def _is_safe(counts: Mapping[Node, int], leaves: Iterable[Node], k: int) -> bool:
    count = sum(counts.get(leaf, 0) for leaf in leaves)
    return count == 0 or count >= k
