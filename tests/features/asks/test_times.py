"""How long before it opens something is announced: three whole days for a pulse, twelve hours for all else."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from heard.features.asks.actions import announce, ask_vote, write_poll, write_pulse
from heard.features.asks.actions.announcing import announced
from heard.features.asks.errors import AnnouncedTooLate, OpensTooEarly
from heard.features.asks.models import Ask
from heard.features.asks.rules import earliest_day, next_morning, next_run
from heard.features.rolls.queries import roll_of
from heard.foundation.communities.actions import join
from tests.cast import Cast
from tests.features.asks.asking import AGREE, CHOICE
from tests.features.rolls.companies import a_company, a_roll, hour_in, staff

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BERLIN = ZoneInfo("Europe/Berlin")


def written(cast: Cast) -> Ask:
    """A pulse that opens in a week and is not announced so far."""
    return write_pulse(
        by=cast.administrator, title="Autumn", questions=[AGREE], opens_at=hour_in(7), closes_at=hour_in(14)
    )


def announced_before(ask: Ask, before: timedelta) -> Ask:
    """The same ask after the worker came so long before it opens."""
    with time_machine.travel(ask.opens_at - before, tick=False):
        announce(ask.pk)
    ask.refresh_from_db()
    return ask


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in May by the clock of Berlin."""
    return datetime(2030, 5, day, hour, minute, tzinfo=BERLIN)


def test_a_pulse_is_frozen_and_announced_three_whole_days_before_it_opens(cast: Cast):
    a_company(Depot=10)
    ask = announced_before(written(cast), 3 * DAY)
    assert ask.ballot
    assert ask.opens_at - roll_of(ask.ballot).made_at == ask.opens_at - ask.announced_at == 3 * DAY


def test_three_days_but_a_minute_before_it_opens_a_pulse_is_not_announced_any_more(cast: Cast):
    a_company(Depot=10)
    ask = announced_before(written(cast), 3 * DAY - MINUTE)
    assert ask.ballot is None
    assert "early enough" in ask.refused


def test_a_pulse_whose_keys_took_too_long_to_make_is_not_announced(cast: Cast):
    a_company(Depot=10)
    ask, roll = written(cast), a_roll()
    with time_machine.travel(ask.opens_at - 3 * DAY + MINUTE), pytest.raises(AnnouncedTooLate):
        announced(ask, roll)


def test_what_is_accepted_leaves_the_worker_an_hour_to_announce_it(cast: Cast):
    a_company(Depot=10)
    asked = {"by": cast.administrator, "title": "Autumn", "questions": [AGREE], "closes_at": hour_in(14)}
    opens_at = hour_in(5)
    with time_machine.travel(opens_at - 3 * DAY - HOUR + MINUTE), pytest.raises(OpensTooEarly):
        write_pulse(opens_at=opens_at, **asked)
    with time_machine.travel(opens_at - 3 * DAY - HOUR, tick=False):
        ask = write_pulse(opens_at=opens_at, **asked)
    assert announced_before(ask, 3 * DAY).ballot


@pytest.mark.parametrize(
    ("now", "first"),
    [(at(7, 7), 10), (at(7, 7, 1), 11), (at(7, 23), 11)],
    ids=["an hour and three days before eight", "a minute later", "at night"],
)
def test_the_form_offers_the_first_day_that_is_accepted(now: datetime, first: int):
    assert earliest_day(now, BERLIN) == at(first, 8).date()


def test_the_next_run_of_a_schedule_is_announced_as_early():
    ran = at(1, 8), at(2, 20)
    in_time, too_late = at(5, 7), at(5, 7, 1)
    assert next_run(*ran, 1, in_time, BERLIN) == (at(8, 8), at(9, 20))
    assert next_run(*ran, 1, too_late, BERLIN) == (at(15, 8), at(16, 20))


@pytest.mark.parametrize(
    ("now", "opens_on"),
    [(at(7, 0), 8), (at(7, 8), 8), (at(7, 19), 8), (at(7, 19, 1), 9), (at(7, 23, 59), 9)],
    ids=["at midnight", "in the morning", "in the evening", "too late for tomorrow", "before midnight"],
)
def test_a_poll_opens_in_the_morning_of_the_next_day_or_of_the_one_after(now: datetime, opens_on: int):
    assert next_morning(now, BERLIN) == at(opens_on, 8)


@pytest.mark.parametrize(("before", "is_announced"), [(12 * HOUR, True), (12 * HOUR - MINUTE, False)])
def test_a_poll_is_announced_twelve_hours_before_it_opens_or_not_at_all(
    cast: Cast, before: timedelta, is_announced: bool
):
    for person in staff(8):
        join(cast.community, by=person)
    ask = write_poll(cast.community, by=cast.member, question=CHOICE, days=3)
    assert bool(announced_before(ask, before).ballot) == is_announced
    assert ("early enough" in ask.refused) != is_announced


@pytest.mark.parametrize("hour", [2, 19, 20, 23])
def test_a_vote_is_announced_on_a_day_before_it_opens(cast: Cast, hour: int):
    staff(8)
    with time_machine.travel(datetime(2030, 5, 7, hour, tzinfo=UTC), tick=False):
        vote = ask_vote(by=None, text="Lockers should lock.", about="lockers")
        assert vote.ballot
        assert vote.announced_at == timezone.now()
        assert vote.opens_at - timezone.now() >= 13 * HOUR
        assert vote.opens_at.date() > timezone.now().date()
