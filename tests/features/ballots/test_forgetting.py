"""What is forgotten once a ballot is closed and shown: in which release an answer came."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from heard.features.ballots import queries
from heard.features.ballots.actions import forget_releases, release
from heard.features.ballots.models import Answer, AnswerAtRest
from heard.features.ballots.rules import findings_on
from tests.at_once import on_disk
from tests.features.ballots.speaking import a_ballot, a_token, new_group, send

pytestmark = pytest.mark.django_db


def closed_after_two_releases(group: str, count: int = 7) -> str:
    ballot = a_ballot(group)
    for nth in range(count):
        send(a_token(ballot, group), {"recommend": nth % 11, "better": f"words {nth:02}!"})
        if nth == 2:
            release(ballot)
    assert release(ballot, is_last=True) == 2
    return ballot


def shown(ballot: str) -> tuple[object, ...]:
    """Everything that is shown of a closed ballot, but for the numbers of releases."""
    said = [(one.code, one.words) for one in queries.comments(ballot)]
    past = [(one.number, one.counts) for one in queries.releases(ballot)]
    return queries.tally(ballot), said, past, queries.answered(ballot), queries.audit(ballot)


def test_no_row_tells_in_which_release_it_came_and_nothing_shown_moves():
    group = new_group()
    ballot = closed_after_two_releases(group)
    before = shown(ballot)
    assert Counter(AnswerAtRest.objects.values_list("release", flat=True)) == {1: 6, 2: 8}
    forget_releases(ballot)
    assert set(AnswerAtRest.objects.values_list("release", flat=True)) == {None}
    assert shown(ballot) == before
    assert queries.answered(ballot)[group]["recommend"] == (0, 7)
    forget_releases(ballot)
    assert shown(ballot) == before


def test_the_ballot_can_still_be_checked():
    group = new_group()
    ballot = closed_after_two_releases(group)
    forget_releases(ballot)
    found = findings_on(queries.evidence_on(ballot, issued={group: 7}))
    assert {one.code for one in found} >= {"log", "keys", "signatures", "once", "issued", "answers", "tally"}
    assert all(one.holds for one in found), [one for one in found if not one.holds]


def test_nothing_is_forgotten_of_a_ballot_that_is_open_or_of_another():
    group, other = new_group(), new_group()
    ballot, later, open_one = closed_after_two_releases(group), closed_after_two_releases(other), a_ballot(new_group())
    shared = new_group()
    under_way = a_ballot(shared)
    send(a_token(under_way, shared))
    release(under_way)
    forget_releases(under_way), forget_releases(open_one), forget_releases(ballot)
    assert set(Answer.objects.values_list("release", flat=True)) == {1}
    assert set(AnswerAtRest.objects.filter(key=group).values_list("release", flat=True)) == {None}
    assert set(AnswerAtRest.objects.filter(key=other).values_list("release", flat=True)) == {1, 2}
    assert queries.tally(later, upto=1)[other]["recommend"].total() == 3


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL keeps what was deleted")
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_what_was_forgotten_is_not_left_in_the_file_and_the_place_tells_nothing():
    ballot = closed_after_two_releases(new_group(), 12)
    before, came = lying(), [f"words {nth:02}!" for nth in range(12)]
    with somebody_still_reading():
        forget_releases(ballot)
    assert sorted(lying()) == came
    assert lying() != before
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM ballots_answeratrest")
        assert cursor.fetchone() == (1,)
        cursor.execute("SELECT count(*), max((ctid::text::point)[1]) FROM ballots_answeratrest")
        count, last = cursor.fetchone()
    assert (count, last) == (24, 24), "no place is taken by what was deleted"


@contextmanager
def somebody_still_reading() -> Iterator[None]:
    """Another session, as PostgreSQL's housekeeping is one, to which everything is as it was."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM ballots_ballot")
            yield
    finally:
        other.close()


def lying() -> list[str]:
    """The words of all comments as they lie in the file."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM ballots_answeratrest WHERE words <> '' ORDER BY ctid")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's file")
@pytest.mark.django_db(transaction=True)
def test_on_sqlite_each_answer_is_left_once_and_its_log_is_cut_off(tmp_path):
    with on_disk(tmp_path):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode = WAL")
        ballot = closed_after_two_releases(new_group())
        forget_releases(ballot)
        database, log = tmp_path / "heard.sqlite3", tmp_path / "heard.sqlite3-wal"
        assert not log.exists() or log.read_bytes() == b""
        left = database.read_bytes()
        assert [left.count(f"words {nth:02}!".encode()) for nth in range(7)] == [1] * 7
        assert json.dumps(queries.audit(ballot))
