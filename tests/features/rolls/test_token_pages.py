"""What a browser is told about its tokens, and what bad requests get."""

import json

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from heard.features.ballots.rules import opened_words
from heard.features.rolls.models import Wait
from heard.plumbing import base64url
from tests.cast import Cast, browser_of
from tests.features.rolls.companies import DAY, Browser, a_company, a_roll, staff

pytestmark = pytest.mark.django_db


def test_everything_that_answering_needs_comes_at_once():
    company = a_company(Depot=8, Office=9)
    page = {
        "title": "Autumn pulse",
        "intro": "How are you?",
        "ask_url": "/asks/{ballot}/",
        "questions": [{"code": "q1", "kind": "agree", "text": "All is well.", "options": [], "is_reversed": False}],
    }
    roll = a_roll(page=page)
    person = company["Office"][0]
    with time_machine.travel(timezone.now(), tick=False):
        now = timezone.now().isoformat()
        said = browser_of(person).get("/tokens/").json()
    assert said == {
        "account": str(person.pk),
        "shared": False,
        "now": now,
        "ballots": [
            {
                "ballot": roll.ballot,
                "what": "pulse",
                "title": "Autumn pulse",
                "intro": "How are you?",
                "questions": page["questions"],
                "ask_url": f"/asks/{roll.ballot}/",
                "words_key": roll.page["words_key"],
                "opens": roll.opens_at.strftime("%Y-%m-%dT%H:00Z"),
                "closes": roll.closes_at.strftime("%Y-%m-%dT%H:00Z"),
                "group": Browser(person, roll).group,
                "group_name": "Office",
                "invited": 9,
                "nth": 1,
                "issued": 0,
                "wait_until": None,
            }
        ],
    }


def test_everybody_is_told_the_key_that_opens_the_published_words_and_nobody_else_is():
    company = a_company(Depot=8, Office=9)
    question = {"code": "q1", "kind": "agree", "text": "All is well.", "options": [], "is_reversed": False}
    page = {"title": "Autumn pulse", "intro": "How are you?", "questions": [question], "ask_url": ""}
    roll = a_roll(page=page)
    members = [company["Office"][0], company["Depot"][0]]
    one, other = (browser_of(person).get("/tokens/").json()["ballots"][0]["words_key"] for person in members)
    assert one == other
    keys = Client().get(f"/ballots/{roll.ballot}/keys.json").content.decode()
    assert one not in keys
    assert "Autumn" not in keys
    title, intro, [read] = opened_words(base64url.decode(one), json.loads(keys))
    assert (title, intro, read["text"]) == ("Autumn pulse", "How are you?", "All is well.")


def test_a_page_cannot_pretend_to_be_another_ballot():
    people = staff(8)
    roll = a_roll(page={"title": "x", "intro": "", "questions": [], "ballot": "f" * 32, "group": "f" * 32})
    [one] = browser_of(people[0]).get("/tokens/").json()["ballots"]
    assert (one["ballot"], one["group"]) == (roll.ballot, Browser(people[0], roll).group)


def test_the_answer_is_kept_by_no_cache():
    people = staff(8)
    assert "no-store" in browser_of(people[0]).get("/tokens/").headers["Cache-Control"]


def test_a_browser_gets_its_signature_and_can_check_it():
    people = staff(8)
    browser = Browser(people[0], a_roll())
    answer = browser.asks()
    assert answer.status_code == 200
    signed = [base64url.decode(one) for one in answer.json()["signatures"]]
    assert len(browser.kept(signed)) == 1
    assert browser.asks().json() == answer.json()


def test_another_message_is_refused_in_one_sentence():
    people = staff(8)
    roll = a_roll()
    Browser(people[0], roll).asks()
    answer = Browser(people[0], roll).asks()
    assert answer.status_code == 409
    assert "already issued in your name" in answer.json()["refused"]


def test_whoever_comes_late_is_told_when(settings):
    settings.HEARD_TOKEN_WAIT = (3_600, 3_600)
    people = staff(8)
    roll = a_roll()
    with time_machine.travel(roll.opens_at + DAY):
        [one] = browser_of(people[0]).get("/tokens/").json()["ballots"]
        assert one["wait_until"] is not None
        answer = Browser(people[0], roll).asks()
        assert (answer.status_code, "by the clock" in answer.json()["refused"]) == (409, True)
    assert Wait.objects.count() == 1


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"blinded": "x"}',
        b'{"blinded": [1]}',
        b'{"blinded": ["*"]}',
        b'{"blinded": []}',
        b'{"blinded": ["AAAA"]}',
        b"\xff\xfe",
        b"[" * 50_000,
        json.dumps({"blinded": ["A" * 342]}).encode(),
        json.dumps({"blinded": ["____" * 85 + "_w"]}).encode(),
    ],
)
def test_whatever_else_is_sent_gets_one_sentence(sent):
    people = staff(8)
    roll = a_roll()
    answer = browser_of(people[0]).post(f"/tokens/{roll.ballot}/", sent, content_type="application/json")
    assert answer.status_code in {400, 409, 422}
    assert len(answer.json()["refused"]) > 20
    assert Browser(people[0], roll).asks().status_code == 200


def test_nobody_asks_from_elsewhere_or_signed_out(cast: Cast):
    people = staff(8)
    roll = a_roll()
    browser = Browser(people[0], roll)
    assert browser.asks(browser_of(people[0], **{"sec-fetch-site": "cross-site"})).status_code == 403
    assert browser.asks(browser_of(None)).status_code in {302, 303, 401}
    assert browser.asks(browser_of(cast.left)).status_code in {302, 303, 401}
    assert browser.asks(browser_of(staff(1, name="Later")[0])).status_code == 404


def test_taking_costs_the_same_for_one_and_three(django_assert_num_queries):
    people = staff(8)
    a_roll()
    client = browser_of(people[0])
    client.get("/tokens/")
    with django_assert_num_queries(8):
        client.get("/tokens/")
    a_roll(), a_roll()
    with django_assert_num_queries(8):
        client.get("/tokens/")


def test_the_smallest_group_is_raised_by_administrators(cast: Cast):
    staff(19)
    client = browser_of(cast.administrator)
    assert "no two groups of 10" in client.post("/smallest-group/", {"k": 10}, follow=True).content.decode()
    assert client.post("/smallest-group/", {"k": 9}).status_code == 302
    assert "<strong>9</strong>" in client.get("/smallest-group/").content.decode()
    assert client.post("/smallest-group/", {"k": "4"}).status_code == 422
    assert client.post("/smallest-group/", {"k": "many"}).status_code == 422
    assert "only be raised" in client.post("/smallest-group/", {"k": "8"}, follow=True).content.decode()
    member = browser_of(cast.member).get("/smallest-group/").content.decode()
    assert "<form" not in member.partition('id="main"')[2].partition("</main>")[0]
    assert browser_of(cast.member).post("/smallest-group/", {"k": 12}).status_code in {303, 403}
