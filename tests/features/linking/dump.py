"""The whole database as somebody gets it who steals it: every row of every table, in the order of the files."""

from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True, slots=True)
class Row:
    """A row, and which transaction wrote it, where the database tells."""

    values: dict[str, Any]
    transaction: int

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


def stolen() -> dict[str, list[Row]]:
    """Every table by its name."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        return {table: rows_of(cursor, table) for table in tables}


def rows_of(cursor: Any, table: str) -> list[Row]:
    """The rows as they lie: by place and transaction on PostgreSQL, by rowid on SQLite, or by key where it has none."""
    name = connection.ops.quote_name(table)
    if connection.vendor == "postgresql":
        cursor.execute(f"SELECT xmin::text::bigint AS written_by, * FROM {name} ORDER BY ctid")
    else:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [table])
        made = cursor.fetchone()[0]
        if "VIRTUAL TABLE" in made:
            return []  # an index, whose content lies in tables of its own
        order = "" if "WITHOUT ROWID" in made.upper() else "ORDER BY rowid"
        cursor.execute(f"SELECT 0 AS written_by, * FROM {name} {order}")
    names = [column[0] for column in cursor.description][1:]
    return [Row(dict(zip(names, values[1:], strict=True)), values[0]) for values in cursor.fetchall()]


def without_words(value: Any) -> str:
    """A value as a search through all of the database sees it."""
    return value.hex() if isinstance(value, bytes | memoryview) else str(value)
