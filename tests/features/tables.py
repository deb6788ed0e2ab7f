"""What a database keeps of tables beside their rows: places, transactions, and when each was last read."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import Model

LAST_READ = """
SELECT indexrelname, last_idx_scan FROM pg_stat_user_indexes WHERE relname = ANY (%(tables)s)
UNION ALL
SELECT relname, last_seq_scan FROM pg_stat_user_tables WHERE relname = ANY (%(tables)s)
UNION ALL
SELECT 'pg_toast ' || pg_class.relname, last_idx_scan
FROM pg_class JOIN pg_stat_all_indexes AS beside ON beside.relid = reltoastrelid
WHERE pg_class.relname = ANY (%(tables)s) AND last_idx_scan IS NOT NULL
"""


def column(sql: str, *values: Any) -> list[Any]:
    """The first column of what is asked for."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def is_numbered(model: type[Model]) -> bool:
    """Whether SQLite gives its rows a number, in the order in which they came."""
    return column("SELECT wr FROM pragma_table_list WHERE name = %s", model._meta.db_table) != [1]


def transactions(*models: type[Model]) -> int:
    """How many transactions of PostgreSQL wrote the rows of these tables."""
    told = " UNION ".join(f"SELECT DISTINCT xmin::text FROM {model._meta.db_table}" for model in models)
    return len(column(told))


def last_read(*models: type[Model]) -> dict[str, datetime | None]:
    """When PostgreSQL says that each of these tables was last read, each of their indexes, and what lies beside them of
    long rows where that was ever read. Call it outside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT 1")
        cursor.execute(LAST_READ, {"tables": [model._meta.db_table for model in models]})
        return dict(cursor.fetchall())


def write_ahead() -> None:
    """Has SQLite's file on disk keep a log, as where Heard runs."""
    column("PRAGMA journal_mode = WAL")


def file_and_log(folder: Path) -> tuple[bytes, bytes]:
    """The bytes of SQLite's file, and of its log, where `tests.at_once.on_disk` put them."""
    database, log = folder / "heard.sqlite3", folder / "heard.sqlite3-wal"
    return database.read_bytes(), log.read_bytes() if log.exists() else b""


def file_of(model: type[Model]) -> bytes:
    """What PostgreSQL's file of a table holds, rows that were deleted among it. Call it outside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    return bytes(*column("SELECT pg_read_binary_file(pg_relation_filepath(%s))", model._meta.db_table))
