"""What a deed left beside what it was for: rows in any table, news to open pages, work that waits, lines in a log."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.http import HttpResponse

from tests.plumbing.realtime.ears import Ears

INDICES = {"search_words"}
"""What SQLite finds words by, and cannot count; the tables behind it are counted."""


def rows() -> dict[str, int]:
    """How many there are in each table of the database, whoever's it is: events, tasks, notices, sessions, all."""
    counted = {}
    with connection.cursor() as cursor:
        for table in {*connection.introspection.table_names(cursor)} - INDICES:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            counted[table] = cursor.fetchone()[0]
    return counted


@dataclass(slots=True)
class Listening:
    """Does something and says what came of it anywhere."""

    ears: Ears
    committing: Callable[..., Any]
    caplog: Any

    def to(self, deed: Callable[[], HttpResponse]) -> tuple[int, dict[str, int], list[str], list[str]]:
        """The status; rows that came, by table; what was told or was to be done after the commit; what was logged."""
        before = rows()
        self.ears.packets()
        self.caplog.clear()
        with self.caplog.at_level(0), self.committing(execute=True) as waiting:
            answer = deed()
        after = rows()
        grown = {table: count - before[table] for table, count in after.items() if count != before[table]}
        told = [*self.ears.packets(), *map(repr, waiting)]
        return answer.status_code, grown, told, [record.getMessage() for record in self.caplog.records]
