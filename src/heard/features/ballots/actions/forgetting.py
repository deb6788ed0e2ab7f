"""Forgetting in which release an answer came, once nobody needs to know: it says within which hours it was given."""

import logging
import time
from typing import Any

from django.db import DatabaseError, connection, transaction

from heard.features.ballots.actions.locking import alone
from heard.features.ballots.actions.rewriting import PATIENCE, end_sqlite_log, refuse_remnants
from heard.features.ballots.models import AnswerAtRest, Key

logger = logging.getLogger(__name__)
STILL_SEEN = """
SELECT EXISTS (
    SELECT 1 FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xmin IS NOT NULL
)
"""
"""Whether anybody in this database, PostgreSQL's own housekeeping too, may still read what was deleted just now."""


@transaction.atomic
def forget_releases(ballot: str) -> None:
    """Writes the answers of a closed ballot anew without the numbers of their releases, in an order drawn at random.

    What stood at an earlier release cannot be counted any more; whoever published it has kept it. Twice changes
    nothing, and as long as the ballot is not closed nothing happens.
    """
    alone()
    if not AnswerAtRest.objects.filter(key__ballot=ballot).exclude(release=None).exists():
        return
    table, keys = (connection.ops.quote_name(model._meta.db_table) for model in (AnswerAtRest, Key))
    group = connection.ops.quote_name("group")
    of_it = f"group_code IN (SELECT {group} FROM {keys} WHERE ballot_id = %s)"  # noqa: S608
    kept = "code, question, group_code, value, words"
    with connection.cursor() as cursor:
        refuse_remnants(cursor)
        cursor.execute(f"CREATE TEMPORARY TABLE temp_kept AS SELECT {kept} FROM {table} WHERE {of_it}", [ballot])  # noqa: S608
        cursor.execute(f"DELETE FROM {table} WHERE {of_it}", [ballot])  # noqa: S608
        cursor.execute(f"INSERT INTO {table} ({kept}) SELECT {kept} FROM temp_kept ORDER BY random()")  # noqa: S608
        cursor.execute("DROP TABLE temp_kept")
    transaction.on_commit(end_sqlite_log)
    transaction.on_commit(_leave_no_remnants)


def _leave_no_remnants() -> None:
    """PostgreSQL keeps what was deleted until the table is written anew, for which nobody may be reading it."""
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        wait_for_others(cursor)
        cursor.execute(f"SET lock_timeout = '{PATIENCE}s'")
        try:
            cursor.execute(f"VACUUM FULL {connection.ops.quote_name(AnswerAtRest._meta.db_table)}")
        except DatabaseError:
            logger.warning(
                "Answers at rest were being read, so what was forgotten of them leaves the disk at the next closing"
            )
        finally:
            cursor.execute("RESET lock_timeout")


def wait_for_others(cursor: Any) -> None:
    """Returns once nobody may read what was deleted, or after a while: what they might read would be written too."""
    for _attempt in range(10 * PATIENCE):
        cursor.execute(STILL_SEEN)
        if not cursor.fetchone()[0]:
            return
        time.sleep(0.1)
