"""Leaving no order in which people saw what they were told of one thing."""

from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from heard.foundation.notices.actions.seeing import ALONE
from heard.foundation.notices.models import Notice
from heard.plumbing.traces import columns_of, table_of

PATIENCE = 3
"""Seconds for which writers are waited for, and for which others wait behind us."""
OF_IT = "about = %s AND about_id = %s"


@transaction.atomic
def leave_no_order(about: Model) -> bool:
    """Writes what people were told of a thing anew; says whether anything was to be done.

    Afterwards no gesture joins it with what else was seen, and on PostgreSQL, which keeps with each row which
    transaction wrote it last and lays it behind those before, the rows lie in an order drawn at random, as of one
    transaction. Raises OperationalError where somebody goes on writing notices for longer than we wait.
    """
    kind = about._meta.model_name or ""
    told = Notice.objects.filter(about=kind, about_id=about.pk)
    was_joined = bool(told.filter(seen_with__gt=ALONE).update(seen_with=ALONE))
    if connection.vendor != "postgresql":
        return was_joined
    with connection.cursor() as cursor:
        if not has_order(cursor, kind, about.pk):
            return was_joined
        write_of_it_anew(cursor, kind, about.pk)
    return True


def has_order(cursor: Any, kind: str, about_id: int) -> bool:
    """Whether several transactions wrote these rows."""
    sql = f"SELECT COUNT(DISTINCT xmin::text) FROM {table_of(Notice)} WHERE {OF_IT}"  # noqa: S608
    cursor.execute(sql, [kind, about_id])
    return int(cursor.fetchone()[0]) > 1


def write_of_it_anew(cursor: Any, kind: str, about_id: int) -> None:
    """Takes these rows out and puts them back; whoever sees one of them meanwhile waits for the commit."""
    table, columns = table_of(Notice), columns_of(Notice)
    cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
    cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
    cursor.execute("DROP TABLE IF EXISTS pg_temp.notices_aside")
    aside = f"CREATE TEMPORARY TABLE notices_aside ON COMMIT DROP AS SELECT {columns} FROM {table} WHERE {OF_IT}"  # noqa: S608
    cursor.execute(aside, [kind, about_id])
    cursor.execute(f"DELETE FROM {table} WHERE {OF_IT}", [kind, about_id])  # noqa: S608
    cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM notices_aside ORDER BY random()")  # noqa: S608
    cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
