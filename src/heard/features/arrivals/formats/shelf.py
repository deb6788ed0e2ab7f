"""Remembers what is too much for memory while an archive is read: in a database that goes when it is let go of."""

import sqlite3
import weakref
from collections.abc import Iterable, Iterator
from typing import Any


class Seen:
    """Which keys came already, however many there are."""

    def __init__(self) -> None:
        self._rows = database_of(self, "CREATE TABLE seen (key PRIMARY KEY) WITHOUT ROWID")

    def is_new(self, key: int | str) -> bool:
        """Whether `key` is asked for the first time."""
        return self._rows.execute("INSERT OR IGNORE INTO seen VALUES (?)", (key,)).rowcount == 1


class Shelf:
    """Texts by key, each key once."""

    def __init__(self) -> None:
        self._rows = database_of(self, "CREATE TABLE shelf (key PRIMARY KEY, value) WITHOUT ROWID")

    def put(self, key: int | str, value: int | str) -> None:
        """Keeps a value; the one that was there goes."""
        self._rows.execute("INSERT OR REPLACE INTO shelf VALUES (?, ?)", (key, value))

    def get(self, key: int | str) -> Any:
        """What was put there, or nothing."""
        found = self._rows.execute("SELECT value FROM shelf WHERE key = ?", (key,)).fetchone()
        return found[0] if found else None


class Heaps:
    """Any number of values by key, to be taken back in the order in which they came."""

    def __init__(self, rows: Iterable[tuple[int | str, str]]) -> None:
        self._rows = database_of(self, "CREATE TABLE heap (key, value)")
        self._rows.executemany("INSERT INTO heap VALUES (?, ?)", rows)
        self._rows.execute("CREATE INDEX of_key ON heap (key)")

    def at(self, key: int | str) -> Iterator[str]:
        """Everything that was put under a key."""
        for (value,) in self._rows.execute("SELECT value FROM heap WHERE key = ? ORDER BY rowid", (key,)).fetchall():
            yield value


class Sorted:
    """Texts by number, each number once, given back group by group in the order of their places."""

    def __init__(self) -> None:
        self._rows = database_of(
            self, "CREATE TABLE sorted (key INTEGER PRIMARY KEY, heap INTEGER, place INTEGER, value TEXT)"
        )
        self._is_sorted = False

    def put(self, key: int, group: int, place: int, value: str) -> bool:
        """Whether nothing was there under `key`; what is there stays."""
        row = (key, group, place, value)
        return self._rows.execute("INSERT OR IGNORE INTO sorted VALUES (?, ?, ?, ?)", row).rowcount == 1

    def replace(self, key: int, group: int, place: int, value: str) -> None:
        """Keeps a text; the one that was there goes."""
        self._rows.execute("INSERT OR REPLACE INTO sorted VALUES (?, ?, ?, ?)", (key, group, place, value))

    def get(self, key: int) -> str | None:
        """What was put there, or nothing."""
        found = self._rows.execute("SELECT value FROM sorted WHERE key = ?", (key,)).fetchone()
        return found[0] if found else None

    def __contains__(self, key: int) -> bool:
        return self._rows.execute("SELECT 1 FROM sorted WHERE key = ?", (key,)).fetchone() is not None

    def key_at(self, group: int, place: int) -> int | None:
        """The number of what stands at a place of a group, or nothing."""
        self._sort()
        found = self._rows.execute("SELECT key FROM sorted WHERE heap = ? AND place = ?", (group, place)).fetchone()
        return found[0] if found else None

    def groups(self) -> Iterator[int]:
        """Every group, once."""
        self._sort()
        for (group,) in self._rows.execute("SELECT DISTINCT heap FROM sorted ORDER BY heap"):
            yield group

    def of(self, group: int) -> Iterator[tuple[int, int, str]]:
        """Number, place and text of everything in a group, in order."""
        self._sort()
        yield from self._rows.execute(
            "SELECT key, place, value FROM sorted WHERE heap = ? ORDER BY place, key", (group,)
        )

    def _sort(self) -> None:
        if not self._is_sorted:
            self._rows.execute("CREATE INDEX in_order ON sorted (heap, place)")
            self._is_sorted = True


def database_of(owner: object, *tables: str) -> sqlite3.Connection:
    """A database for one object: in memory as long as it is small, then in a file of SQLite's own; it goes with it."""
    made = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    weakref.finalize(owner, made.close)
    made.execute("PRAGMA journal_mode = OFF")
    made.execute("BEGIN")
    for table in tables:
        made.execute(table)
    return made
