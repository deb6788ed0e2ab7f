"""Reads a moment as other systems write it, and refuses those that cannot be."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_SLASHES = re.compile(r"^(\d{4})/(\d{1,2})/(\d{1,2})")
_ZONE = re.compile(r"\s*(?:UTC|GMT|Z)$|\s+(?=[+-]\d{2}:?\d{2}$)")


def latest_moment() -> datetime:
    """Beyond it nothing can have been said yet, whatever clock it was said by."""
    return timezone.now() + timedelta(days=2)


def moment_of_milliseconds(value: Any, latest: datetime) -> datetime | None:
    """The moment so many milliseconds after 1970; nothing where that is no number, or cannot be."""
    try:
        moment = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(value))
    except (TypeError, ValueError, OverflowError):
        return None
    return moment if _EARLIEST <= moment <= latest else None


def moment_of_seconds(value: Any, latest: datetime) -> datetime | None:
    """The moment so many seconds after 1970, also with a fraction or as text."""
    try:
        return moment_of_milliseconds(float(value) * 1000, latest) if isinstance(value, int | float | str) else None
    except (ValueError, OverflowError):
        return None


def moment_in(text: Any, latest: datetime) -> datetime | None:
    """The moment that a text says, UTC where it names no zone; nothing where it says none, or one that cannot be."""
    if not isinstance(text, str) or len(text) > 60:
        return None
    plain = _SLASHES.sub(r"\1-\2-\3", text.strip())
    plain = _ZONE.sub(lambda found: "" if found[0].isspace() else "+00:00", plain)
    try:
        moment = datetime.fromisoformat(plain)
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if _EARLIEST <= moment <= latest else None
