"""Leaving nothing in PostgreSQL's files of what was deleted or written over: it keeps that until a table is new."""

import logging

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
    table = connection.ops.quote_name(model._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in model._meta.concrete_fields)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
            cursor.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
            cursor.execute(f"CREATE TEMPORARY TABLE temp_kept AS SELECT * FROM {table}")  # noqa: S608
            cursor.execute(f"TRUNCATE {table}")
            cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM temp_kept ORDER BY random()")  # noqa: S608
            cursor.execute("DROP TABLE temp_kept")
    except DatabaseError:
        logger.warning("%s was being read; what was deleted of it leaves the disk the next time", model._meta.db_table)
