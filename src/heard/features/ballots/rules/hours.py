"""No time here is finer than an hour."""

from datetime import UTC, datetime


def hour_of(at: datetime) -> datetime:
    """The full hour in which `at` lies, in UTC."""
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def told(at: datetime) -> str:
    """An hour as it is published, as 2026-11-24T16:00Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
