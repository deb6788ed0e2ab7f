"""The list of used tokens is open to everybody, and holds nothing up while it is fetched."""

import sqlite3
from contextlib import closing

import pytest
from django.db import connection

from heard.features.ballots import queries
from heard.features.ballots.actions import release
from heard.features.ballots.models import UsedAtRest
from heard.features.ballots.queries import auditing
from tests.at_once import on_disk
from tests.features.ballots.speaking import a_ballot, a_token, new_group, send

pytestmark = pytest.mark.django_db
COUNT = 5


def closed(group: str) -> str:
    """A ballot that is over, with some tokens used."""
    ballot = a_ballot(group)
    for _one in range(COUNT):
        send(a_token(ballot, group))
    release(ballot, is_last=True)
    return ballot


@pytest.mark.parametrize("at_once", [1, 2, COUNT, COUNT + 1])
def test_it_is_whole_however_much_of_it_is_read_at_once(at_once, monkeypatch):
    monkeypatch.setattr(auditing, "AT_ONCE", at_once)
    closed(new_group())
    ballot = closed(new_group())
    signed = UsedAtRest.objects.filter(key__ballot_id=ballot).order_by("nonce_hash").values_list("signature", flat=True)
    assert [token["signature"] for token in queries.used_tokens(ballot)] == list(signed)
    assert len(signed) == COUNT


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's log")
@pytest.mark.django_db(transaction=True)
def test_on_sqlite_the_log_can_be_cut_off_while_somebody_fetches_it(tmp_path, monkeypatch):
    monkeypatch.setattr(auditing, "AT_ONCE", 2)
    with on_disk(tmp_path):
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode = WAL")
        ballot = closed(new_group())
        fetched = queries.used_tokens(ballot)
        first = next(fetched)
        with closing(sqlite3.connect(tmp_path / "heard.sqlite3", timeout=1)) as other:
            other.execute("UPDATE ballots_ballot SET size = size")
            other.commit()
            busy, *_frames = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        assert busy == 0
        assert len([first, *fetched]) == COUNT
