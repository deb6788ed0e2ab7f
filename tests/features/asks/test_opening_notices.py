"""Whoever opens what asks them something mostly answers next: of that neither time nor order is kept."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from heard.features.asks.actions import look_at_all, remind
from heard.foundation.notices.models import Notice
from heard.foundation.notices.queries import unseen_count
from tests.cast import Cast, browser_of
from tests.features.asks.asking import a_pulse
from tests.features.rolls.companies import a_company
from tests.features.tables import column

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def pulse(cast: Cast):
    """One that opened an hour ago, of which everybody was told twice, and reminded once."""
    a_company(Depot=10)
    ask = a_pulse(cast.administrator)
    with time_machine.travel(ask.opens_at + HOUR, tick=False):
        look_at_all()
    with time_machine.travel(ask.opens_at + 3 * DAY, tick=False):
        ask.refresh_from_db()
        remind(ask, by=cast.administrator)
    return ask


def told_of(pulse, person=None):
    found = Notice.objects.filter(about="ask", about_id=pulse.pk)
    return found.filter(person=person) if person else found


def test_whoever_opens_what_they_were_told_of_an_ask_leaves_that_and_no_time(pulse):
    person, other = told_of(pulse).order_by("pk").values_list("person", flat=True)[:2]
    before = list(told_of(pulse, person).order_by("pk").values())
    assert len(before) == 3
    newest = told_of(pulse, person).select_related("person").latest("pk")
    with time_machine.travel(pulse.opens_at + 3 * DAY + HOUR):
        opened = browser_of(newest.person).get(f"/notices/{newest.pk}/")
        assert opened.headers["Location"] == f"/asks/{pulse.code}/"
        assert unseen_count(newest.person) == 0
    assert list(told_of(pulse, person).order_by("pk").values()) == [{**row, "seen_with": 0} for row in before]
    assert not told_of(pulse, other).exclude(seen_with=None).exists()


def test_all_seen_at_once_can_be_taken_back_until_the_clock_has_come_and_joins_nothing_then(pulse):
    person = told_of(pulse).select_related("person").latest("pk").person
    with time_machine.travel(pulse.opens_at + 3 * DAY + HOUR):
        browser = browser_of(person)
        undo = browser.post("/notices/seen/", follow=True).context["undo"]
        assert not told_of(pulse, person).filter(seen_with=None).exists()
        browser.post(undo["address"], {"gesture": undo["gesture"]})
        assert told_of(pulse, person).filter(seen_with=None).count() == 3
        browser.post("/notices/seen/")
        look_at_all()
    assert set(told_of(pulse, person).values_list("seen_with", flat=True)) == {0}


def test_the_clock_leaves_no_order_of_opening_while_it_is_open_and_when_it_closes(pulse):
    for at in (pulse.opens_at + 4 * DAY, pulse.closes_at + HOUR):
        with time_machine.travel(at):
            for notice in told_of(pulse).select_related("person")[:6]:
                browser_of(notice.person).get(f"/notices/{notice.pk}/")
                browser_of(notice.person).post("/notices/seen/")
            look_at_all()
        assert set(told_of(pulse).exclude(seen_with=None).values_list("seen_with", flat=True)) == {0}
        if connection.vendor == "postgresql":
            written_by = column("SELECT DISTINCT xmin::text FROM notices_notice WHERE about_id = %s", pulse.pk)
            assert len(written_by) == 1
