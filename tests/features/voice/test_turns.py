"""Whose turn it is in a conversation, and since which week it is decided: read off weeks and the order within it."""

from datetime import date
from importlib import import_module

import pytest
import time_machine
from django.db import connection

from heard.features.voice import actions, queries
from heard.features.voice.models import Thread
from heard.features.voice.queries import Because, State, Turn
from tests.features.voice.conversing import Writer, an_audience, answered

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16)
DECIDED = import_module("heard.features.voice.migrations.0004_decided_weeks").DECIDED


def at(week):
    return time_machine.travel(week, tick=False)


@pytest.fixture
def writer(db):
    with at(FIRST):
        writer = Writer(an_audience())
        writer.begins("The rota came late.")
        actions.settle()
        yield writer


def the_thread():
    return Thread.objects.get()


def turn():
    [(_thread, found)] = queries.turns(Thread.objects.all())
    return found


def test_it_waits_from_its_first_week_on_and_then_from_that_of_the_first_word_after_a_reply(writer):
    assert turn() == Turn(FIRST, None)
    answered(writer, "You are right.")
    assert turn() == Turn(None, FIRST)
    for week in (SECOND, THIRD):
        with at(week):
            writer.says("Late again.")
            actions.settle()
    assert turn() == Turn(SECOND, FIRST)
    assert queries.waiting(Thread.objects.all()) == [(SECOND, writer.thread)]
    with at(THIRD):
        answered(writer, "It will not be.")
    assert turn() == Turn(None, THIRD)
    assert queries.waiting(Thread.objects.all()) == []


def test_a_reply_stands_behind_what_its_listener_could_read(writer):
    for words in ("One more thing.", "And another."):
        assert writer.says(words).status_code == 204
    answered(writer, "You are right.")
    assert writer.words() == ["The rota came late.", "You are right.", "One more thing.", "And another."]
    actions.settle()
    assert turn() == Turn(FIRST, FIRST)
    answered(writer, "I see.")
    assert writer.words()[-1] == "I see."


def test_since_when_it_is_decided_is_kept_through_done_and_hiding_and_forgotten_when_it_is_taken_up_again(writer):
    for week, state in ((FIRST, State.DECIDED), (SECOND, State.DONE)):
        with at(week):
            actions.set_state(the_thread(), state)
    actions.hide(the_thread(), Because.REPEATED)
    assert the_thread().decided_week == FIRST
    actions.show_again(the_thread())
    assert (the_thread().state, the_thread().decided_week) == ("decided", FIRST)
    actions.set_state(the_thread(), State.SEEN)
    assert the_thread().decided_week is None


@pytest.mark.parametrize(("state", "decided"), [("decided", SECOND), ("done", SECOND), ("answered", None)])
def test_what_was_decided_before_this_was_kept_counts_as_told_with_the_last_reply(writer, state, decided):
    with at(SECOND):
        answered(writer, "It will not be.")
    Thread.objects.update(state=state, decided_week=None)
    with connection.cursor() as cursor:
        cursor.execute(DECIDED)
    assert the_thread().decided_week == decided
    assert queries.is_told(the_thread(), turn()) is (decided is not None)


def test_what_was_decided_before_this_was_kept_and_never_replied_to_is_not_told(writer):
    Thread.objects.update(state="done")
    with connection.cursor() as cursor:
        cursor.execute(DECIDED)
    assert the_thread().decided_week == FIRST
    assert not queries.is_told(the_thread(), turn())
