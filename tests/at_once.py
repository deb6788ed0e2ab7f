"""Deeds of several people at the same moment, each on a connection of its own, against a database on disk."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier

from django.db import connection, connections

from heard.plumbing.refusals import Refusal


@contextmanager
def on_disk(folder: Path) -> Iterator[None]:
    """Puts the test's database on disk where it is SQLite in memory, which locks otherwise than a file does."""
    if connection.vendor != "sqlite":
        yield
        return
    path = folder / "heard.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    connection.connection, connection.settings_dict["NAME"] = None, str(path)
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = in_memory, name


def at_once(*deeds: Callable[[], object]) -> list[Refusal]:
    """Does all of them as nearly at once as threads can, and gives what was refused; anything else is raised."""
    together = Barrier(len(deeds))

    def one(deed: Callable[[], object]) -> Refusal | None:
        try:
            together.wait()
            deed()
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [refused for refused in pool.map(one, deeds) if refused is not None]
