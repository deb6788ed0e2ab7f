"""What a writer does is silent: no event, no announcement, no task, no line in a log, whatever came of it."""

import pytest
from django.db import connection
from django.test import Client

from heard.features.voice import actions
from heard.features.voice.actions.speaking import commitment
from heard.features.voice.models import Thread
from tests.features.ballots.speaking import forged
from tests.features.voice.conversing import Writer, an_audience, padded, post

pytestmark = pytest.mark.django_db
CONCERN = "The new rota came out four days before it started."
SENT = "203.0.113.9"
SALT = bytes(32)


def test_each_deed_adds_to_its_own_tables_and_nothing_anywhere_else(listening):
    writer = Writer(an_audience())
    token = writer.audience.token()
    begun = {"ballots_used": 1, "voice_thread": 1, "voice_message": 1}
    assert listening.to(lambda: writer.begins(CONCERN, token=token)) == (204, begun, [], [])
    assert listening.to(writer.asks) == (200, {}, [], [])
    assert listening.to(lambda: writer.says("And again.")) == (204, {"voice_message": 1}, [], [])
    actions.offer_to_open(Thread.objects.get(), commitment("This", SALT))
    assert listening.to(lambda: writer.agrees("This", SALT)) == (204, {"voice_opened": 1}, [], [])
    for name in ("listeners", "opened"):
        assert listening.to(lambda name=name: Client().get(f"/voice/{name}.json")) == (200, {}, [], [])


def test_what_is_refused_adds_nothing_and_nothing_is_said_of_it(listening):
    writer = Writer(an_audience())
    writer.begins(CONCERN)
    nobody, token = Writer(writer.audience), forged(writer.audience.token())
    refused = [
        (409, lambda: nobody.begins(CONCERN, token=token)),
        (404, nobody.asks),
        (404, lambda: nobody.says(CONCERN)),
        (404, lambda: nobody.agrees("This", SALT)),
        (409, lambda: writer.agrees("This", SALT)),
        *((400, lambda name=name: post(f"/voice/{name}", b"words")) for name in ("", "read/", "reply/", "open/")),
        (400, lambda: post("/voice/read/", padded({}), Cookie="heard=abc")),
    ]
    for status, deed in refused:
        assert listening.to(deed) == (status, {}, [], [])


def test_a_deed_that_fails_half_way_says_nothing_of_what_was_sent(listening):
    writer = Writer(an_audience())
    said = writer.beginning(CONCERN, token=writer.audience.token())
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE voice_message RENAME COLUMN sealed TO closed")
    at = {"X-Forwarded-For": SENT}
    status, grown, told, logged = listening.to(lambda: post("/voice/", padded(said), **at))
    assert (status in {500, 503}, grown, told) == (True, {}, [])
    sent = [SENT, *(said[name] for name in ("thread", "ballot", "group", "lookup", "public", "wrapped"))]
    sent += [*said["token"].values(), *said["message"]["boxes"].values(), said["message"]["sealed"][:80]]
    assert [value for value in sent if value in "".join(logged)] == []
