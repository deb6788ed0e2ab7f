"""Anybody checks a ballot with what was published, and whatever was changed in it is found."""

import json
from dataclasses import replace

import pytest
from django.test import Client

from heard.features.ballots.actions import release
from heard.features.ballots.queries import evidence_on
from heard.features.ballots.rules import Evidence, Spent, findings_on
from heard.plumbing import base64url
from tests.features.ballots.speaking import ANSWERS, a_ballot, a_token, forged, new_group, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed() -> tuple[Evidence, Spent]:
    """What is published of a ballot that has closed, and the token of somebody who answered."""
    group, other = new_group(), new_group()
    a_ballot(new_group())
    ballot = a_ballot(group, other)
    tokens = [a_token(ballot, of) for of in (group, group, group, other)]
    for token in tokens:
        assert send(token).status_code == 204
    send(a_token(ballot, other), {"told": 3})
    release(ballot, is_last=True)
    browser = Client()
    evidence = Evidence(
        keys=browser.get(f"/ballots/{ballot}/keys.json").content.decode(),
        log=json.loads(browser.get("/ballots/log.json").content),
        audit=json.loads(browser.get(f"/ballots/{ballot}/audit.json").getvalue()),
        issued={group: 5, other: 5},
    )
    assert evidence_on(ballot, issued=evidence.issued) == replace(evidence, tally=evidence.audit["answered"])
    return evidence, Spent(tokens[0].prefix, tokens[0].signature, group)


def broken(evidence: Evidence) -> set[str]:
    return {finding.code for finding in findings_on(evidence) if not finding.holds}


def test_what_is_right_is_found_right(closed):
    evidence, own = closed
    findings = findings_on(replace(evidence, token=own, tally=evidence.audit["answered"]))
    assert {one.code for one in findings if one.holds} == {
        *("log", "keys", "signatures", "once", "issued", "answers", "tally", "token")
    }
    assert len(findings) == 8
    assert broken(replace(evidence, issued=None)) == set()
    assert {one.code for one in findings_on(replace(evidence, audit=None))} == {"log", "keys"}


def test_whatever_was_changed_is_found(closed):
    evidence, own = closed
    group = own.group
    audit = evidence.audit
    first = audit["used"][0]
    stuffed = {**first, "prefix": base64url.encode(b"\1" * 32)}
    fewer = {**evidence.issued, group: 2}
    more = {**audit["answered"], group: {**audit["answered"][group], "told": 9}}
    line = {**evidence.log[0], "body": evidence.log[0]["body"].replace("keys", "KEYS")}
    assert broken(replace(evidence, keys=evidence.keys.replace('"invited":7', '"invited":8', 1))) == {"keys"}
    assert broken(replace(evidence, log=[line, *evidence.log[1:]])) == {"log"}
    assert broken(replace(evidence, log=evidence.log[:1])) == {"keys"}
    assert broken(replace(evidence, log=[*evidence.log, evidence.log[1]])) == {"log", "keys"}
    assert broken(replace(evidence, audit={**audit, "used": [*audit["used"], stuffed]})) == {"signatures"}
    assert "once" in broken(replace(evidence, audit={**audit, "used": [*audit["used"], first]}))
    assert broken(replace(evidence, issued=fewer)) == {"issued"}
    assert broken(replace(evidence, audit={**audit, "answered": more})) == {"answers"}
    assert broken(replace(evidence, tally=more)) == {"tally"}
    assert broken(replace(evidence, token=replace(own, prefix=bytes(32)))) == {"token"}


@pytest.mark.parametrize("rubbish", [{}, {"used": 7}, {"used": [{}], "answered": []}, {"used": [], "answered": None}])
def test_an_audit_that_is_none_holds_nothing_and_breaks_nothing(closed, rubbish):
    evidence, _own = closed
    assert broken(replace(evidence, audit=rubbish)) != set()


def test_no_keys_at_all_are_found(closed):
    evidence, _own = closed
    assert "keys" in broken(replace(evidence, keys="<html>"))


def test_forged_tokens_do_not_come_in(closed):
    group = new_group()
    ballot = a_ballot(group)
    assert send(forged(a_token(ballot, group)), ANSWERS).status_code == 409
