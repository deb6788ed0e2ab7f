"""Leaving nothing in SQLite's files of what was deleted or written over."""

import logging
from typing import Any

from django.db import connection

logger = logging.getLogger(__name__)


def refuse_remnants(cursor: Any) -> None:
    """From now on SQLite overwrites what this connection deletes."""
    if connection.vendor == "sqlite":
        cursor.execute("PRAGMA secure_delete = ON")


def end_sqlite_log() -> None:
    """Moves SQLite's log into the database and cuts it off, so that no older state of a page is left in it."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        is_busy, _frames, _moved = cursor.fetchone()
    if is_busy:
        logger.warning("SQLite's log could not be cut off, since somebody was reading; that is tried again in an hour")
