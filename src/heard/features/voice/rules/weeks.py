"""The only times there are here: Mondays."""

from datetime import date, timedelta

LAST_DAY = timedelta(weeks=52)
"""After so long without a message a conversation is deleted."""


def monday(day: date) -> date:
    """The Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def expiry(week: date) -> date:
    """The day on which a conversation is deleted whose last message is of `week`."""
    return week + LAST_DAY


def weeks_between(first: date, last: date) -> int:
    """How many weeks lie between two Mondays."""
    return (last - first).days // 7
