"""Which nodes of a tree may be shown, so that nothing small is found by subtraction."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Set

from heard.plumbing.disclosure.thresholds import checked
from heard.plumbing.disclosure.tree import Node, Tree


def publishable(
    tree: Tree, counts: Mapping[Node, int], k: int, *, hidden: Collection[Node] = (), fixed: Collection[Node] = ()
) -> frozenset[Node]:
    """The nodes that may be shown together, of `counts` answers in each leaf.

    Each holds k or more, and so does whatever is left of it when all that is shown beneath is taken away (or nothing at
    all). Since the shown nodes of one tree either contain one another or have nothing in common, every sum and
    difference of them that is a group is made of such remainders (`remainders`): nothing else can be computed. Of what
    is too small to stay hidden alone, the next smallest beside it is hidden too, or what is above it: whichever way
    shows more, counting each answer once for each level at which it is shown. `hidden` are not shown in any case;
    `fixed` are hidden last, since they were shown before.
    """
    totals = tree.sums(counts)
    large = {node for node, total in totals.items() if total >= checked(k)}.difference(hidden)
    tried = [_suppressed(tree, set(large), totals, k, set(fixed), upwards=upwards) for upwards in (False, True)]
    return max(tried, key=lambda shown: sum(totals[node] for node in shown))


def _suppressed(
    tree: Tree, shown: set[Node], totals: Mapping[Node, int], k: int, fixed: Set[Node], *, upwards: bool
) -> frozenset[Node]:
    """Of two ways: hide the next smallest beneath the same node, or (upwards) the node itself, and let its parent
    see.
    """
    left: dict[Node, int] = {}
    for node in tree.from_below:
        if not tree.children[node]:
            left[node] = totals[node]
            continue
        left[node] = _left(tree, node, shown, left)
        while node in shown and 0 < left[node] < k:
            below = _shown_below(tree, node, shown)
            hide = [child for child in below if left[child]]
            if node != tree.root and node not in fixed and (upwards or not hide):
                shown.discard(node)
            else:
                shown.discard(min(hide or below, key=lambda child: (child in fixed, totals[child], str(child))))
                _recount(tree, node, shown, left)
    return frozenset(shown)


def remainders(tree: Tree, shown: Collection[Node]) -> dict[Node, tuple[Node, ...]]:
    """By shown node, the leaves that are in it and in nothing that is shown beneath it; each leaf stands once at most.

    These are the finest groups whose sums follow from what is shown. Those of no leaf are left out.
    """
    kept = set(shown)
    found: defaultdict[Node, list[Node]] = defaultdict(list)
    for leaf in tree.leaves:
        node = leaf if leaf in kept else next((up for up in tree.above(leaf) if up in kept), None)
        if node is not None:
            found[node].append(leaf)
    return {node: tuple(leaves) for node, leaves in found.items()}


def _left(tree: Tree, node: Node, shown: Collection[Node], left: Mapping[Node, int]) -> int:
    """What is in a node and in nothing that is shown beneath it."""
    return sum(left[child] for child in tree.children[node] if child not in shown)


def _recount(tree: Tree, node: Node, shown: Collection[Node], left: dict[Node, int]) -> None:
    """Counts again what is left, from the node that changed beneath up to this one."""
    below = [node]
    for up in below:
        below.extend(child for child in tree.children[up] if child not in shown and tree.children[child])
    for each in reversed(below):
        left[each] = _left(tree, each, shown, left)


def _shown_below(tree: Tree, node: Node, shown: Collection[Node]) -> list[Node]:
    """The topmost of what is shown beneath a node."""
    found, waiting = [], list(tree.children[node])
    while waiting:
        child = waiting.pop()
        if child in shown:
            found.append(child)
        else:
            waiting.extend(tree.children[child])
    return found
