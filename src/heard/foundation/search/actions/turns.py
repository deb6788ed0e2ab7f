"""One process writes the index at a time, so that nothing older is written over something newer."""

import contextlib
import fcntl
from collections.abc import Iterator

from django.conf import settings
from django.db import connection


@contextlib.contextmanager
def our_turn() -> Iterator[bool]:
    """Whether no other process writes the index; none does until this is left."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(hashtext('heard.search'))")
            is_ours = bool(cursor.fetchone()[0])
            try:
                yield is_ours
            finally:
                if is_ours:
                    cursor.execute("SELECT pg_advisory_unlock(hashtext('heard.search'))")
        return
    with (settings.HEARD_DATA / "search.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
