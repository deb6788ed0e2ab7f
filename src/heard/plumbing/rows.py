"""Writes many rows at once, past the ORM: for imports and generators, where making model instances costs too much."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

_TOGETHER = 200
IN_ONE_LIST = 5_000
"""So many values may stand in a list of one statement: PostgreSQL takes 65,535 in all, SQLite mostly 32,766."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows made ready outside a transaction, so that it need not last longer than writing them."""

    into: str
    values: list[tuple[Any, ...]]
    or_ignore: bool = False

    def insert(self) -> None:
        """Writes them. No signals are sent, and nothing is checked but by the database."""
        if not self.values:
            return
        with connection.cursor() as cursor:
            if connection.vendor != "postgresql":
                cursor.executemany(self.sql, self.values)
            elif self.or_ignore:
                self._insert_together(cursor)
            else:
                with cursor.copy(f"COPY {self.into} FROM STDIN") as copy:
                    for row in self.values:
                        copy.write_row(row)

    @property
    def sql(self) -> str:
        """One row's INSERT."""
        return self._inserting(1)

    def _inserting(self, rows: int) -> str:
        marks = f"({', '.join(['%s'] * len(self.values[0]))})"
        ending = " ON CONFLICT DO NOTHING" if self.or_ignore else ""
        return f"INSERT INTO {self.into} VALUES {', '.join([marks] * rows)}{ending}"  # noqa: S608

    def _insert_together(self, cursor: Any) -> None:
        """Many rows by each statement: a server that is asked once for each takes several times as long."""
        for start in range(0, len(self.values), _TOGETHER):
            part = self.values[start : start + _TOGETHER]
            cursor.execute(self._inserting(len(part)), [value for row in part for value in row])


def ready_rows(model: type[models.Model], rows: Iterable[Mapping[str, Any]], *, or_ignore: bool = False) -> Rows:
    """Rows of `model`, each given as a mapping of column attributes such as `author_id`.

    What a row leaves out takes the field's default; an id that the database makes is left to it. With `or_ignore`,
    rows that break a unique constraint are passed over.
    """
    given = list(rows)
    if not given:
        return Rows("", [])
    fields = [field for field in model._meta.concrete_fields if not _is_made_by_database(field, given[0])]
    columns = [(field.attname, field.get_default, _adapter(field)) for field in fields]
    values = [
        tuple(adapt(row[name] if name in row else default()) for name, default, adapt in columns) for row in given
    ]
    quoted = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    return Rows(f"{connection.ops.quote_name(model._meta.db_table)} ({quoted})", values, or_ignore)


def insert_rows(model: type[models.Model], rows: Iterable[Mapping[str, Any]], *, or_ignore: bool = False) -> None:
    """Makes rows ready and writes them at once; see `ready_rows`."""
    ready_rows(model, rows, or_ignore=or_ignore).insert()


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """Ids that the database would give to the next `count` rows; inside a transaction, which keeps others from them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            numbered = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(numbered, [connection.ops.quote_name(table), count])
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
    first = (last[0] if last else 0) + 1
    return list(range(first, first + count))


def for_database(value: Any) -> Any:
    """A time as the database in use takes it, for SQL written by hand."""
    return connection.ops.adapt_datetimefield_value(value)


def _is_made_by_database(field: models.Field[Any, Any], row: Mapping[str, Any]) -> bool:
    return isinstance(field, models.AutoField) and field.attname not in row


def _adapter(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    if isinstance(field, models.JSONField):
        return json.dumps
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, models.DateField):
        return connection.ops.adapt_datefield_value
    if isinstance(field, models.UUIDField):
        return lambda value: field.get_db_prep_value(value, connection)
    return _as_it_is


def _as_it_is(value: Any) -> Any:
    return value
