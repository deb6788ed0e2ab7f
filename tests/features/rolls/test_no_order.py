"""Of the order in which tokens were issued, and of who came late, no trace is left in any file of a database."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from heard.features.rolls.actions import draw_waits, forget_waits, shuffle_issued
from heard.features.rolls.actions.issuing import drawn_wait
from heard.features.rolls.models import Issued, Wait
from heard.features.rolls.queries import issued_counts
from tests.at_once import on_disk
from tests.features.rolls.companies import Browser, a_roll, staff, take
from tests.features.tables import column, file_of, is_numbered, transactions, write_ahead

pytestmark = pytest.mark.django_db


def test_no_order_of_issuing_is_kept():
    people = staff(30)
    roll = a_roll()
    for person in people:
        take(Browser(person, roll))
    fields = {field.name for field in Issued._meta.get_fields()}
    assert fields == {"code", "roll", "person", "nth", "digest"}
    assert shuffle_issued() == 1
    assert shuffle_issued() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id, digest FROM rolls_issued")
        lying = [person for person, _digest in cursor.fetchall()]
    assert sorted(lying) == [person.pk for person in people]
    assert lying != [person.pk for person in people]
    assert issued_counts(roll) == {Browser(people[0], roll).group: 30}


def test_rows_of_issued_tokens_are_of_one_transaction_on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps no number of transactions")
    people = staff(8)
    roll = a_roll()
    for person in people:
        take(Browser(person, roll))
    shuffle_issued()
    assert transactions(Issued) == 1


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL keeps what was deleted")
@pytest.mark.django_db(transaction=True)
def test_no_order_of_issuing_and_no_wait_is_left_in_the_files_of_postgresql():
    people = staff(8)
    roll = a_roll()
    for person in people[:6]:
        take(Browser(person, roll))
    with time_machine.travel(roll.opens_at + timedelta(hours=1), tick=False):
        drawn_wait(roll, people[6])
    with time_machine.travel(roll.opens_at + timedelta(hours=26), tick=False):
        issued = [code.encode() for code in Issued.objects.values_list("code", flat=True)]
        (waited,) = [code.encode() for code in Wait.objects.values_list("code", flat=True)]
        assert waited in file_of(Wait)
        assert [code for code in issued if code in file_of(Issued)] == issued
        take(Browser(people[6], roll))
        shuffle_issued()
        assert waited not in file_of(Wait)
        assert [code for code in issued if code in file_of(Issued)] == []
        assert Issued.objects.count() == 7


def test_sqlite_gives_the_rows_no_number():
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite numbers rows")
    assert not is_numbered(Issued)
    assert not is_numbered(Wait)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's log")
@pytest.mark.django_db(transaction=True)
def test_no_order_of_issuing_is_left_in_the_log_of_sqlite(tmp_path):
    people = staff(8)
    roll = a_roll()
    with on_disk(tmp_path):
        write_ahead()
        for person in people:
            take(Browser(person, roll))
        names = [code.encode() for code in Issued.objects.values_list("code", flat=True)]
        log = tmp_path / "heard.sqlite3-wal"
        held = log.read_bytes()
        assert [name for name in names if name in held] == names
        shuffle_issued()
        assert log.read_bytes() == b""
        kept = (tmp_path / "heard.sqlite3").read_bytes()
        assert [name for name in names if name in kept] == []
        drawn_wait(roll, people[0])
        assert log.read_bytes() != b""
        assert shuffle_issued() == 0
        assert log.read_bytes() == b""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's file")
@pytest.mark.django_db(transaction=True)
def test_a_wait_that_ended_or_is_over_leaves_no_byte_in_the_file_of_sqlite(tmp_path):
    people = staff(8)
    roll = a_roll()
    with on_disk(tmp_path):
        with time_machine.travel(roll.opens_at + timedelta(minutes=1)):
            for person in people[:2]:
                draw_waits(person)
        waits = [code.encode() for code in Wait.objects.values_list("code", flat=True)]
        file = tmp_path / "heard.sqlite3"
        for deed, left in (
            (lambda: take(Browser(people[0], roll)), 1),
            (lambda: time_machine.travel(roll.closes_at)(forget_waits)(), 0),
        ):
            column("PRAGMA secure_delete = OFF")  # as where SQLite was built without it
            deed()
            connection.close()
            assert Wait.objects.count() == left
            assert len([code for code in waits if code in file.read_bytes()]) == left
