"""Writing tables anew, so that neither the order of their rows nor their transactions tell when each came."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from heard.plumbing.traces.in_sqlite import end_sqlite_log, refuse_remnants

logger = logging.getLogger(__name__)
PATIENCE = 3
"""Seconds for which a table is waited for that somebody reads; whoever wants to write waits as long behind us."""


@contextmanager
def written_anew(*models: type[Model]) -> Iterator[None]:
    """Holds these tables alone for what is done inside, then writes all their rows anew; see `write_anew`.

    Raises OperationalError where a backup reads PostgreSQL's tables: nobody who writes shall wait for it.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        refuse_remnants(cursor)
        hold_alone(cursor, *models)
        yield
        write_anew(cursor, *models)
        transaction.on_commit(end_sqlite_log)


def leave_no_remnants(model: type[Model]) -> None:
    """Puts the rows, in an order drawn at random, into a new file of PostgreSQL; the old one goes with what lay in it.

    `VACUUM FULL` would keep what any transaction may still see, PostgreSQL's own housekeeping among them; whoever asks
    here sees the rows as they are now. Where the table is being read by a backup, that is logged, and what was deleted
    stays until the next time. Only outside of a transaction, since it is a second one; elsewhere nothing happens.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return
    try:
        with written_anew(model):
            pass
    except DatabaseError:
        logger.warning("%s was being read; what was deleted of it leaves the disk the next time", model._meta.db_table)


def hold_alone(cursor: Any, *models: type[Model]) -> None:
    """Until the transaction ends nobody else reads or writes these tables; SQLite has one writer anyway.

    Raises OperationalError where one of them is being read for longer than we wait, by a backup for instance.
    """
    if connection.vendor == "postgresql":
        cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
        cursor.execute(f"LOCK TABLE {', '.join(table_of(model) for model in models)} IN ACCESS EXCLUSIVE MODE")


def write_anew(cursor: Any, *models: type[Model], drawn: str = "") -> None:
    """Takes all rows out and puts them back in an order drawn at random; on PostgreSQL into new files.

    What is pointed at comes first among several tables. `drawn` lists, for a single one, what is put into its columns
    where that is not what they held. However long the rows are, the memory it takes does not grow with them. Raises
    OperationalError as `hold_alone` does.
    """
    hold_alone(cursor, *models)
    lay_aside, put_back = (_aside, _back) if connection.vendor == "postgresql" else (_aside_in_file, _back_from_file)
    for model in models:
        cursor.execute(f"DROP TABLE IF EXISTS {_aside_of(model)}")
        lay_aside(cursor, model, drawn or columns_of(model))
    _empty(cursor, *models)
    for model in models:
        put_back(cursor, model)
        cursor.execute(f"DROP TABLE {_aside_of(model)}")


def _aside(cursor: Any, model: type[Model], read: str) -> None:
    cursor.execute(f"CREATE TEMPORARY TABLE {_aside_of(model)} AS SELECT {read} FROM {table_of(model)}")  # noqa: S608


def _back(cursor: Any, model: type[Model]) -> None:
    rows = f"SELECT * FROM {_aside_of(model)} ORDER BY random()"  # noqa: S608
    cursor.execute(f"INSERT INTO {table_of(model)} ({columns_of(model)}) {rows}")


def _aside_in_file(cursor: Any, model: type[Model], read: str) -> None:
    """In SQLite's own file: temporary tables, and whatever is sorted, lie in memory. So keys alone are."""
    table, key = table_of(model), columns_of(model, [model._meta.pk])
    cursor.execute("DROP TABLE IF EXISTS temp.places")
    cursor.execute(f"CREATE TEMPORARY TABLE places AS SELECT {key} AS drawn_key FROM {table} ORDER BY random()")  # noqa: S608
    placed = f"temp.places CROSS JOIN {table} ON {table}.{key} = drawn_key ORDER BY places.rowid"
    cursor.execute(f"CREATE TABLE {_aside_of(model)} AS SELECT {read} FROM {placed}")  # noqa: S608
    cursor.execute("DROP TABLE temp.places")


def _back_from_file(cursor: Any, model: type[Model]) -> None:
    """What may fail row by row (`OR FAIL`) has SQLite keep no copy in memory of what it writes over, and neither has
    dropping a table that is empty. Whoever fails here rolls all of it back."""
    aside = _aside_of(model)
    rows = f"SELECT * FROM {aside} ORDER BY rowid"  # noqa: S608
    cursor.execute(f"INSERT OR FAIL INTO {table_of(model)} ({columns_of(model)}) {rows}")
    cursor.execute(f"DELETE FROM {aside}")  # noqa: S608


def _empty(cursor: Any, *models: type[Model]) -> None:
    names = [table_of(model) for model in models]
    if connection.vendor == "postgresql":
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the commit would stand in its way
        cursor.execute(f"TRUNCATE {', '.join(names)}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    else:
        for name in reversed(names):
            cursor.execute(f"DELETE FROM {name}")  # noqa: S608


def _aside_of(model: type[Model]) -> str:
    """Where its rows lie meanwhile."""
    return connection.ops.quote_name(f"temp_{model._meta.db_table}")


def table_of(model: type[Model]) -> str:
    """Its name, as SQL writes it."""
    return connection.ops.quote_name(model._meta.db_table)


def columns_of(model: type[Model], fields: Iterable[Any] = ()) -> str:
    """Its columns, or those of some of its fields, as SQL lists them."""
    return ", ".join(connection.ops.quote_name(str(field.column)) for field in fields or model._meta.concrete_fields)
