"""Rows of a table of messages, laid down outside memory and taken back conversation by conversation."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from heard.features.arrivals.formats.shelf import database_of

_MADE = """CREATE TABLE said (
    key TEXT PRIMARY KEY, nth INTEGER, parent TEXT, root TEXT, at TEXT, cells TEXT, place TEXT
) WITHOUT ROWID"""
_ORPHANS = """UPDATE said SET root = parent
    WHERE root IS NULL AND NOT EXISTS (SELECT 1 FROM said above WHERE above.key = said.parent)"""
# A reply's conversation is that of what it answers; each round climbs one step.
_CLIMB = """UPDATE said SET root = (SELECT above.root FROM said above WHERE above.key = said.parent)
    WHERE root IS NULL AND (SELECT above.root FROM said above WHERE above.key = said.parent) IS NOT NULL"""
_MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class Message:
    """One row: its key, when it was said, its cells by field, and its place in the archive."""

    key: str
    at: datetime
    cells: dict[str, str]
    where: str


class Messages:
    """Every message once, in any order; later asked for by conversation."""

    def __init__(self) -> None:
        self._rows = database_of(self, _MADE)
        self._count = 0

    def lay(self, message: Message) -> bool:
        """Keeps a message; says no where one with its key came before."""
        self._count += 1
        parent, thread = message.cells.get("parent", ""), message.cells.get("thread", "")
        parent = "" if parent in (message.key, "0", "null", "None") else parent
        root = f"thread {message.cells.get('community', '')} {thread}" if thread else None if parent else message.key
        cells = json.dumps(message.cells)
        row = (message.key, self._count, parent, root, message.at.isoformat(), cells, message.where)
        return self._rows.execute("INSERT OR IGNORE INTO said VALUES (?, ?, ?, ?, ?, ?, ?)", row).rowcount == 1

    def place_of(self, key: str) -> str:
        """Where the message with this key stood."""
        found = self._rows.execute("SELECT place FROM said WHERE key = ?", (key,)).fetchone()
        return str(found[0]) if found else ""

    def cells(self) -> Iterator[dict[str, str]]:
        """The cells of every message, in the order of the rows."""
        self._rows.execute("CREATE INDEX IF NOT EXISTS said_by_row ON said (nth)")
        for (cells,) in self._rows.execute("SELECT cells FROM said ORDER BY nth"):
            yield json.loads(cells)

    def conversations(self) -> Iterator[tuple[str, Iterator[Message]]]:
        """Each conversation by its root: what has the root's key first, then the rest as it was said.

        The root is the key of the first message, or that of a message that is missing, or a name of its own where
        the table has one. Each conversation is read before the next is asked for.
        """
        self._rows.execute(_ORPHANS)
        for _step in range(_MOST_STEPS):
            if self._rows.execute(_CLIMB).rowcount < 1:
                break
        self._rows.execute("UPDATE said SET root = parent WHERE root IS NULL")  # a circle
        self._rows.execute("CREATE INDEX said_by_root ON said (root, at, key)")
        rows = self._rows.execute("SELECT root, key, at, cells, place FROM said ORDER BY root, key <> root, at, key")
        for root, of_root in groupby(rows, lambda row: str(row[0])):
            yield root, map(_message, of_root)


def _message(row: Any) -> Message:
    return Message(row[1], datetime.fromisoformat(row[2]), json.loads(row[3]), row[4])
