"""A database that is away, or takes nothing just now: known by its codes, and told to a log without who asked what."""

import logging
import time

from django.db import InterfaceError, InternalError, OperationalError

logger = logging.getLogger(__name__)
AWAY = ("08", "25006", "25P03", "532", "533", "57P", "58")
"""How PostgreSQL's codes begin for connections that broke, copies that only read, no room for more, and shutting down
or starting up; what never reached it has no code."""
BUSY = ("40", "55P03", "57014")
"""For a deadlock, a lock that did not come, and a statement that was cut off."""
OFTEN = 60
"""Seconds in which the same is told once."""
_told: dict[str, float] = {}


def is_away(error: BaseException | None) -> bool:
    """Whether PostgreSQL is not there, or takes nothing from us just now. What is a fault of ours is not."""
    if isinstance(error, InterfaceError):
        return True
    code = _code(error)
    return code is not None and (code == "" or code.startswith(AWAY))


def is_busy(error: BaseException | None) -> bool:
    """Whether others held PostgreSQL for longer than we wait."""
    return (_code(error) or "").startswith(BUSY)


def _code(error: BaseException | None) -> str | None:
    """PostgreSQL's code; nothing where it was not reached, and None where it is not PostgreSQL that speaks."""
    cause = error.__cause__ if isinstance(error, (OperationalError, InternalError)) else None
    return str(cause.sqlstate or "") if cause is not None and hasattr(cause, "sqlstate") else None


def tell(what: str, error: BaseException | None) -> None:
    """Tells the log that requests are refused for a reason that lies with us: by kinds alone, and once a minute."""
    kind = type(getattr(error, "__cause__", None) or error).__name__
    now = time.monotonic()
    if now - _told.get(what, -OFTEN) >= OFTEN:
        _told[what] = now
        logger.error("Requests cannot be answered just now: %s (%s)", what, kind)
