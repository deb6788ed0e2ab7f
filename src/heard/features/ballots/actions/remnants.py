"""Leaving nothing in PostgreSQL's files of what was deleted or written over: it keeps that until a table is new."""

import logging
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Model

logger = logging.getLogger(__name__)
PATIENCE = 3
"""Seconds for which a table is waited for that somebody reads; whoever wants to write waits as long behind us."""


def leave_no_remnants(model: type[Model]) -> None:
    """Puts the rows, in an order drawn at random, into a new file; the old one goes with everything that lay in it.

    `VACUUM FULL` would keep what any transaction may still see, PostgreSQL's own housekeeping among them; whoever asks
    here sees the rows as they are now. Where the table is being read by a backup, that is logged, and what was deleted
    stays until the next time. Only outside of a transaction, since it is a second one; elsewhere nothing happens.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
            write_anew(cursor, model)
    except DatabaseError:
        logger.warning("%s was being read; what was deleted of it leaves the disk the next time", model._meta.db_table)


def write_anew(cursor: Any, model: type[Model], *, drawn: str = "") -> None:
    """Takes all rows out and puts them back in an order drawn at random; on PostgreSQL into a new file.

    `drawn` lists what is put into the columns, where that is not what they held. Nobody else reads or writes meanwhile.
    """
    table, listed = connection.ops.quote_name(model._meta.db_table), columns_of(model)
    if connection.vendor == "postgresql":
        cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
    cursor.execute("DROP TABLE IF EXISTS temp_shuffled")
    cursor.execute(f"CREATE TEMPORARY TABLE temp_shuffled AS SELECT {drawn or listed} FROM {table}")  # noqa: S608
    cursor.execute(f"DELETE FROM {table}" if connection.vendor == "sqlite" else f"TRUNCATE {table}")  # noqa: S608
    cursor.execute(f"INSERT INTO {table} ({listed}) SELECT * FROM temp_shuffled ORDER BY random()")  # noqa: S608
    cursor.execute("DROP TABLE temp_shuffled")


def columns_of(model: type[Model]) -> str:
    """The columns of a table, as SQL lists them."""
    return ", ".join(connection.ops.quote_name(str(field.column)) for field in model._meta.concrete_fields)
