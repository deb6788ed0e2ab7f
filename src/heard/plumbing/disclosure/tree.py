"""The tree along which an ask is reported: leaves are the groups that have a key, inner nodes are sums of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

type Node = str | int


@dataclass(frozen=True)
class Tree:
    """Made of each node's parent; the one node whose parent is None is the whole. Raises ValueError for anything else.

    It is frozen with the ask: what an organisation becomes later makes another tree.
    """

    parents: Mapping[Node, Node | None]
    children: Mapping[Node, tuple[Node, ...]] = field(init=False, repr=False, compare=False)
    root: Node = field(init=False, repr=False, compare=False)
    # Every node behind all that stand beneath it.
    from_below: tuple[Node, ...] = field(init=False, repr=False, compare=False)
    leaves_of: Mapping[Node, tuple[Node, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        roots = [node for node, parent in self.parents.items() if parent is None]
        if len(roots) != 1:
            raise ValueError("A tree has exactly one root.")
        children: dict[Node, list[Node]] = {node: [] for node in self.parents}
        for node, parent in self.parents.items():
            if parent is not None:
                if parent not in children:
                    raise ValueError("The parent of a node stands in the tree.")
                children[parent].append(node)
        from_above = [roots[0]]
        for node in from_above:
            from_above.extend(children[node])
        if len(from_above) != len(children):
            raise ValueError("Every node of a tree hangs on its root.")
        leaves: dict[Node, tuple[Node, ...]] = {}
        for node in reversed(from_above):
            leaves[node] = tuple(leaf for child in children[node] for leaf in leaves[child]) or (node,)
        for name, value in (
            ("parents", dict(self.parents)),
            ("children", {node: tuple(below) for node, below in children.items()}),
            ("root", roots[0]),
            ("from_below", tuple(reversed(from_above))),
            ("leaves_of", leaves),
        ):
            object.__setattr__(self, name, value)

    @property
    def leaves(self) -> tuple[Node, ...]:
        """The groups that have a key."""
        return self.leaves_of[self.root]

    def above(self, node: Node) -> Iterator[Node]:
        """The parents of a node, nearest first."""
        up = self.parents[node]
        while up is not None:
            yield up
            up = self.parents[up]

    def sums(self, counts: Mapping[Node, int]) -> dict[Node, int]:
        """What each node holds, of what each leaf holds; a leaf that is not named holds nothing."""
        totals: dict[Node, int] = {}
        for node in self.from_below:
            below = self.children[node]
            totals[node] = sum(totals[child] for child in below) if below else counts.get(node, 0)
        return totals
