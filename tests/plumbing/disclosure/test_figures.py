"""What is shown of how a group answered."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.plumbing.disclosure import FLOOR, Figure, Node, Tree, agreement, coarsened, figures, recommend, tally
from heard.plumbing.disclosure.figures import Tally, settled
from tests.plumbing.disclosure.trees import trees

PAIR = Tree({"all": None, "a": "all", "b": "all"})


def test_of_ten_who_agree_it_is_shown_that_seven_or_more_do() -> None:
    assert coarsened((0, 0, 10)) == coarsened((1, 2, 7)) == Figure(10, (0, 0, 7), (3, 3, 10))
    assert coarsened((0, 0, 10)).alike == 2


def test_a_group_of_many_opinions_is_shown_as_it_is() -> None:
    figure = coarsened((2, 2, 6))
    assert (figure.low, figure.is_exact, figure.alike) == ((2, 2, 6), True, None)


@given(st.lists(st.integers(0, 20), min_size=2, max_size=5).filter(lambda counts: sum(counts) >= FLOOR))
def test_everything_that_a_figure_allows_gets_the_same_figure(counts: list[int]) -> None:
    """So the figure tells its range, and nothing within."""
    figure = coarsened(counts)
    for other in product(*(range(low, high + 1) for low, high in zip(figure.low, figure.high, strict=True))):
        if sum(other) == figure.answers:
            assert coarsened(other) == figure


def test_a_unanimous_group_is_not_found_by_subtraction() -> None:
    drawn = figures(PAIR, {"all", "a", "b"}, [{"a": (0, 10), "b": (6, 9)}])
    assert drawn["b"].is_exact
    assert (drawn["all"].low, drawn["all"].high) == ((6, 16), (9, 19))


def test_a_unanimous_remainder_is_not_found_by_subtraction() -> None:
    drawn = figures(PAIR, {"all", "b"}, [{"a": (0, 10), "b": (6, 9)}])
    assert not drawn["all"].is_exact


def test_a_unanimous_batch_is_not_found_between_two_releases() -> None:
    assert settled([(4, 6), (0, 10)]) == Figure(20, (4, 13), (7, 16))


def test_what_was_open_closes_when_answers_differ() -> None:
    assert settled([(0, 10), (9, 1)]) == Figure(20, (9, 11), (9, 11))


@given(st.data())
def test_whatever_was_left_open_of_a_group_stays_possible(data: st.DataObject) -> None:
    """Tried by hand, for one of two categories: any leaf, any value in its range; then all figures can still hold."""
    tree = data.draw(trees(9))
    tallies = {leaf: data.draw(st.tuples(st.integers(0, 6), st.integers(0, 6))) for leaf in tree.leaves}
    drawn = figures(tree, set(tree.parents), [tallies])
    for leaf in tree.leaves:
        for value in range(drawn[leaf].low[0], drawn[leaf].high[0] + 1):
            assert _possible(tree, drawn, {leaf: value})


def _possible(tree: Tree, drawn: dict[Node, Figure], given_values: dict[Node, int]) -> bool:
    """Whether leaves can be so that each node is in its range; what a node can be is an unbroken run of numbers."""
    runs: dict[Node, tuple[int, int]] = {}
    for node in tree.from_below:
        below = tree.children[node]
        if below:
            run = sum(runs[child][0] for child in below), sum(runs[child][1] for child in below)
        else:
            run = given_values.get(node, 0), given_values.get(node, drawn[node].answers)
        runs[node] = max(run[0], drawn[node].low[0]), min(run[1], drawn[node].high[0])
        if runs[node][0] > runs[node][1]:
            return False
    return True


@given(st.data())
def test_a_figure_holds_what_is_true_and_never_leaves_much_open(data: st.DataObject) -> None:
    tree = data.draw(trees())
    tallies: dict[Node, Tally] = {leaf: data.draw(st.tuples(*[st.integers(0, 9)] * 3)) for leaf in tree.leaves}
    for node, figure in figures(tree, set(tree.parents), [tallies]).items():
        true = [sum(tallies[leaf][place] for leaf in tree.leaves_of[node]) for place in range(3)]
        assert figure.answers == sum(true)
        assert all(a <= b <= c <= a + 6 for a, b, c in zip(figure.low, true, figure.high, strict=True))


def test_answers_have_categories() -> None:
    assert tally([1, 2, 3, 4, 5, 5], agreement) == (2, 1, 3)
    assert tally([0, 6, 7, 8, 9, 10], recommend) == (2, 2, 2)
    assert tally([0, 3, 3], int, 4) == (1, 0, 0, 2)


@pytest.mark.parametrize(
    ("answer", "kind"), [(0, agreement), (6, agreement), (-1, recommend), (11, recommend), (3, int)]
)
def test_what_is_no_answer_is_refused(answer: int, kind: type[int]) -> None:
    with pytest.raises(ValueError, match="answer"):
        tally([answer], kind)
