"""Whoever wrote again waits again: the desk says so by week, once the clock has handed it over."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.db import connection

from heard.features.desk import actions, queries
from heard.features.voice.actions import settle
from heard.features.voice.models import Message, Thread
from heard.features.voice.queries import Because
from tests.cast import browser_of
from tests.features.desk.desks import a_desk
from tests.features.tables import transactions
from tests.features.voice.conversing import answered

pytestmark = pytest.mark.django_db
WEEK = date(2026, 3, 2)
SAID, MORE, REPLY = "The rota came late.", "It came late again.", "You are right."


@pytest.fixture
def desk(db):
    with at(0):
        yield a_desk()


def at(weeks, hour=12):
    """Wednesday, so many weeks after that in which the conversation began."""
    return time_machine.travel(datetime.combine(WEEK + timedelta(weeks=weeks, days=2), time(hour), UTC), tick=False)


def a_talk(desk, nth=0, **given):
    """Said and answered within its first week."""
    with at(0, 13):
        writer = desk.writer(desk.company["Operations"][nth], SAID, **given)
    with at(0, 14):
        answered(writer, REPLY)
        settle()
    return writer


def page_of(desk, writer, weeks):
    with at(weeks):
        return browser_of(desk.first).get(f"/desk/{writer.thread}/").content.decode()


def on_desk(desk, writer):
    return queries.conversation(desk.first, writer.thread)


def test_it_says_since_how_many_weeks_from_the_clock_s_next_look_on_until_the_next_reply(desk):
    writer = a_talk(desk)
    with at(3):
        before = browser_of(desk.first).get("/desk/").content
        assert writer.says(MORE).status_code == 204
        assert browser_of(desk.first).get("/desk/").content == before
        settle()
    assert "first reply in the same week" in before.decode()
    assert "written again this week" in page_of(desk, writer, 3)
    with at(4):
        writer.says("And once more.")
        settle()
    assert re.search(r"written again, waits for 1 week\b", page_of(desk, writer, 4))
    with at(5):
        shown = browser_of(desk.first).get("/desk/").content.decode()
        assert "written again, waits for 2 weeks" in shown
        assert '<span class="badge warm">Answered' in shown
        answered(writer, REPLY, by="note")
        assert on_desk(desk, writer).is_written_again
        answered(writer, REPLY)
        assert not on_desk(desk, writer).is_written_again
    assert "first reply in the same week" in page_of(desk, writer, 5)


def test_it_counts_among_what_waits_and_lies_by_the_week_since_which_it_does(desk):
    writer = a_talk(desk)
    with at(2):
        older = desk.writer(desk.company["Operations"][1], SAID)
        assert queries.next_waiting(desk.first, Thread.objects.get(pk=older.thread)) == ""
    with at(3):
        writer.says(MORE)
        settle()
    with at(4):
        newer = desk.writer(desk.company["Operations"][2], SAID)
        lying = [one.thread.code for one in queries.piles(desk.first)["open"]]
        assert lying == [older.thread, writer.thread, newer.thread]
        follow = [queries.next_waiting(desk.first, Thread.objects.get(pk=code)) for code in lying]
        assert follow == [writer.thread, newer.thread, older.thread]
        assert queries.waiting(desk.first) == 3
        assert "The desk · 3 wait<" in browser_of(desk.second).get("/listening/").content.decode()


def test_what_crossed_with_a_reply_waits_as_if_it_had_come_after_it(desk):
    crossed, later = a_talk(desk), a_talk(desk, 1)
    with at(3, 10):
        crossed.says(MORE)
        crossed.says("And once more.")
    with at(3, 11):
        answered(crossed, REPLY)
        answered(crossed, "Only for us.", by="note")
        answered(later, REPLY)
        answered(later, "Only for us.", by="note")
    with at(3, 12):
        later.says(MORE)
        later.says("And once more.")
        settle()
        assert on_desk(desk, crossed).is_written_again
        assert crossed.words() == [SAID, REPLY, REPLY, MORE, "And once more."]
    kept = [
        list(Message.objects.filter(thread=one.thread).order_by("place").values_list("place", "by", "week"))
        for one in (crossed, later)
    ]
    assert kept[0] == kept[1]
    assert [place for place, _by, _week in kept[0]] == list(range(6))


def test_what_is_done_lies_open_again_when_its_writer_adds_something_and_not_before_the_clock_looks(desk):
    writer = a_talk(desk)
    with at(1):
        actions.finish(on_desk(desk, writer), by=desk.first)
        writer.says(MORE)
        assert queries.piles(desk.first)["open"] == []
        settle()
        [lies] = queries.piles(desk.first)["open"]
        assert (lies.thread.state, lies.is_written_again) == ("answered", True)
        actions.finish(on_desk(desk, writer), by=desk.first)
        settle()
        assert queries.piles(desk.first)["open"] == []
        assert queries.waiting(desk.first) == 0
        assert "written again" not in browser_of(desk.first).get(f"/desk/{writer.thread}/").content.decode()


def test_what_is_done_without_a_word_and_added_to_waits_for_its_first(desk):
    with at(0, 13):
        writer = desk.writer(desk.company["Operations"][0], SAID)
        actions.finish(on_desk(desk, writer), by=desk.first)
        settle()
    assert "no reply" in page_of(desk, writer, 2)
    with at(2):
        writer.says(MORE)
        settle()
        assert (on_desk(desk, writer).thread.state, on_desk(desk, writer).since) == ("seen", WEEK)


def test_what_is_hidden_waits_for_nothing_before_it_is_taken_back(desk):
    writer = a_talk(desk)
    with at(1):
        writer.says(MORE)
        settle()
        actions.hide(on_desk(desk, writer), Because.REPEATED, by=desk.first)
        assert (queries.waiting(desk.first), on_desk(desk, writer).since) == (0, None)
        actions.show_again(on_desk(desk, writer), by=desk.first)
        assert (queries.waiting(desk.first), on_desk(desk, writer).is_written_again) == (1, True)


def test_who_comes_back_to_read_has_not_written_again(desk):
    writer = a_talk(desk)
    with at(2):
        before = browser_of(desk.first).get("/desk/").content
        writer.reads()
        settle()
        assert browser_of(desk.first).get("/desk/").content == before
        assert queries.waiting(desk.first) == 0


def test_that_it_waits_is_read_off_and_written_down_nowhere(desk):
    writer = a_talk(desk)
    with at(3):
        writer.says(MORE)
        settle()
        kept = list(Thread.objects.values()), list(Message.objects.order_by("code").values())
        queries.piles(desk.first)
        queries.next_waiting(desk.first, Thread.objects.get())
        assert (list(Thread.objects.values()), list(Message.objects.order_by("code").values())) == kept


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL keeps the number of a transaction")
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_no_transaction_tells_what_crossed_with_a_reply_or_was_opened_again(desk):
    crossed, done = a_talk(desk), a_talk(desk, 1)
    with at(1):
        actions.finish(on_desk(desk, done), by=desk.first)
        settle()
        for writer in (crossed, done):
            writer.says(MORE)
        answered(crossed, REPLY)
        assert transactions(Thread, Message) > 1
        settle()
        assert transactions(Thread, Message) == 1
        assert on_desk(desk, crossed).is_written_again
        assert on_desk(desk, done).is_written_again
