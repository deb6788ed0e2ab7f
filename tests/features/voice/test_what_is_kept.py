"""What the tables of conversations could tell an attacker who has them all: weeks, and no order within one."""

import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from heard.features.voice import actions
from heard.features.voice.actions import settling
from heard.features.voice.actions.speaking import commitment
from heard.features.voice.models import Message, Opened, Thread
from heard.features.voice.rules import monday
from tests.at_once import on_disk
from tests.features.tables import column, file_and_log, is_numbered, last_read, transactions, write_ahead
from tests.features.voice.conversing import Writer, an_audience, answered

pytestmark = pytest.mark.django_db
MODELS = list(apps.get_app_config("voice").get_models())
SPOKEN = (Thread, Message, Opened)
WEDNESDAY = datetime.fromisoformat("2026-11-25T14:37:11+00:00")
TALK = 12


def spoken(count: int = TALK) -> list[Writer]:
    """So many conversations one after another, each answered, in the order in which they came."""
    audience, came = an_audience(), []
    for nth in range(count):
        writer = Writer(audience)
        assert writer.begins(f"Number {nth}").status_code == 204
        answered(writer, "Thank you.")
        came.append(writer)
    return came


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_only_time_there_is_is_a_week(model):
    timed = [field.name for field in model._meta.concrete_fields if isinstance(field, models.DateField)]
    others = {"expires_on", "waits_until"}  # the one is a Monday, the other is forgotten within a day
    assert [name for name in timed if not name.endswith("week") and name not in others] == []
    assert not [field for field in model._meta.concrete_fields if isinstance(field, models.DateTimeField)]


def test_every_date_that_is_kept_is_a_monday():
    with time_machine.travel(WEDNESDAY):
        writer, salt = Writer(an_audience()), bytes(32)
        writer.begins("The rota came late.")
        answered(writer, "You are right.")
        writer.says("When?")
        actions.offer_to_open(Thread.objects.get(), commitment("This", salt))
        writer.agrees("This", salt)
        actions.hide(Thread.objects.get(), "repeated")
        writer.reads()
        actions.settle()
        actions.wait_no_longer(timezone.now().date() + timedelta(days=1))
    kept = [
        value for model in SPOKEN for row in model.objects.values() for value in row.values() if isinstance(value, date)
    ]
    assert len(kept) >= 8
    assert [day for day in kept if day != monday(day)] == []


def test_two_who_come_within_a_week_leave_the_same_rows_but_for_what_is_drawn_and_sealed():
    """Told apart by nothing: the one came on Monday and looked twice, the other on Tuesday night."""
    with time_machine.travel(datetime.fromisoformat("2026-11-23T05:00+00:00")):
        audience, rows = an_audience(), []
    for moments in (("2026-11-23T06:00+00:00", "2026-11-26T09:00+00:00"), ("2026-11-24T23:50+00:00",)):
        writer = Writer(audience)
        for nth, moment in enumerate(moments):
            with time_machine.travel(datetime.fromisoformat(moment)):
                writer.reads() if nth else writer.begins("The rota came late.")
        actions.settle()
        thread = Thread.objects.filter(pk=writer.thread).values().get()
        [message] = Message.objects.filter(thread=writer.thread).values()
        drawn = {"code", "lookup", "public", "wrapped", "offered", "sealed", "boxes", "thread_id"}
        rows.append([{name: row[name] for name in row if name not in drawn} for row in (thread, message)])
        assert len(message["sealed"]) == 12 + 4096 + 16
    assert rows[0] == rows[1]


def test_a_conversation_whose_text_was_opened_looks_like_all_others():
    """Also like one to which nothing was offered, one to which something is, and one that was hidden."""
    writers, text, salt = spoken(4), "This", bytes(32)
    for writer in writers[:3]:
        actions.offer_to_open(Thread.objects.get(pk=writer.thread), commitment(text, salt))
    assert writers[0].agrees(text, salt).status_code == 204
    assert writers[0].reads()["offered"] != commitment(text, salt)
    actions.hide(Thread.objects.get(pk=writers[1].thread), "repeated")
    actions.settle()
    assert [bool(re.fullmatch("[0-9a-f]{64}", one)) for one in offers()] == [True] * 4
    assert offers().count(commitment(text, salt)) == 1


def offers() -> list[str]:
    return list(Thread.objects.values_list("offered", flat=True))


def test_the_clock_writes_anew_also_where_nobody_came(monkeypatch):
    spoken(1)
    actions.settle()
    done = []
    monkeypatch.setattr(settling, "deliver", lambda: done.append("written anew"))
    monkeypatch.setattr(settling, "end_sqlite_log", lambda: done.append("log cut off"))
    actions.settle()
    assert done == ["written anew", "log cut off"]
    monkeypatch.setattr(settling, "FEW", 2)
    actions.settle()
    assert done[2:] == ["log cut off"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="about what PostgreSQL counts")
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_no_table_and_no_index_tells_when_somebody_came():
    [writer] = spoken(1)
    actions.settle()
    settled = last_read(*MODELS)
    writer.reads()
    writer.says("And again.")
    came = last_read(*MODELS)
    assert {"voice_thread_pkey", "pg_toast voice_message"} <= set(came)
    assert [name for name, at in came.items() if at and at != settled.get(name)]
    actions.settle()
    left = last_read(*MODELS)
    assert set(left) == set(came)
    assert len(set(left.values())) == 1
    assert set(left.values()).isdisjoint({*came.values(), *settled.values()})


def test_a_conversation_has_a_key_a_lookup_and_a_name_that_no_other_has():
    spoken(3)
    for field in ("code", "lookup", "public", "wrapped"):
        assert len({bytes(str(value), "utf8") for value in Thread.objects.values_list(field, flat=True)}) == 3


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite gives rows a number")
@pytest.mark.parametrize("model", SPOKEN, ids=lambda model: model.__name__)
def test_on_sqlite_rows_have_no_number(model):
    assert not is_numbered(model)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL keeps rows where they came")
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_neither_place_nor_transaction_tells_which_came_when_or_was_looked_at():
    writers = spoken()
    came = [writer.thread for writer in writers]
    actions.settle()
    assert sorted(lying()) == sorted(came)
    assert lying() != came
    for deed in (
        lambda: actions.set_state(Thread.objects.get(pk=came[3]), "decided"),
        lambda: answered(writers[4], "I shall ask.", by="note"),
        lambda: actions.hide(Thread.objects.get(pk=came[5]), "repeated"),
        lambda: actions.show_again(Thread.objects.get(pk=came[5])),
        lambda: actions.offer_to_open(Thread.objects.get(pk=came[6]), commitment("This", bytes(32))),
        lambda: writers[6].agrees("This", bytes(32)),
        lambda: writers[7].says("And again."),
        writers[8].reads,
    ):
        with time_machine.travel(timezone.now() + timedelta(weeks=1)):
            deed()
        assert transactions(*SPOKEN) == 2
        actions.settle()
        assert transactions(*SPOKEN) == 1


def lying() -> list[str]:
    return column("SELECT code FROM voice_thread ORDER BY ctid")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's file")
@pytest.mark.django_db(transaction=True)
def test_on_sqlite_no_byte_of_what_has_expired_is_left_in_the_file_or_its_log(tmp_path):
    with on_disk(tmp_path):
        write_ahead()
        spoken(6)
        actions.settle()
        sealed = [bytes(value)[:24] for value in Message.objects.values_list("sealed", flat=True)]
        before, _log = file_and_log(tmp_path)
        assert all(value in before for value in sealed)
        connection.close()  # the clock's next look may be on another connection, which knows of no such setting yet
        with time_machine.travel(timezone.now() + timedelta(weeks=53)):
            actions.settle()
        assert Message.objects.count() == 0
        left, log = file_and_log(tmp_path)
        assert log == b""
        assert [value in left for value in sealed] == [False] * len(sealed)
