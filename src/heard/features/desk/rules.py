"""Who listens to whom, how long something has waited, and the clock that the law sets for reports; no tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from heard.features.voice.rules import FEWEST_LISTENERS, weeks_between
from heard.foundation.people.models import Person
from heard.foundation.people.rules import is_administrator, is_listener

TOKENS_A_MONTH = 3
NOTICE = timedelta(days=7)
"""So long before a month opens its groups are frozen."""
FIRST_NOTICE = timedelta(days=3)
"""The first month of all: nobody has waited for it long enough to take tokens earlier."""
ACKNOWLEDGED_WITHIN = timedelta(days=7)
ANSWERED_WITHIN_MONTHS = 3
"""Directive (EU) 2019/1937, article 9(1), b and f."""


def may_name_listeners(person: Person) -> bool:
    """Administrators name listeners, as they give the role."""
    return is_administrator(person)


def may_listen(person: Person) -> bool:
    """Whoever has the role."""
    return is_listener(person)


def listening_to(chain: Sequence[int], named: Mapping[int | None, Sequence[str]]) -> list[str]:
    """The keys that hear a group: of those named nearest to it, going up until there are two at least.

    `chain` is the group's unit and those above it, the lowest first; `named` the keys by the unit that their holders
    are named for, None for everybody. Fewer than two come back where there are no more.
    """
    heard: set[str] = set()
    for place in [*chain, None]:
        heard.update(named.get(place, ()))
        if len(heard) >= FEWEST_LISTENERS:
            break
    return sorted(heard)


def month_after(last_closes_at: datetime | None, now: datetime) -> tuple[datetime, datetime] | None:
    """When the next month opens and closes; nothing as long as it is not time to freeze its groups.

    Months close with a calendar month. The first, and one after a break, opens in three days and is at least three
    weeks long.
    """
    if last_closes_at is not None and last_closes_at - now > NOTICE:
        return None
    opens_at = last_closes_at
    if opens_at is None or opens_at - now < FIRST_NOTICE:
        opens_at = (now + FIRST_NOTICE).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    closes_at = first_of_next_month(opens_at)
    return opens_at, closes_at if closes_at - opens_at >= timedelta(weeks=3) else first_of_next_month(closes_at)


def first_of_next_month(at: datetime) -> datetime:
    """The first hour of the month after that of `at`."""
    return (at.replace(day=1) + timedelta(days=32)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class Clock:
    """By when a report has to be acknowledged and answered, as long as it is not, and which of it was missed."""

    acknowledge_by: date | None
    answer_by: date
    is_acknowledgement_missed: bool
    is_answer_missed: bool

    @property
    def is_late(self) -> bool:
        """Whether anything was missed."""
        return self.is_acknowledgement_missed or self.is_answer_missed


def clock_of(week: date, *, is_acknowledged: bool, is_answered: bool, today: date) -> Clock | None:
    """The clock of a report of `week`, from its Monday on; nothing once it is answered, which acknowledges it too."""
    if is_answered:
        return None
    acknowledge_by = None if is_acknowledged else week + ACKNOWLEDGED_WITHIN
    answer_by = months_later(week, ANSWERED_WITHIN_MONTHS)
    return Clock(acknowledge_by, answer_by, acknowledge_by is not None and today > acknowledge_by, today > answer_by)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(day)


def weeks_waited(since: date, answered_week: date | None, this_week: date) -> int:
    """How many weeks it took, or has taken so far, until the reply to what was said in the week of `since`."""
    return weeks_between(since, answered_week or this_week)
