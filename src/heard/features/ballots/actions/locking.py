"""Who may write beside whom: tokens are taken by many at once, and by nobody while the tables are written anew.

The locks are in the memory of PostgreSQL, since one on a row would be written down. SQLite has one writer anyway.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


def beside_others() -> None:
    """Until the transaction ends, nobody writes the tables anew."""
    _wait_for("pg_advisory_xact_lock_shared", "heard.ballots")


def alone() -> None:
    """Until the transaction ends, nobody uses a token."""
    _wait_for("pg_advisory_xact_lock", "heard.ballots")


@contextmanager
def standing_still() -> Iterator[None]:
    """While this lasts nobody uses a token, also from one transaction of ours to the next. Keep it to milliseconds."""
    _wait_for("pg_advisory_lock", "heard.ballots")
    try:
        yield
    finally:
        _wait_for("pg_advisory_unlock", "heard.ballots")


def alone_in_the_log() -> None:
    """Until the transaction ends, nobody else adds to the log."""
    _wait_for("pg_advisory_xact_lock", "heard.ballots.log")


def _wait_for(lock: str, name: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {lock}(hashtext(%s))", [name])
