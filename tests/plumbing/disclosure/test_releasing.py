"""When a question may be released, and which nodes with it."""

from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from heard.plumbing.disclosure import Auditor, Entry, Figure, Node, Tree, may_release, next_release, planned
from tests.plumbing.disclosure.trees import trees

TREE = Tree({"all": None, "a": "all", "b": "all", "c": "all"})
ABLE = {"a": 20, "b": 20, "c": 20}


def release(
    ledger: list[Entry],
    *batches: Mapping[Node, tuple[int, ...]],
    closing: bool = False,
    tree: Tree = TREE,
    silent: Mapping[Node, int] | None = None,
) -> Entry | None:
    """The next release where thirty of each group were invited, and so many came and left the question out."""
    invited = dict.fromkeys(tree.leaves, 30)
    came = {leaf: sum(sum(batch.get(leaf, ())) for batch in batches) + (silent or {}).get(leaf, 0) for leaf in invited}
    day = date(2026, 3, 2) + timedelta(weeks=len(batches))
    return next_release(
        ask="one", question="one", day=day, tree=tree, batches=batches, invited=invited, came=came, k=7,
        ledger=ledger, closing=closing,
    )  # fmt: skip


def test_a_release_waits_for_k_new_answers_in_each_group_shown() -> None:
    before = {"a": 10, "b": 10}
    assert not may_release(TREE, {"all", "a"}, {"a": 16, "b": 30}, ABLE, 7, before=before)
    assert may_release(TREE, {"all", "a"}, {"a": 17, "b": 17}, ABLE, 7, before=before)


def test_a_release_waits_where_what_is_left_of_a_group_holds_few_new_answers() -> None:
    assert not may_release(TREE, {"all", "a"}, {"a": 17, "b": 13}, ABLE, 7, before={"a": 10, "b": 10})


def test_a_release_before_the_closing_leaves_room_for_k_more() -> None:
    assert may_release(TREE, {"a"}, {"a": 23}, {"a": 7}, 7)
    assert not may_release(TREE, {"a"}, {"a": 24}, {"a": 6}, 7)


def test_whoever_came_and_left_the_question_out_can_come_no_more() -> None:
    tallies = {"a": (5, 5), "b": (5, 5), "c": (5, 5)}
    few = release([], tallies, silent={"a": 14, "b": 13, "c": 13})
    assert few is not None
    assert "a" not in few.shown
    every = release([], tallies, silent={"a": 13, "b": 13, "c": 13})
    assert every is not None
    assert every.shown == {"all", "a", "b", "c"}


def test_nothing_shown_is_no_release() -> None:
    assert not may_release(TREE, set(), {}, ABLE, 7)
    assert release([], {"a": (1, 2)}) is None


def test_before_the_closing_the_same_groups_are_shown_each_time() -> None:
    first = release([], {"a": (4, 4), "b": (4, 4), "c": (2, 1)})
    assert first is not None
    assert first.shown == {"all", "a"} or first.shown == {"all", "b"}
    more = {"a": (4, 4), "b": (4, 4), "c": (4, 4)}
    second = release([first], {"a": (4, 4), "b": (4, 4), "c": (2, 1)}, more)
    assert second is not None
    assert second.shown == first.shown


def test_at_the_closing_few_late_answers_are_hidden_with_those_beside_them() -> None:
    """Three came late to a, which keeps its figure; so does b, or the three would be the whole less b and c."""
    first = {"a": (4, 5), "b": (5, 5), "c": (6, 6)}
    begun = release([], first)
    assert begun is not None
    assert begun.shown == {"all", "a", "b", "c"}
    closed = release([begun], first, {"a": (1, 2), "b": (4, 4), "c": (6, 6)}, closing=True)
    assert closed is not None
    assert closed.shown == {"all", "c"}


def test_at_the_closing_others_may_join() -> None:
    first = {"a": (8, 8), "b": (8, 8), "c": (2, 1)}
    begun = release([], first)
    assert begun is not None
    closed = release([begun], first, {"a": (5, 5), "b": (5, 5), "c": (5, 5)}, closing=True)
    assert closed is not None
    assert closed.shown == {"all", "a", "b", "c"}


def test_a_closing_with_too_few_answers_shows_nothing_and_is_noted() -> None:
    closed = release([], {"a": (2, 3)}, closing=True)
    assert closed is not None
    assert (closed.closing, closed.figures) == (True, {})


@given(st.data())
def test_the_auditor_finds_nothing_in_what_was_planned(data: st.DataObject) -> None:
    """The plan, which knows trees and times, against the auditor, which knows only cells and sums.

    Where a group gets no answers at all between two releases, the auditor may find more, and then it says what to hide.
    """
    tree = data.draw(trees(10))
    invited = dict.fromkeys(tree.leaves, 60)
    answers: dict[Node, int] = dict.fromkeys(tree.leaves, 0)
    before: list[Entry] = []
    weeks = data.draw(st.integers(1, 4))
    for week in range(weeks):
        answers = {leaf: count + data.draw(st.integers(1, 12)) for leaf, count in answers.items()}
        closing = week == weeks - 1
        able = {leaf: 60 - count for leaf, count in answers.items()}
        shown = planned(tree, answers, able, 5, before=before, closing=closing)
        if not shown and not closing:
            continue
        entry = _entry(tree, answers, invited, shown, len(before), closing=closing)
        assert Auditor(before).audit(entry).is_safe
        before.append(entry)


def _entry(
    tree: Tree,
    answers: dict[Node, int],
    invited: dict[Node, int],
    shown: frozenset[Node],
    before: int,
    *,
    closing: bool,
) -> Entry:
    totals = tree.sums(answers)
    counted = {node: Figure(totals[node], (totals[node],), (totals[node],)) for node in shown}
    return Entry("one", "one", before + 1, date(2026, 3, 2), closing, 5, tree, invited, dict(answers), counted)
