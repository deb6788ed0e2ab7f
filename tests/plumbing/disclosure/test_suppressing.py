"""What may be shown of one tree at once."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.plumbing.disclosure import FLOOR, SCORES_FROM, Node, Tree, comments_from, publishable
from tests.plumbing.disclosure.trees import counted_trees

STAFF = Tree({"all": None, "sales": "all", "shop": "sales", "desk": "sales", "kitchen": "all", "bar": "all"})


def test_a_group_is_shown_from_k_answers() -> None:
    counts = {"shop": 7, "desk": 7, "kitchen": 7, "bar": 7}
    assert publishable(STAFF, counts, 7) == set(STAFF.parents)


def test_the_whole_is_not_shown_below_k() -> None:
    assert not publishable(STAFF, {"shop": 3, "desk": 3}, 7)


def test_what_is_too_small_hides_the_next_smallest_beside_it() -> None:
    counts = {"shop": 20, "desk": 20, "kitchen": 3, "bar": 9}
    assert publishable(STAFF, counts, 7) == {"all", "sales", "shop", "desk"}


def test_what_is_too_small_beneath_cannot_be_found_from_above() -> None:
    """The desk would be sales less the shop. So sales is not shown, and the desk is hidden together with the bar."""
    counts = {"shop": 20, "desk": 3, "kitchen": 9, "bar": 4}
    assert publishable(STAFF, counts, 7) == {"all", "kitchen", "shop"}


def test_a_group_without_answers_hides_nobody() -> None:
    assert publishable(STAFF, {"shop": 8, "kitchen": 9, "bar": 7}, 7) >= {"all", "sales", "shop", "kitchen", "bar"}


def test_what_was_shown_before_is_hidden_last() -> None:
    wide = Tree({"all": None, "a": "all", "b": "all", "c": "all"})
    assert publishable(wide, {"a": 3, "b": 8, "c": 9}, 7) == {"all", "c"}
    assert publishable(wide, {"a": 3, "b": 8, "c": 9}, 7, fixed={"b"}) == {"all", "b"}


def test_what_shall_be_hidden_is_hidden() -> None:
    assert "bar" not in publishable(STAFF, {"shop": 9, "desk": 9, "kitchen": 9, "bar": 9}, 7, hidden={"bar"})


@given(counted_trees(), st.integers(FLOOR, 9))
def test_no_sum_or_difference_of_what_is_shown_holds_fewer_than_k(
    counted: tuple[Tree, dict[Node, int]], k: int
) -> None:
    """Tried by hand: any shown node less any set of others beneath it that do not overlap."""
    tree, counts = counted
    totals = tree.sums(counts)
    shown = publishable(tree, counts, k)
    for node in shown:
        assert totals[node] >= k
        beneath = [other for other in shown if other != node and node in set(tree.above(other))]
        for size in range(1, min(len(beneath), 4) + 1):
            for others in combinations(beneath, size):
                if any(one in set(tree.above(other)) for one in others for other in others):
                    continue
                left = totals[node] - sum(totals[other] for other in others)
                assert left == 0 or left >= k


@given(counted_trees(), st.integers(FLOOR, 9))
def test_everything_is_shown_where_nothing_is_small(counted: tuple[Tree, dict[Node, int]], k: int) -> None:
    tree, counts = counted
    assert publishable(tree, {leaf: count + k for leaf, count in counts.items()}, k) == set(tree.parents)


def test_k_is_never_below_the_floor() -> None:
    with pytest.raises(ValueError, match="from 5"):
        publishable(STAFF, {}, FLOOR - 1)
    with pytest.raises(ValueError, match="from 5"):
        comments_from(FLOOR - 1)


def test_comments_are_shown_from_ten_or_from_k() -> None:
    assert [comments_from(SCORES_FROM), comments_from(12)] == [10, 12]


@pytest.mark.parametrize(
    "parents", [{}, {"a": None, "b": None}, {"a": None, "b": "c"}, {"a": None, "b": "c", "c": "b"}, {"a": "a"}]
)
def test_what_is_no_tree_is_refused(parents: dict[Node, Node | None]) -> None:
    with pytest.raises(ValueError, match=r"root|parent"):
        Tree(parents)
