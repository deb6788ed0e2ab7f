"""What the demo company is asked and says unasked: by the same actions as anybody's, at every stage."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from heard.demo.browsers import tokens_of
from heard.demo.build import SIGN_INS, build_company
from heard.demo.listening import build_listening, receipt
from heard.features.asks.models import Ask
from heard.features.asks.rules import CLOSES, OPENS
from heard.features.ballots.models import Answer
from heard.features.desk.models import Handling
from heard.features.desk.queries import piles
from heard.features.voice.models import Message, Opened, Thread
from heard.foundation.communities.models import Membership
from heard.foundation.notices.models import Delivery, Notice, Why
from heard.foundation.people.models import Person
from tests.cast import browser_of
from tests.demo.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("listening"), pytest.mark.whole]


@pytest.fixture(scope="module")
def listening(django_db_setup: None, django_db_blocker: Any) -> Iterator[datetime]:
    """The company as `heard demo` builds it."""
    with django_db_blocker.unblock(), transaction.atomic(), time_machine.travel(NOW):
        build_company(now=NOW)
        build_listening(now=NOW)
        yield NOW
        transaction.set_rollback(True)


def test_a_pulse_and_a_poll_are_over_one_of_each_is_open_a_pulse_is_announced_and_a_vote_is_open() -> None:
    asks = Ask.objects.order_by("opens_at").values_list("title", "kind", "opens_at", "closes_at")
    states = [
        (kind, "over" if closes <= NOW else "open" if opens <= NOW else "soon") for _t, kind, opens, closes in asks
    ]
    pulses = {("pulse", "over"): 1, ("pulse", "open"): 1, ("pulse", "soon"): 1}
    assert Counter(states) == pulses | {("poll", "over"): 1, ("poll", "open"): 1, ("vote", "open"): 1}


def test_whatever_is_asked_opens_and_closes_at_the_hours_that_the_form_for_asking_says() -> None:
    zone = timezone.get_default_timezone()
    pulses = Ask.objects.filter(kind="pulse")
    hours = {(one.opens_at.astimezone(zone).time(), one.closes_at.astimezone(zone).time()) for one in pulses}
    assert hours == {(OPENS, CLOSES)}
    polls = Ask.objects.filter(kind="poll")
    assert {one.opens_at.astimezone(zone).time() for one in polls} == {OPENS}


def test_what_a_community_answered_to_its_poll_is_there_for_its_members() -> None:
    over = Ask.objects.get(kind="poll", closes_at__lt=NOW)
    member = Membership.objects.filter(community=over.community, person__handle__in=SIGN_INS.values()).first()
    reader = member.person if member else Person.objects.get(handle="maya")
    page = browser_of(reader).get(f"/asks/{over.code}/results/").content.decode()
    assert "Wednesday at one" in page
    still_open = Ask.objects.get(kind="poll", closes_at__gt=NOW)
    assert Answer.objects.filter(key__ballot=still_open.ballot).exists()


def test_there_is_a_conversation_at_each_stage() -> None:
    states = Counter(Thread.objects.values_list("state", flat=True))
    assert states == {"sent": 1, "seen": 1, "answered": 2, "decided": 1, "done": 1, "hidden": 1}
    assert Opened.objects.count() == 1
    assert Handling.objects.filter(what="offered").count() == 2
    assert not Message.objects.filter(is_delivered=False).exists()


def test_the_listener_hears_all_of_them_and_no_other_visitor_any() -> None:
    heard = {role: len(piles(Person.objects.get(handle=handle))["open"]) for role, handle in SIGN_INS.items()}
    assert heard == {role: 5 if role == "listener" else 0 for role in SIGN_INS}


def test_results_of_the_one_that_is_over_are_there_for_everybody() -> None:
    over = Ask.objects.get(title="Autumn pulse")
    page = browser_of(Person.objects.get(handle="maya")).get(f"/asks/{over.code}/results/").content.decode()
    assert "Wakefield" in page
    assert "answers" in page


def test_visitors_have_no_token_and_their_browsers_may_take_one() -> None:
    still_open = Ask.objects.get(title="How much notice is enough?")
    visitors = Person.objects.filter(handle__in=SIGN_INS.values())
    page = browser_of(visitors[0]).get(f"/asks/{still_open.code}/").content.decode()
    assert "token" in page
    assert tokens_of(Ask.objects.get(title="Winter pulse").ballot or "", visitors)


def test_some_answers_wait_for_the_next_release_while_it_is_open() -> None:
    still_open = Ask.objects.get(title="How much notice is enough?")
    mine = Answer.objects.filter(key__ballot=still_open.ballot)
    assert mine.exists()
    assert "closed" not in mine.values_list("key__ballot__state", flat=True)


def test_what_happened_weeks_ago_is_told_as_of_then_and_mailed_to_nobody() -> None:
    assert Notice.objects.filter(why=Why.ASK).exists()
    assert not Notice.objects.filter(why=Why.ASK, told_at__gt=NOW).exists()
    assert not Delivery.objects.exists()


def test_a_receipt_is_printed_as_digits_in_fours() -> None:
    assert [len(part) for part in receipt().split(" ")] == [4] * 5
