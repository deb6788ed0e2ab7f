"""Who may audit beside whom: releases of the same question wait for one another, of whichever ask they are.

The locks are in the memory of PostgreSQL and end with the transaction. SQLite has one writer anyway.
"""

from collections.abc import Iterable
from hashlib import sha256

from django.db import connection

from heard.features.asks.models import Question


def alone_with(questions: Iterable[Question]) -> None:
    """Until the transaction ends, nobody else keeps a release of one of these questions, or of the same elsewhere."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for number in numbers_of(questions):
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def numbers_of(questions: Iterable[Question]) -> list[int]:
    """What their locks are called, in the one order in which all are taken, so that nobody waits in a circle."""
    names = {f"heard.asks {question.topic}" for question in questions}
    return sorted(int.from_bytes(sha256(name.encode()).digest()[:8], signed=True) for name in names)
