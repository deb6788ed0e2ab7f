"""Ids that sort by time."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.plumbing.ids import EPOCH, HIGHEST_ID, HIGHEST_NTH, time_of, timed_id, timed_ids

MILLISECOND = timedelta(milliseconds=1)
ANY_TIME = st.datetimes(timezones=st.timezones())
TIME_INSIDE = st.datetimes(datetime(2000, 1, 1), datetime(2278, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
ANY_NTH = st.none() | st.integers(0, HIGHEST_NTH)


@given(at=ANY_TIME, nth=ANY_NTH)
def test_every_time_has_an_id_that_a_database_can_hold(at, nth):
    assert 0 <= timed_id(at, nth) <= HIGHEST_ID


@given(at=TIME_INSIDE, nth=ANY_NTH)
def test_an_id_tells_its_time_to_the_millisecond(at, nth):
    assert timedelta(0) <= at - time_of(timed_id(at, nth)) < MILLISECOND


@given(one=ANY_TIME, other=ANY_TIME, nth=ANY_NTH, another=ANY_NTH)
def test_what_came_later_by_a_millisecond_has_the_higher_id(one, other, nth, another):
    earlier, later = sorted([one.astimezone(UTC), other.astimezone(UTC)])
    if earlier >= EPOCH and later - earlier >= MILLISECOND:
        assert timed_id(earlier, nth) < timed_id(later, another) or later.year > 2277


@given(at=ANY_TIME, nths=st.tuples(st.integers(0, HIGHEST_NTH), st.integers(0, HIGHEST_NTH)))
def test_within_a_millisecond_the_nth_decides(at, nths):
    low, high = sorted(nths)
    assert timed_id(at, high) - timed_id(at, low) == high - low


@given(at=st.datetimes(max_value=datetime(1999, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_times_before_2000_count_as_the_first_of_2000(at):
    assert timed_id(at, 7) == 7
    assert time_of(timed_id(at)) == EPOCH


def test_the_end_of_time_is_the_highest_id():
    assert timed_id(datetime.max.replace(tzinfo=UTC), HIGHEST_NTH) == HIGHEST_ID
    assert time_of(HIGHEST_ID).year == 2278


def test_the_zone_a_time_is_written_in_does_not_matter():
    noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert timed_id(noon, 1) == timed_id(noon.astimezone(timezone(timedelta(hours=9))), 1)


def test_two_ids_of_one_millisecond_differ_without_an_nth():
    assert len({timed_id(EPOCH) for _ in range(20)}) > 1


@pytest.mark.parametrize("nth", [-1, HIGHEST_NTH + 1])
def test_an_nth_that_would_spill_into_the_time_is_refused(nth):
    with pytest.raises(ValueError, match="nth is"):
        timed_id(EPOCH, nth)


@pytest.mark.parametrize("number", [-1, HIGHEST_ID + 1])
def test_a_number_that_is_no_id_has_no_time(number):
    with pytest.raises(ValueError, match="is not an id"):
        time_of(number)


def test_many_ids_of_one_moment_are_all_different():
    at = datetime(2026, 11, 24, 12, tzinfo=UTC)
    ids = timed_ids(at, 20_000)
    assert len(set(ids)) == 20_000
    assert {time_of(one) for one in ids} == {at}
