"""Answering under a token: once, by whoever has one, and nobody is told more than that it arrived."""

import json
from collections import Counter

import pytest
from django.test import Client

from heard.features.ballots import queries
from heard.features.ballots.actions import release
from heard.features.ballots.models import Answer, Used
from tests.features.ballots.speaking import ANSWERS, a_ballot, a_token, new_group, send

pytestmark = pytest.mark.django_db


def test_an_answer_counts_once_it_is_released():
    group = new_group()
    ballot = a_ballot(group)
    assert send(a_token(ballot, group)).status_code == 204
    assert queries.tally(ballot) == {}
    assert release(ballot) == 1
    assert queries.tally(ballot) == {
        group: {"recommend": Counter({9: 1}), "told": Counter({4: 1}), "where": Counter({2: 1})}
    }
    assert [comment.words for comment in queries.comments(ballot)] == [ANSWERS["better"]]


def test_the_same_token_counts_once():
    group = new_group()
    token = a_token(a_ballot(group), group)
    first, second = send(token), send(token)
    assert (first.status_code, second.status_code) == (204, 409)
    assert "they have arrived" in json.loads(second.content)["refused"]
    assert (Used.objects.count(), Answer.objects.count()) == (1, 4)


def test_everybody_gets_the_same_keys_and_the_log_says_so():
    from hashlib import sha256

    ballot = a_ballot(new_group(), new_group())
    listed = Client().get(f"/ballots/{ballot}/keys.json").content
    (line,) = json.loads(Client().get("/ballots/log.json?from=1").content)
    assert json.loads(line["body"]) == {"kind": "keys", "ref": ballot, "digest": sha256(listed).hexdigest()}
    assert json.loads(Client().get("/ballots/checkpoint.json").content) == {"size": 1, "hash": line["hash"]}


def test_after_closing_what_was_counted_stays():
    group = new_group()
    ballot = a_ballot(group)
    for value in (9, 2):
        send(a_token(ballot, group), {"recommend": value})
    assert release(ballot, is_last=True) == 1
    assert queries.tally(ballot) == {group: {"recommend": Counter({9: 1, 2: 1})}}
    assert (Used.objects.count(), Answer.objects.count()) == (0, 0)
    audited = json.loads(Client().get(f"/ballots/{ballot}/audit.json").getvalue())
    assert audited["answered"] == {group: {"recommend": 2}}
    assert len(audited["used"]) == 2
    assert release(ballot, is_last=True) == 1
