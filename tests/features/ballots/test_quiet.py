"""Redeeming is silent: no event, no announcement, no task, no line in a log, whatever came of it."""

import pytest
from django.db import connection

from tests.features.ballots.speaking import ANSWERS, HOUR, a_ballot, a_token, forged, new_group, send, send_body

pytestmark = pytest.mark.django_db
SENT = "203.0.113.9"


def test_what_counts_adds_to_two_tables_and_nothing_anywhere_else(listening):
    group = new_group()
    token = a_token(a_ballot(group), group)
    kept = {"ballots_used": 1, "ballots_answer": len(ANSWERS)}
    assert listening.to(lambda: send(token)) == (204, kept, [], [])


def test_what_is_refused_adds_nothing_and_nothing_is_said_of_it(listening):
    group, other = new_group(), new_group()
    ballot = a_ballot(group)
    token, early = a_token(ballot, group), a_token(a_ballot(other, opens_in=2 * HOUR), other)
    refused = {
        409: lambda: send(forged(token)),
        410: lambda: send(early),
        400: lambda: send_body(ballot, b"not a sheet"),
        404: lambda: send_body("1" * 32, token.body(ANSWERS)),
    }
    for status, deed in refused.items():
        assert listening.to(deed) == (status, {}, [], [])
    assert listening.to(lambda: send(token, Cookie="heard=abc")) == (400, {}, [], [])


def test_a_redeem_that_fails_half_way_says_nothing_of_what_was_sent(listening):
    group = new_group()
    token = a_token(a_ballot(group), group)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ballots_answer RENAME COLUMN question TO asked")
    status, grown, told, logged = listening.to(lambda: send(token, **{"X-Forwarded-For": SENT}))
    assert (status in {500, 503}, grown, told) == (True, {}, [])
    sheet = token.sheet(ANSWERS)
    sent = (SENT, group, token.ballot, sheet["prefix"], sheet["signature"], ANSWERS["better"])
    assert [value for value in sent if value in "".join(logged)] == []
