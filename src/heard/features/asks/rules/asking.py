"""Who may ask whom, and when an ask may open, remind and close."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from heard.foundation.people.models import Person
from heard.foundation.people.rules import is_leader, is_steward

NOTICE, SHORT_NOTICE = timedelta(days=3), timedelta(hours=12)
"""So long before it opens a pulse, and a poll or a vote, is announced at least: browsers fetch tokens meanwhile."""
ANNOUNCING = timedelta(hours=1)
"""So long the worker has to announce what was written; what opens sooner than this and the notice is not accepted."""
USUAL_NOTICE = timedelta(days=7)
SHORTEST, LONGEST, USUAL_LENGTH = timedelta(days=1), timedelta(days=60), timedelta(days=7)
FARTHEST = timedelta(days=365)
"""How far ahead something may be asked, from the earliest day on: what is later was mistyped."""
OPENS, CLOSES = time(8), time(20)
MOST_POLLS = 3
"""Polls that one person may have under way."""
REMINDER_BEFORE = timedelta(days=2)
BETWEEN_REMINDERS = timedelta(days=2)


def may_ask(person: Person) -> bool:
    """Leaders ask their units; stewards and administrators ask everybody."""
    return is_leader(person) or is_steward(person)


def may_ask_all(person: Person, led: Collection[int] | None) -> bool:
    """Whether they ask everybody; `led` are the units they lead (ids, with all below), None for the whole."""
    return is_steward(person) or (is_leader(person) and led is None)


def may_ask_units(person: Person, units: Collection[int], led: Collection[int] | None) -> bool:
    """Whether they ask these units."""
    return may_ask_all(person, led) or (is_leader(person) and bool(units) and set(units) <= set(led or ()))


def may_look_after(person: Person, author: int | None, *, is_poll: bool) -> bool:
    """Whether they remind, and stop a schedule: whoever asked, and stewards but for what a community asks itself."""
    return person.pk == author or (is_steward(person) and not is_poll)


def at_hour(day: date, clock: time, zone: tzinfo) -> datetime:
    """That hour of the day by the clock of `zone`; a full hour in UTC, the next where the zone has none."""
    at = datetime.combine(day, clock, zone).astimezone(UTC)
    hour = at.replace(minute=0, second=0, microsecond=0)
    return hour if hour == at else hour + timedelta(hours=1)


def earliest_day(now: datetime, zone: tzinfo, *, notice: timedelta = NOTICE) -> date:
    """The first day on which something written now may open in the morning."""
    ready = now + ANNOUNCING + notice
    day = ready.astimezone(zone).date()
    return day if at_hour(day, OPENS, zone) >= ready else day + timedelta(days=1)


def next_morning(now: datetime, zone: tzinfo) -> datetime:
    """When a poll or a vote opens: the next day, or the one after where it is too late in the evening to announce it.

    So it is announced before that day begins.
    """
    return at_hour(earliest_day(now, zone, notice=SHORT_NOTICE), OPENS, zone)


def is_reminder_due(now: datetime, opens_at: datetime, closes_at: datetime, reminded_at: datetime | None) -> bool:
    """Whether the one reminder that goes out by itself is due: two days before the end, not within two of the start."""
    return reminded_at is None and closes_at - REMINDER_BEFORE <= now < closes_at and now - opens_at >= REMINDER_BEFORE


def may_remind(now: datetime, opens_at: datetime, closes_at: datetime, reminded_at: datetime | None) -> bool:
    """Whether everybody may be reminded at this moment: while it is open, and not twice in two days."""
    rested = now - (reminded_at or opens_at) >= BETWEEN_REMINDERS
    return opens_at <= now < closes_at and rested


def may_withdraw(now: datetime, opens_at: datetime, *, is_vote: bool) -> bool:
    """Whether an ask may be withdrawn: until it opens. A vote was agreed on with whoever spoke, and goes on."""
    return now < opens_at and not is_vote


def is_late(now: datetime, opens_at: datetime, *, is_pulse: bool) -> bool:
    """Whether it is too late to announce it."""
    return now > opens_at - (NOTICE if is_pulse else SHORT_NOTICE)


def next_run(
    opens_at: datetime, closes_at: datetime, weeks: int, now: datetime, zone: tzinfo
) -> tuple[datetime, datetime]:
    """When the next run of a schedule opens and closes, by the same clock on the wall, without those that were missed.

    What is written at `now` opens after the notice that everybody needs, and the time in which it is announced.
    """
    runs = 1
    while later(opens_at, weeks * runs, zone) < now + ANNOUNCING + NOTICE:
        runs += 1
    return later(opens_at, weeks * runs, zone), later(closes_at, weeks * runs, zone)


def later(at: datetime, weeks: int, zone: tzinfo) -> datetime:
    """The same hour of the day so many weeks later."""
    here = at.astimezone(zone)
    return at_hour(here.date() + timedelta(weeks=weeks), here.time(), zone)


def is_next_run_due(now: datetime, opens_at: datetime, weeks: int) -> bool:
    """Whether the next run has to be announced: its usual notice before it opens, or at once where that is past."""
    return weeks > 0 and now >= opens_at + timedelta(weeks=weeks) - min(USUAL_NOTICE, timedelta(weeks=weeks))
