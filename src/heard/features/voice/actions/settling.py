"""What the clock does each hour: hands over what came in, deletes what has expired, leaves no order behind."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from heard.features.ballots.actions.reading_alike import read_alike
from heard.features.ballots.actions.remnants import PATIENCE
from heard.features.ballots.actions.rewriting import end_sqlite_log, refuse_remnants
from heard.features.voice.models import Audience, ListenerKey, Message, Opened, Salt, Thread

TABLES: tuple[type[Model], ...] = (Thread, Message, Opened)
"""In an order in which what is pointed at is there first."""
FEW = 20_000
"""So many messages are written anew each hour, also where nothing came: the hour of the last look would tell of one."""


def settle() -> None:
    """Everything that is due; twice at once does no harm."""
    with connection.cursor() as cursor:
        refuse_remnants(cursor)
    forgotten = forget_expired(timezone.now().date())
    if forgotten or Thread.objects.filter(is_settled=False).exists() or are_few():
        deliver()
    end_sqlite_log()


def are_few() -> bool:
    """Whether there are conversations, and so few that writing them anew for nothing costs little."""
    return Thread.objects.exists() and Message.objects.count() < FEW


def deliver() -> None:
    """Hands over what came in. Afterwards the last look at each table is the clock's, and no visit's."""
    with written_anew(*TABLES):
        Thread.objects.filter(is_settled=False).update(is_settled=True, is_delivered=True)
        Message.objects.filter(is_delivered=False).update(is_delivered=True)
    with transaction.atomic(), connection.cursor() as cursor:
        read_alike(cursor, (*TABLES, ListenerKey, Audience, Salt))


@contextmanager
def written_anew(*models: type[Model]) -> Iterator[None]:
    """Holds these tables alone for what is done inside, then writes all their rows anew in an order drawn by lot.

    What is pointed at comes first. The number of a transaction in a row of PostgreSQL, and the place of a row in a
    file, would tell when somebody wrote, came back or read; afterwards they tell the hour of the clock. See
    `ballots.actions.rewriting`. Raises OperationalError where a backup reads PostgreSQL's tables: nobody who writes
    shall wait for it, and the next hour does it.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        refuse_remnants(cursor)
        names = [table(model) for model in models]
        if connection.vendor == "postgresql":
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
            cursor.execute(f"LOCK TABLE {', '.join(names)} IN ACCESS EXCLUSIVE MODE")
        yield
        set_aside(cursor, models)
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the commit would stand in its way
            cursor.execute(f"TRUNCATE {', '.join(names)}")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        else:
            for name in reversed(names):
                cursor.execute(f"DELETE FROM {name}")  # noqa: S608
        put_back(cursor, models)
        transaction.on_commit(end_sqlite_log)


def set_aside(cursor: Any, models: Sequence[type[Model]]) -> None:
    """Copies each table."""
    for nth, model in enumerate(models):
        cursor.execute(f"DROP TABLE IF EXISTS voice_aside_{nth}")
        cursor.execute(f"CREATE TEMPORARY TABLE voice_aside_{nth} AS SELECT {columns(model)} FROM {table(model)}")  # noqa: S608


def put_back(cursor: Any, models: Sequence[type[Model]]) -> None:
    """Fills each table from its copy, in an order drawn by lot."""
    for nth, model in enumerate(models):
        listed = columns(model)
        rows = f"SELECT {listed} FROM voice_aside_{nth} ORDER BY random()"  # noqa: S608
        cursor.execute(f"INSERT INTO {table(model)} ({listed}) {rows}")
        cursor.execute(f"DROP TABLE voice_aside_{nth}")


def table(model: type[Model]) -> str:
    """Its name, quoted."""
    return connection.ops.quote_name(model._meta.db_table)


def columns(model: type[Model]) -> str:
    """Its columns, quoted."""
    return ", ".join(connection.ops.quote_name(str(field.column)) for field in model._meta.concrete_fields)


def forget_expired(today: date) -> int:
    """Deletes conversations whose last day has come, with every message in them; how many rows that were."""
    return Thread.objects.filter(expires_on__lte=today).delete()[0]
