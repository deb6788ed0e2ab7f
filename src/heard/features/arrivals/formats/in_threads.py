"""Puts messages that come in no order into threads: laid down outside memory, taken back thread by thread."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from heard.features.arrivals.formats.shelf import database_of

_MADE = """CREATE TABLE said (
    community INTEGER, thread INTEGER, is_reply INTEGER, key INTEGER, place TEXT, message TEXT
)"""

_CAME = "CREATE TABLE came (key INTEGER, community INTEGER, PRIMARY KEY (key, community)) WITHOUT ROWID"


@dataclass(frozen=True, slots=True)
class Laid:
    """A message as it was laid down; `where` is its place in the archive."""

    key: int
    message: dict[str, Any]
    where: str


class InThreads:
    """Messages with a number each, by the numbers of their community and of the message that began their thread."""

    def __init__(self) -> None:
        self._rows = database_of(self, _MADE, _CAME)

    def close(self) -> None:
        """Lets go of everything before this object goes."""
        self._rows.close()

    def lay(self, community: int, thread: int, key: int, message: dict[str, Any], where: str) -> bool:
        """Keeps a message; says no where one with this number came before in that community."""
        if self._rows.execute("INSERT OR IGNORE INTO came VALUES (?, ?)", (key, community)).rowcount != 1:
            return False
        row = (community, thread, key != thread, key, where, json.dumps(message))
        self._rows.execute("INSERT INTO said VALUES (?, ?, ?, ?, ?, ?)", row)
        return True

    def communities(self) -> Iterator[tuple[int, Iterator[tuple[int, Iterator[Laid]]]]]:
        """Each community with its threads, and each thread with its messages in the order of their numbers.

        The first message of a thread comes first, whatever its number; it may be missing.
        """
        rows = self._rows.execute("SELECT * FROM said ORDER BY community, thread, is_reply, key")
        for community, of_community in groupby(rows, lambda row: int(row[0])):
            yield community, self._threads(of_community)

    def _threads(self, rows: Iterator[Any]) -> Iterator[tuple[int, Iterator[Laid]]]:
        for thread, of_thread in groupby(rows, lambda row: int(row[1])):
            yield thread, (Laid(row[3], json.loads(row[5]), row[4]) for row in of_thread)
