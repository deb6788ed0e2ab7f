"""Finds one row of a model by SQL that was composed once: for what every request asks, where composing costs most."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models


class Prepared[Found: models.Model]:
    """A query for the one row whose columns equal the values asked for.

    >>> by_id = Prepared(Person, "pk")
    >>> by_id.first(7)

    What the ORM would give is given: an instance with every field, values converted. It is composed at its first use
    and kept for the life of the process, once for each kind of database. What no row can hold, such as NULL, which
    equals nothing, or text with NUL in it, finds nothing.
    """

    def __init__(self, model: type[Found], *columns: str) -> None:
        self.model = model
        self.columns = columns
        self.composed: dict[str, tuple[str, list[Any], Any, Any]] = {}

    def first(self, *values: Any) -> Found | None:
        """The row, or nothing; values are asked for in the order of the columns."""
        if any(value is None or (isinstance(value, str) and "\0" in value) for value in values):
            return None
        sql, fields, compiler, converters = self.composed.get(connection.vendor) or self.compose(values)
        asked = [field.get_db_prep_value(value, connection) for field, value in zip(fields, values, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(sql, asked)
            row = cursor.fetchone()
        if row is None:
            return None
        whole: Sequence[Any] = next(iter(compiler.apply_converters([row], converters)))
        names = [field.attname for field in self.model._meta.concrete_fields]
        return self.model.from_db(connection.alias, names, whole)

    def compose(self, values: Sequence[Any]) -> tuple[str, list[Any], Any, Any]:
        """Composes the query as the ORM would, one placeholder for each column."""
        found = self.model._default_manager.order_by()
        for column, value in zip(self.columns, values, strict=True):
            found = found.filter(**{column: value})
        compiler = found.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        if len(parameters) != len(values):
            raise ValueError(f"{self.columns} cannot be asked for by one value each.")
        converters = compiler.get_converters([column for column, *_rest in compiler.select])
        meta = self.model._meta
        fields = [meta.pk if column == "pk" else meta.get_field(column) for column in self.columns]
        return self.composed.setdefault(connection.vendor, (sql, fields, compiler, converters))
