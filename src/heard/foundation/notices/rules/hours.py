"""Quiet hours and digests by a person's own clock, also where it is put forward or back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from heard.foundation.notices.models import Preferences, Rhythm

SATURDAY, MONDAY = 5, 0
A_WEEK = 8
"""Days within which every quiet time ends and every digest comes."""


def is_quiet(wanted: Preferences, at: datetime, zone: tzinfo) -> bool:
    """Whether somebody is left in peace at a moment, by the clock on their wall."""
    here = at.astimezone(zone)
    if wanted.is_quiet_at_weekends and here.weekday() >= SATURDAY:
        return True
    begins, ends, now = wanted.quiet_from, wanted.quiet_until, here.time()
    if begins <= ends:
        return begins <= now < ends
    return now >= begins or now < ends


def quiet_ends(wanted: Preferences, at: datetime, zone: tzinfo) -> datetime:
    """The first moment from `at` on at which somebody may be reached; `at` itself where that is now."""
    if not is_quiet(wanted, at, zone):
        return at
    clock = {wanted.quiet_until, time.min}
    later = sorted(one for hour in clock for one in moments(at.astimezone(zone).date(), hour, zone) if one > at)
    return next((one for one in later if not is_quiet(wanted, one, zone)), at + timedelta(days=1))


def next_digest(wanted: Preferences, after: datetime, zone: tzinfo) -> datetime | None:
    """When the next digest is due after a moment, or nothing for those who want none."""
    if wanted.rhythm == Rhythm.NEVER:
        return None
    hour = time(wanted.digest_hour)
    for one in moments(after.astimezone(zone).date(), hour, zone, folds=(0,)):
        is_the_day = wanted.rhythm == Rhythm.DAILY or one.astimezone(zone).weekday() == MONDAY
        if one > after and is_the_day:
            return one
    raise AssertionError("A week has every day.")


def moments(day: date, clock: time, zone: tzinfo, *, folds: tuple[int, ...] = (0, 1)) -> Iterator[datetime]:
    """When the wall clock shows a time on `day` and the days after, in UTC; where it is skipped, just after the gap.

    Where the hour comes twice, it is given twice, as `folds` ask for.
    """
    for nth in range(A_WEEK + 1):
        for fold in folds:
            yield datetime.combine(day + timedelta(days=nth), clock, zone).replace(fold=fold).astimezone(UTC)
