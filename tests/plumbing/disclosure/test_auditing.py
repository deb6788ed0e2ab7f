"""The auditor: what a release would tell, with all that was released before."""

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from heard.plumbing.disclosure import (
    Auditor,
    Crossing,
    Entry,
    Figure,
    Node,
    Reason,
    Tree,
    as_json,
    crossings_of,
    from_json,
    next_release,
)

TREE = Tree({"all": None, "a": "all", "b": "all", "c": "all"})
DAY = date(2026, 3, 2)


def entry(
    figures: Mapping[Node, tuple[int, int]], answers: Mapping[Node, int], *, ask: str = "one", number: int = 1,
    day: date = DAY, tree: Tree = TREE,
) -> Entry:  # fmt: skip
    exact = {node: Figure(sum(tally), tally, tally) for node, tally in figures.items()}
    return Entry(ask, "same", number, day, True, 7, tree, dict.fromkeys(tree.leaves, 40), answers, exact)


def test_what_is_safe_is_left_alone() -> None:
    audit = Auditor([]).audit(entry({"all": (14, 16), "a": (5, 6)}, {"a": 11, "b": 9, "c": 10}))
    assert audit.is_safe
    assert not audit.hide


def test_a_group_found_by_subtraction_is_named_with_what_to_hide() -> None:
    audit = Auditor([]).audit(entry({"all": (12, 13), "a": (5, 6), "b": (5, 5)}, {"a": 11, "b": 10, "c": 4}))
    assert [(finding.reason, finding.group) for finding in audit.findings] == [(Reason.SUM, {("c", 0)})]
    assert audit.hide == {"b"}


def test_answers_that_came_between_two_releases_are_found() -> None:
    first = entry({"all": (14, 16), "a": (5, 6)}, {"a": 11, "b": 9, "c": 10})
    second = entry({"all": (20, 21), "a": (6, 8)}, {"a": 14, "b": 14, "c": 13}, number=2)
    assert Auditor([]).audit(second).is_safe
    audit = Auditor([first]).audit(second)
    assert [finding.group for finding in audit.findings] == [{("a", 1)}]


def test_groups_that_are_pinned_are_found() -> None:
    """Of eight who answered in b or c, all chose the second; so each of the three in b did."""
    audit = Auditor([]).audit(entry({"all": (5, 14), "a": (5, 6)}, {"a": 11, "b": 3, "c": 5}))
    assert {finding.reason for finding in audit.findings} == {Reason.BOUNDS}


def test_what_another_ask_has_told_is_counted_in() -> None:
    """One moved from a to b, and nobody else did: whoever has both results knows what that one answered."""
    stood = [({"one": "a", "two": "a"}, 10), ({"one": "b", "two": "b"}, 10), ({"one": "a", "two": "b"}, 1)]
    crossings = [Crossing(where, people) for where, people in stood] + [Crossing({"one": "c", "two": "c"}, 9)]
    first = entry({"all": (14, 16), "a": (5, 6)}, {"a": 11, "b": 10, "c": 9})
    second = entry({"all": (14, 16), "a": (5, 5)}, {"a": 10, "b": 11, "c": 9}, ask="two", day=DAY + timedelta(days=30))
    audit = Auditor([first], crossings).audit(second)
    assert [(finding.reason, finding.group) for finding in audit.findings] == [(Reason.OTHER_ASK, {2})]
    assert audit.hide == {"a"}


@pytest.mark.parametrize(("days", "is_safe"), [(91, False), (100, False), (101, True)])
def test_another_ask_counts_for_a_hundred_days(days: int, is_safe: bool) -> None:
    crossings = [Crossing({"one": "a", "two": "a"}, 10), Crossing({"one": "a"}, 1)]
    first = entry({"a": (5, 6)}, {"a": 11})
    second = entry({"a": (5, 5)}, {"a": 10}, ask="two", day=DAY + timedelta(days=days))
    assert Auditor([first], crossings).audit(second).is_safe is is_safe


def test_a_release_leaves_out_what_the_auditor_says() -> None:
    crossings = [Crossing({"one": leaf, "two": leaf}, 10) for leaf in "abc"] + [Crossing({"one": "a", "two": "b"}, 1)]
    tallies = {"a": (5, 5), "b": (5, 5), "c": (5, 5)}

    def asked(ask: str, day: date, ledger: list[Entry]) -> Entry:
        released = next_release(
            ask=ask, question="same", day=day, tree=TREE, batches=[tallies], invited=dict.fromkeys("abc", 11),
            came=dict.fromkeys("abc", 10), k=7, ledger=ledger, crossings=crossings, closing=True,
        )  # fmt: skip
        assert released is not None
        return released

    first = asked("one", DAY, [])
    assert first.shown == {"all", "a", "b", "c"}
    assert asked("two", DAY + timedelta(days=30), [first]).shown == {"all", "c"}
    assert asked("two", DAY + timedelta(days=101), [first]).shown == {"all", "a", "b", "c"}


def test_people_who_stood_in_the_same_groups_are_counted_together() -> None:
    crossings = crossings_of([{"one": "a", "two": "b"}, {"two": "b", "one": "a"}, {"one": "a"}])
    assert sorted(crossing.people for crossing in crossings) == [1, 2]


def test_an_entry_is_kept_as_plain_values() -> None:
    first = next_release(
        ask="one", question="same", day=DAY, tree=TREE, batches=[{"a": (1, 9), "b": (6, 6)}],
        invited={"a": 40, "b": 40}, came={"a": 10, "b": 12}, k=7,
    )  # fmt: skip
    assert first is not None
    assert from_json(json.loads(json.dumps(as_json(first)))) == first


def test_scipy_is_not_imported_until_something_is_audited() -> None:
    code = "import heard.plumbing.disclosure, sys; sys.exit('scipy' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
