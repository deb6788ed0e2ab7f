"""Trees and answers of any shape, for properties."""

from hypothesis import strategies as st

from heard.plumbing.disclosure import Node, Tree


@st.composite
def trees(draw: st.DrawFn, most: int = 14) -> Tree:
    """A tree of up to so many nodes, numbered from the root."""
    size = draw(st.integers(1, most))
    parents: dict[Node, Node | None] = {0: None}
    for node in range(1, size):
        parents[node] = draw(st.integers(0, node - 1))
    return Tree(parents)


@st.composite
def counted_trees(draw: st.DrawFn, most: int = 14, many: int = 12) -> tuple[Tree, dict[Node, int]]:
    """A tree, and how many answers there are in each of its leaves."""
    tree = draw(trees(most))
    return tree, {leaf: draw(st.integers(0, many)) for leaf in tree.leaves}
