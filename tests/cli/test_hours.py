"""Moments at the terminal."""

from datetime import UTC, datetime, timedelta

import pytest

from heard.cli.hours import moment, on_the_clock

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


def test_what_is_today_is_said_with_its_minute_and_never_too_early():
    at = moment("2026-12-01T12:10:20.000042+00:00")
    assert on_the_clock(at, NOW) == f"today at {(at + timedelta(minutes=1)).astimezone():%H:%M}"
    assert on_the_clock(moment("2026-12-01T12:10Z"), NOW) == f"today at {NOW.replace(minute=10).astimezone():%H:%M}"


def test_another_day_is_said_by_its_name_and_another_year_with_its_number():
    assert on_the_clock(moment("2026-12-13T12:00Z"), NOW).startswith("Sunday 13 December at ")
    assert on_the_clock(moment("2027-01-13T12:00Z"), NOW).startswith("Wednesday 13 January 2027 at ")


@pytest.mark.parametrize("said", ["now", "soon", "2026-12-01T12:10"])
def test_what_is_no_moment_of_this_world_is_none(said):
    with pytest.raises(ValueError, match=said):
        moment(said)
