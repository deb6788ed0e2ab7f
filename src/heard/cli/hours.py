"""Moments as people say them at a terminal: by the clock on their wall, and no finer than a minute."""

from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)


def moment(said: str) -> datetime:
    """A moment as a server writes it. Raises ValueError."""
    at = datetime.fromisoformat(said)
    if at.tzinfo is None:
        raise ValueError(said)
    return at


def on_the_clock(at: datetime, now: datetime) -> str:
    """As "today at 05:11" or "Sunday 13 December at 08:00", and never too early: a minute begun counts whole."""
    here = at.astimezone()
    begun = here.replace(second=0, microsecond=0)
    here = begun if begun == here else begun + MINUTE
    if here.date() == now.astimezone().date():
        return f"today at {here:%H:%M}"
    year = "" if here.year == now.astimezone().year else f" {here.year}"
    return f"{here:%A} {here.day} {here:%B}{year} at {here:%H:%M}"
