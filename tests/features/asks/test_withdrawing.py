"""Withdrawing an ask before it opens, and what is announced too late."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from heard.features.asks.actions import announce, look_at_all, run_again, withdraw, write_pulse
from heard.features.asks.errors import CannotBeWithdrawn, MayNotLookAfter
from heard.features.asks.models import Ask
from heard.features.ballots.errors import BallotIsClosed
from heard.features.rolls.errors import RollIsClosed
from heard.features.rolls.queries import to_take
from heard.foundation.communities.actions import join
from heard.foundation.notices.models import Notice, Why
from heard.foundation.record.models import Event
from tests.cast import Cast, browser_of
from tests.features.asks.asking import AGREE, a_poll, a_pulse, answer, now_in, tokens_for
from tests.features.rolls.companies import a_company, hour_in, staff

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_what_is_withdrawn_never_opens_and_everybody_is_told(cast: Cast):
    company = a_company(Depot=10)
    ask = a_pulse(cast.administrator, every_weeks=4)
    person = company["Depot"][0]
    [token] = tokens_for(ask, [person])
    told = Notice.objects.filter(why=Why.ASK, person=person)
    before = told.count()
    withdraw(ask, by=cast.administrator)
    withdraw(ask, by=cast.administrator)
    assert told.count() == before + 1
    assert Event.objects.filter(what="ask.withdrawn").count() == 1
    assert to_take(person, timezone.now()) == []
    with pytest.raises(RollIsClosed):
        tokens_for(ask, company["Depot"][1:2])
    with pytest.raises(BallotIsClosed):
        answer(ask, [token], {"q1": 4})
    with now_in(ask, DAY):
        look_at_all()
        assert told.count() == before + 1
        assert "You are asked" not in browser_of(person).get("/rail/").content.decode()
    with time_machine.travel(ask.opens_at + 24 * DAY):
        look_at_all()
        assert run_again(ask.pk) is None
    assert Ask.objects.count() == 1


def test_it_is_withdrawn_on_its_page_by_whoever_looks_after_it(cast: Cast):
    company = a_company(Depot=10)
    ask = a_pulse(cast.administrator)
    person, address = company["Depot"][0], f"/asks/{ask.code}/"
    assert "Withdraw it" not in browser_of(person).get(address).content.decode()
    assert browser_of(person).post(address + "withdrawal/").status_code in {303, 403}
    with pytest.raises(MayNotLookAfter):
        withdraw(ask, by=person)
    assert "Withdraw it" in browser_of(cast.administrator).get(address).content.decode()
    assert browser_of(cast.administrator).post(address + "withdrawal/").status_code == 302
    page = browser_of(person).get(address).content.decode()
    assert "nobody was asked anything" in page
    assert "/speak/#answer" not in page
    assert browser_of(person).get(address + "results/").status_code == 404
    assert "Autumn pulse" not in browser_of(person).get("/asks/").content.decode()


def test_once_it_is_open_it_cannot_be_withdrawn(cast: Cast):
    a_company(Depot=10)
    ask = a_pulse(cast.administrator)
    with now_in(ask, DAY):
        page = browser_of(cast.administrator).post(f"/asks/{ask.code}/withdrawal/", follow=True).content.decode()
        assert "withdrawn until it opens" in page
        with pytest.raises(CannotBeWithdrawn):
            withdraw(ask, by=cast.administrator)
    ask.refresh_from_db()
    assert ask.withdrawn_at is None


def test_what_is_withdrawn_before_the_worker_came_is_not_announced(cast: Cast):
    company = a_company(Depot=10)
    ask = write_pulse(
        by=cast.administrator, title="Autumn", questions=[AGREE], opens_at=hour_in(7), closes_at=hour_in(14)
    )
    withdraw(ask, by=cast.administrator)
    announce(ask.pk)
    ask.refresh_from_db()
    assert ask.ballot is None
    assert not Notice.objects.filter(person=company["Depot"][0]).exists()
    assert "nobody was asked anything" in browser_of(cast.administrator).get(f"/asks/{ask.code}/").content.decode()


def test_a_poll_that_is_withdrawn_makes_room_for_another(cast: Cast):
    for person in staff(8):
        join(cast.community, by=person)
    polls = [a_poll(cast.community, cast.member) for _nth in range(3)]
    withdraw(polls[0], by=cast.member)
    assert a_poll(cast.community, cast.member).ballot


def test_what_could_not_be_announced_in_time_is_not_announced_at_all(cast: Cast):
    a_company(Depot=10)
    ask = write_pulse(
        by=cast.administrator, title="Autumn", questions=[AGREE], opens_at=hour_in(4), closes_at=hour_in(14)
    )
    with time_machine.travel(timezone.now() + 2 * DAY):
        announce(ask.pk)
        ask.refresh_from_db()
        assert ask.ballot is None
        assert (
            "could not be announced early enough"
            in browser_of(cast.administrator).get(f"/asks/{ask.code}/").content.decode()
        )
