"""Releases: whatever is drawn from anonymous rows moves with them, and otherwise not at all."""

from collections import Counter

import pytest
from django.utils import timezone

from heard.features.ballots import queries
from heard.features.ballots.actions import release, rewrite, rewrite_what_may_grow, settle
from heard.features.ballots.models import Answer, AnswerAtRest, Ballot, Used, UsedAtRest
from heard.features.ballots.rules import hour_of
from tests.features.ballots.speaking import HOUR, a_ballot, a_token, new_group, send

pytestmark = pytest.mark.django_db


def shown(ballot: str) -> tuple[object, ...]:
    """Everything that is shown of what anonymous rows say."""
    said = [(one.words, one.release) for one in queries.comments(ballot)]
    return queries.tally(ballot), said, [(one.number, one.counts) for one in queries.releases(ballot)]


def test_nothing_that_is_shown_moves_before_a_release():
    group = new_group()
    ballot = a_ballot(group)
    send(a_token(ballot, group))
    assert shown(ballot) == ({}, [], [])
    assert queries.answered(ballot)[group]["recommend"] == (1, 0)
    assert queries.used_so_far(ballot) == {group: 1}
    release(ballot)
    before = shown(ballot)
    send(a_token(ballot, group))
    send(a_token(ballot, group), {"recommend": 1})
    rewrite()
    settle()
    assert shown(ballot) == before
    assert queries.answered(ballot)[group]["recommend"] == (2, 1)
    assert release(ballot) == 2
    assert queries.tally(ballot)[group]["recommend"] == Counter({9: 2, 1: 1})
    assert queries.tally(ballot, upto=1)[group]["recommend"] == Counter({9: 1})
    assert [one.counts[group]["used"] for one in queries.releases(ballot)] == [1, 3]
    assert queries.releases(ballot)[1].counts[group]["answered"]["recommend"] == 3


def test_a_release_of_nothing_is_none():
    group = new_group()
    ballot = a_ballot(group)
    assert release(ballot) == 0
    send(a_token(ballot, group))
    assert [release(ballot), release(ballot)] == [1, 1]
    assert [one.is_last for one in queries.releases(ballot)] == [False]


def test_what_belongs_to_another_ballot_is_left_alone():
    group, other = new_group(), new_group()
    ballot, later = a_ballot(group), a_ballot(other)
    send(a_token(ballot, group))
    send(a_token(later, other))
    assert release(ballot, is_last=True) == 1
    assert (shown(later), queries.answered(later)[other]["told"]) == (({}, [], []), (1, 0))
    assert (Answer.objects.count(), AnswerAtRest.objects.count()) == (4, 4)
    assert (Used.objects.count(), UsedAtRest.objects.count()) == (1, 1)


def test_the_clock_opens_and_closes_at_full_hours():
    group = new_group()
    ballot = a_ballot(group, opens_in=2 * HOUR, lasts=5 * HOUR)
    opens_at, closes_at = Ballot.objects.values_list("opens_at", "closes_at").get()
    assert (opens_at, closes_at) == (hour_of(opens_at), hour_of(closes_at))
    states = []
    for now in (timezone.now(), opens_at, closes_at - HOUR / 60, closes_at, closes_at + HOUR):
        settle(now)
        states.append(Ballot.objects.get().state)
    assert states == ["announced", "open", "open", "closed", "closed"]
    [last] = queries.releases(ballot)
    assert (last.number, last.is_last, last.hour) == (1, True, hour_of(last.hour))


def test_an_ask_that_nobody_answered_closes_too():
    ballot = a_ballot(new_group())
    settle(timezone.now() + 100 * HOUR)
    assert shown(ballot)[0] == {}
    assert queries.audit(ballot)["used"] == []


def test_the_tables_are_written_anew_each_hour_also_where_nothing_came():
    group = new_group()
    ballot = a_ballot(group)
    send(a_token(ballot, group))
    names = [set(Answer.objects.values_list("code", flat=True))]
    for _hour in range(3):
        rewrite_what_may_grow()
        names.append(set(Answer.objects.values_list("code", flat=True)))
    assert [len(one) for one in names] == [4] * 4
    assert len(set.union(*names)) == 16
    release(ballot)
    kept = {one.code for one in queries.comments(ballot)}
    send(a_token(ballot, group))
    rewrite_what_may_grow()
    assert {one.code for one in queries.comments(ballot)} == kept


def test_nothing_is_written_while_no_answer_can_come(django_assert_num_queries):
    a_ballot(new_group(), opens_in=2 * HOUR)
    release(a_ballot(new_group()), is_last=True)
    with django_assert_num_queries(1):
        rewrite_what_may_grow()


def test_saying_nothing_uses_the_token_and_leaves_no_answer():
    group = new_group()
    ballot = a_ballot(group)
    assert send(a_token(ballot, group), {"better": "  \n "}).status_code == 204
    assert (Used.objects.count(), Answer.objects.count()) == (1, 0)
    assert release(ballot) == 0
    assert release(ballot, is_last=True) == 1
    assert queries.releases(ballot)[0].counts[group] == {"used": 1, "answered": {}}
