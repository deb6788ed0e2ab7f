"""What is refused: in one sentence, without a word about which token it was, and without a trace."""

import json
import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from heard.features.ballots.actions import Question, keys_that_stay_closed, release, settle, sign
from heard.features.ballots.errors import BallotIsClosed, KeyStaysClosed, SchemeIsUnusable
from heard.features.ballots.models import Answer, Ballot, Key, Used
from heard.plumbing.limits_in_memory import HOUR as LIMIT
from tests.features.ballots.speaking import (
    ANSWERS,
    HOUR,
    QUESTIONS,
    a_ballot,
    a_token,
    forged,
    new_group,
    send,
    send_body,
)

pytestmark = pytest.mark.django_db


def test_every_reason_about_the_token_looks_alike():
    group, other = new_group(), new_group()
    ballot, elsewhere = a_ballot(group, other), a_ballot(new_group())
    token, used = a_token(ballot, group), a_token(ballot, group)
    send(used)
    wrong = {
        "forged": forged(token),
        "used before": used,
        "of another group": replace(token, group=other),
        "of no group": replace(token, group=new_group()),
        "of another ask": replace(token, ballot=elsewhere),
        "with other random bytes": replace(token, prefix=bytes(32)),
    }
    answers = {name: send(one) for name, one in wrong.items()}
    assert {answer.status_code for answer in answers.values()} == {409}
    assert len({answer.content for answer in answers.values()}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers.values()}) == 1
    assert (Used.objects.count(), Answer.objects.count()) == (1, 4)
    assert send(token).status_code == 204


@pytest.mark.parametrize(
    "changed",
    [
        {"prefix": "short"},
        {"prefix": None},
        {"signature": "AAAA"},
        {"group": "of nobody"},
        {"group": 7},
        {"answers": []},
        {"answers": {"unasked": 3}},
        {"answers": {"recommend": 11}},
        {"answers": {"recommend": -1}},
        {"answers": {"recommend": True}},
        {"answers": {"recommend": "9"}},
        {"answers": {"recommend": 9.0}},
        {"answers": {"told": 0}},
        {"answers": {"told": 6}},
        {"answers": {"where": 3}},
        {"answers": {"better": 4}},
        {"answers": {"better": "x" * 1_001}},
        {"answers": {"better": "nothing\x00here"}},
        {"answers": {"better": "\x1b[2J"}},
        {"name": "Mina Member"},
    ],
)
def test_what_the_page_does_not_send_is_refused_before_the_token_is_looked_at(changed):
    group = new_group()
    ballot = a_ballot(group)
    token = a_token(ballot, group)
    answer = send_body(ballot, token.body(ANSWERS, **changed))
    assert answer.status_code == 400
    assert set(json.loads(answer.content)) == {"refused"}
    assert Used.objects.count() == 0
    assert send(token).status_code == 204


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b" " * 8_192,
        b"[]".ljust(8_192),
        b"{}".ljust(8_192),
        b"\xff" * 8_192,
        (b'{"a":' * 1_600).ljust(8_192),
        b"[" * 8_192,
        b'{"prefix":NaN}'.ljust(8_192),
        b'{"answers":{},"answers":{},"group":"","prefix":"","signature":""}'.ljust(8_192),
        b'{"answers":{"better":"\\ud800"},"group":"","prefix":"","signature":""}'.ljust(8_192),
    ],
    ids=range(11),
)
def test_no_body_is_a_fault_of_ours(body):
    assert send_body(a_ballot(new_group()), body).status_code == 400


def test_words_of_half_a_character_are_refused():
    group = new_group()
    ballot = a_ballot(group)
    body = a_token(ballot, group).body({"better": "half"}).replace(b"half", b"\\ud800")[:8_192]
    assert send_body(ballot, body).status_code == 400


def test_a_body_of_another_length_is_refused_though_all_else_is_right():
    group = new_group()
    ballot = a_ballot(group)
    token = a_token(ballot, group)
    assert send_body(ballot, token.body(ANSWERS).rstrip()).status_code == 400
    assert send_body(ballot, token.body(ANSWERS) + b" ").status_code == 400


@pytest.mark.parametrize("header", [{"Cookie": "heard=abc"}, {"Authorization": "Bearer abc"}])
@pytest.mark.parametrize("address", ["redeem/", "keys.json", "audit.json"])
def test_whoever_says_who_they_are_is_refused(header, address):
    group = new_group()
    token = a_token(a_ballot(group), group)
    method = "POST" if address == "redeem/" else "GET"
    answer = Client().generic(method, f"/ballots/{token.ballot}/{address}", token.body(ANSWERS), headers=header)
    assert answer.status_code == 400
    assert "without" in json.loads(answer.content)["refused"]
    assert not Used.objects.exists()
    assert send(token).status_code == 204


def test_before_and_after_its_hours_no_token_counts_and_none_is_lost():
    group, other = new_group(), new_group()
    early, late = a_ballot(group, opens_in=2 * HOUR), a_ballot(other)
    assert send(a_token(early, group)).status_code == 410
    token = a_token(late, other)
    Ballot.objects.filter(pk=late).update(closes_at=timezone.now() - timedelta(seconds=1))
    assert send(token).status_code == 410
    Ballot.objects.filter(pk=early).update(opens_at=timezone.now() - timedelta(seconds=1))
    assert send(a_token(early, group)).status_code == 204
    assert Used.objects.count() == 1


def test_what_was_never_announced_is_not_there():
    answer = send_body("1" * 32, b"")
    assert (answer.status_code, set(json.loads(answer.content))) == (404, {"refused"})


def test_a_list_of_used_tokens_is_for_after_closing():
    answer = Client().get(f"/ballots/{a_ballot(new_group())}/audit.json")
    assert answer.status_code == 409


def test_only_pages_of_ours_may_read_and_nothing_is_kept_on_the_way():
    ballot = a_ballot(new_group())
    asked = Client().options(f"/ballots/{ballot}/redeem/", headers={"Origin": "https://elsewhere.example"})
    refused = send_body(ballot, b"", Origin="https://elsewhere.example", **{"Sec-Fetch-Site": "cross-site"})
    assert (asked.status_code, refused.status_code) == (204, 400)
    for answer in (asked, refused):
        assert answer.headers["Access-Control-Allow-Origin"] == settings.HEARD_URL
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
        assert "Access-Control-Allow-Credentials" not in answer.headers
    assert Client().get(f"/ballots/{ballot}/redeem/").status_code == 405


def test_pages_may_ask_the_other_host_and_no_third():
    with override_settings(HEARD_BALLOT_URL="https://answers.example"):
        policy = Client().get("/offline/").headers["Content-Security-Policy"]
    (connect,) = [part for part in policy.split("; ") if part.startswith("connect-src")]
    assert connect.split()[1:] == [
        "'self'",
        f"http://testserver:{settings.HEARD_STREAM_PORT}",
        "https://answers.example",
    ]


def test_who_tries_and_tries_is_slowed_down_and_a_good_token_still_counts(monkeypatch):
    from heard.features.ballots import views

    monkeypatch.setattr(views, "MOST_REFUSED", 3)
    group = new_group()
    ballot = a_ballot(group)
    token = a_token(ballot, group)
    at = {"X-Forwarded-For": "203.0.113.9"}
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
        assert [send(forged(token), **at).status_code for _ in range(5)] == [409, 409, 409, 429, 429]
        assert send(forged(token), **{"X-Forwarded-For": "203.0.113.10"}).status_code == 409
        assert send(token, **at).status_code == 204
    assert LIMIT == 3_600


def test_whoever_sends_again_after_a_lost_reply_is_told_that_it_arrived_where_many_were_refused(monkeypatch, settings):
    from heard.features.ballots import views

    monkeypatch.setattr(views, "MOST_REFUSED", 3)
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    group = new_group()
    token, at = a_token(a_ballot(group), group), {"X-Forwarded-For": "203.0.113.11"}
    assert send(token, **at).status_code == 204
    assert [send(forged(token), **at).status_code for _ in range(4)] == [409, 409, 409, 429]
    assert {send(token, **at).status_code for _ in range(4)} == {409}
    assert "they have arrived" in send(token, **at).content.decode()
    assert send(forged(token), **at).status_code == 429


def test_private_keys_lie_sealed_and_are_gone_after_closing():
    group = new_group()
    ballot = a_ballot(group)
    a_token(ballot, group)
    box = bytes(Key.objects.get().sealed)
    assert b"PRIVATE" not in box
    assert len(box) > 1_000
    with override_settings(HEARD_BALLOT_KEY="x" * 48):
        assert keys_that_stay_closed() == 1
        with pytest.raises(KeyStaysClosed):
            sign(ballot, group, b"\1" * 256)
    assert keys_that_stay_closed() == 0
    settle(timezone.now() + 100 * HOUR)
    assert bytes(Key.objects.get().sealed) == b""
    with pytest.raises(BallotIsClosed):
        sign(ballot, group, b"\1" * 256)
    assert release(ballot) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"what": "survey"},
        {"per_member": 0},
        {"questions": [*QUESTIONS, QUESTIONS[0]]},
        {"groups": []},
        {"groups": [("team", 7)]},
        {"groups": [("a" * 32, 7), ("a" * 32, 8)]},
        {"closes_at": timezone.now() - timedelta(days=9)},
    ],
)
def test_a_ballot_that_makes_no_sense_is_not_made(changed):
    from heard.features.ballots.actions import announce

    now = timezone.now()
    given = {"what": "pulse", "groups": [(new_group(), 7)], "questions": QUESTIONS, "per_member": 1}
    with pytest.raises(SchemeIsUnusable):
        announce(**({**given, "opens_at": now, "closes_at": now + HOUR} | changed))
    assert not Ballot.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        ("x", "likert"),
        ("X", "agree"),
        ("", "agree"),
        ("x", "agree", 3),
        ("x", "choice", 1),
        ("x", "comment"),
        ("x", "vote", 0, 9),
    ],
)
def test_a_question_that_makes_no_sense_is_not_asked(said):
    with pytest.raises(SchemeIsUnusable):
        Question(*said)


def test_a_fault_of_ours_is_logged_by_its_kind_and_place_without_any_value(caplog, monkeypatch):
    """The database breaks in the middle: what it says of it may hold what was sent."""
    group = new_group()
    token = a_token(a_ballot(group), group)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ballots_answer ADD COLUMN broken integer NOT NULL DEFAULT 7 CHECK (broken = 7)")
        cursor.execute("ALTER TABLE ballots_answer RENAME COLUMN question TO asked")
    with caplog.at_level(logging.DEBUG):
        answer = send(token, **{"X-Forwarded-For": "203.0.113.9"})
    assert answer.status_code in {500, 503}
    said = answer.content.decode() + "\n".join(record.getMessage() + str(record.exc_info) for record in caplog.records)
    for value in ("depot", "203.0.113.9", group, token.body({})[:40].decode()):
        assert value not in said
