"""Organisations that release week by week, and somebody who reads everything: no group below k is found out.

The same attacker is seen to succeed against each protection that is left away.
"""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from heard.plumbing.disclosure import DAYS_OF_MEMORY, Entry, Figure, Node, Tree, next_release, publishable
from heard.plumbing.disclosure.drawing import in_all
from tests.plumbing.disclosure.attacker import found_across, found_within, pinned
from tests.plumbing.disclosure.organisations import Ask, story

PARTS = 25


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_no_group_below_k_is_found_in_whatever_was_released(part: int, at_full_size: bool) -> None:
    """25 organisations for 12 weeks, or 1,000 for 52: nothing follows exactly, nor because nothing else is possible."""
    organisations, weeks = (1_000, 52) if at_full_size else (25, 12)
    released = 0
    for seed in range(part, organisations, PARTS):
        told = story(seed, weeks)
        for ask in told.asks:
            released += len(ask.entries)
            assert not found_within(ask, told.k), f"organisation {seed}, {ask.name}"
            assert not pinned(ask, told.k), f"organisation {seed}, {ask.name}"
        assert not found_across(told, DAYS_OF_MEMORY), f"organisation {seed}"
    assert released


def released_by(shown: Callable[..., frozenset[Node]]) -> Callable[..., Entry]:
    """Releases exact figures of these nodes every week, whatever was released before."""

    def released(*, batches: list[Any], came: object, ledger: list[Entry], crossings: object, **named: Any) -> Entry:
        tallies = in_all(batches)
        answers = {leaf: sum(tally) for leaf, tally in tallies.items()}
        exact = _exact(named["tree"], tallies, shown(named["tree"], answers, named["k"]))
        return Entry(**named, number=len(batches), answers=answers, figures=exact)

    return released


def _exact(tree: Tree, tallies: Mapping[Node, tuple[int, ...]], shown: frozenset[Node]) -> dict[Node, Figure]:
    width = len(next(iter(tallies.values())))
    sums = [tree.sums({leaf: tally[place] for leaf, tally in tallies.items()}) for place in range(width)]
    counts = {node: tuple(sums[place][node] for place in range(width)) for node in shown}
    return {node: Figure(sum(count), count, count) for node, count in counts.items()}


def from_k(tree: Tree, answers: Mapping[Node, int], k: int) -> frozenset[Node]:
    """Thresholds alone."""
    return frozenset(node for node, total in tree.sums(answers).items() if total >= k)


@pytest.mark.parametrize(("staff", "least", "most"), [(300, 0.2, 0.5), (2_000, 0.45, 0.85)])
def test_the_attacker_finds_a_third_to_two_thirds_of_the_groups_that_thresholds_hide(
    staff: int, least: float, most: float
) -> None:
    """As was measured elsewhere, of six departments of five units of four teams: 32 % of 300 people, 65 % of 2,000."""
    hidden = found = 0
    for seed in range(4):
        ask = _one_ask(seed, staff)
        answers = ask.entries[0].answers
        small = {leaf for leaf in ask.tree.leaves if 0 < answers.get(leaf, 0) < 5}
        told = {leaf for group in found_within(ask, 5) for leaf, _ in group}
        hidden += len(small)
        found += len(small & told)
    assert least < found / hidden < most


def _one_ask(seed: int, staff: int) -> Ask:
    chance = random.Random(seed)
    parents: dict[Node, Node | None] = {"all": None}
    for a in range(6):
        parents[f"{a}"] = "all"
        for b in range(5):
            parents[f"{a}.{b}"] = f"{a}"
            parents |= {f"{a}.{b}.{c}": f"{a}.{b}" for c in range(4)}
    tree = Tree(parents)
    sizes = [chance.lognormvariate(0, 0.7) for _ in tree.leaves]
    people = Counter(chance.choices(tree.leaves, sizes, k=staff))
    batch = {leaf: (count, 0) for leaf, count in people.items()}
    entry = released_by(from_k)(
        ask="one", question="one", day=date(2026, 1, 5), tree=tree, batches=[batch], invited=people, came=people, k=5,
        ledger=[], crossings=(), closing=True,
    )  # fmt: skip
    return Ask("one", tree, [entry], [batch])


def test_the_attacker_finds_what_came_between_two_releases() -> None:
    """Each release by itself is safe; but nobody looked at the releases before."""
    asks = [
        (ask, told.k)
        for seed in range(12)
        for told in [story(seed, 8, releasing=released_by(publishable))]
        for ask in told.asks
    ]
    assert any(found_within(ask, k) for ask, k in asks if len(ask.entries) > 1)
    assert not any(found_within(ask, k) for ask, k in asks if len(ask.entries) == 1)


def test_the_attacker_finds_groups_that_were_of_one_mind() -> None:
    asks = [
        (ask, told.k)
        for seed in range(12)
        for told in [story(seed, 8, releasing=released_by(publishable))]
        for ask in told.asks
    ]
    assert any(pinned(ask, k) for ask, k in asks)


def test_the_attacker_finds_who_moved_between_two_asks() -> None:
    def alone(**named: Any) -> Entry | None:
        return next_release(**{**named, "crossings": ()})

    assert any(found_across(story(seed, 12, releasing=alone), DAYS_OF_MEMORY) for seed in range(12))
