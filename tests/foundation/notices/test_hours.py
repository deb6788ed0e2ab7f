"""Quiet hours and digests by everybody's own clock, through every change of the clocks."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from heard.foundation.notices.models import Preferences, Rhythm
from heard.foundation.notices.rules import is_quiet, next_digest, quiet_ends

BERLIN = ZoneInfo("Europe/Berlin")
zones = some.sampled_from(
    [ZoneInfo(name) for name in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC")]
)
moments = some.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 31), timezones=some.just(UTC))  # noqa: DTZ001
clocks = some.times().map(lambda at: at.replace(second=0, microsecond=0))
wishes = some.builds(
    Preferences,
    quiet_from=clocks,
    quiet_until=clocks,
    is_quiet_at_weekends=some.booleans(),
    rhythm=some.sampled_from(Rhythm),
    digest_hour=some.integers(0, 23),
)


def at(words, zone=BERLIN):
    return datetime.fromisoformat(words).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-24 12:00", "2026-11-24 12:00"),  # a Tuesday at noon
        ("2026-11-24 20:00", "2026-11-25 07:00"),
        ("2026-11-25 06:59", "2026-11-25 07:00"),
        ("2026-11-27 21:00", "2026-11-30 07:00"),  # a Friday evening: after the weekend
        ("2026-11-29 12:00", "2026-11-30 07:00"),
    ],
)
def test_what_comes_in_the_evening_or_at_the_weekend_waits_until_morning(now, until):
    assert quiet_ends(Preferences(), at(now), BERLIN) == at(until)


def test_weekends_are_like_other_days_for_those_who_want_it():
    wanted = Preferences(is_quiet_at_weekends=False)
    assert quiet_ends(wanted, at("2026-11-28 12:00"), BERLIN) == at("2026-11-28 12:00")


def test_quiet_from_and_until_the_same_time_is_never_quiet():
    wanted = Preferences(quiet_from=time(9), quiet_until=time(9), is_quiet_at_weekends=False)
    assert not is_quiet(wanted, at("2026-11-24 09:00"), BERLIN)


@given(wishes, moments, zones)
def test_quiet_ends_at_a_moment_that_is_not_quiet_and_within_four_days(wanted, now, zone):
    ends = quiet_ends(wanted, now, zone)
    assert now <= ends <= now + timedelta(days=4)
    assert not is_quiet(wanted, ends, zone)
    assert is_quiet(wanted, now, zone) == (ends > now)


@given(wishes, moments, zones)
def test_nothing_is_held_longer_than_quiet_lasts(wanted, now, zone):
    ends = quiet_ends(wanted, now, zone)
    minute = timedelta(minutes=7)
    while now < ends:
        assert is_quiet(wanted, now, zone)
        now += minute


@given(wishes, moments, zones)
def test_the_next_digest_comes_at_its_hour_within_a_day_or_a_week(wanted, now, zone):
    due = next_digest(wanted, now, zone)
    if wanted.rhythm == Rhythm.NEVER:
        assert due is None
        return
    assert now < due <= now + timedelta(days=1 if wanted.rhythm == Rhythm.DAILY else 7, hours=2)
    here = due.astimezone(zone)
    gap = 2 * 60  # where the clocks are put forward, the hour may be missing that day
    assert 0 <= (here.hour * 60 + here.minute) - wanted.digest_hour * 60 <= gap
    if wanted.rhythm == Rhythm.WEEKLY:
        assert here.weekday() == 0


def test_digests_one_after_another_are_one_a_day_through_the_change_of_clocks():
    wanted, now = Preferences(digest_hour=2), at("2026-03-26 12:00")
    days = []
    for _nth in range(6):
        now = next_digest(wanted, now, BERLIN)
        days.append(now.astimezone(BERLIN).date())
    assert days == sorted(set(days))
    assert (days[-1] - days[0]).days == 5
