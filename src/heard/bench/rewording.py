"""Gives an organisation that was made before words came as often as words do the texts it would be made with now."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection

from heard.bench.organisation import Organisation
from heard.bench.sizes import Size

BATCH = 20_000
CHANGE = {
    "conversation_thread": "title = CASE WHEN kind = 'ask' THEN {title} ELSE '' END, ",
    "conversation_reply": "",
}


def reword(size: Size, say: Callable[[str], None]) -> None:
    """Rewrites the words of every thread and reply in place, once."""
    with connection.cursor() as cursor:
        names = set(connection.introspection.table_names(cursor))
    if "bench_filled" not in names or "bench_worded" in names:
        return
    connection.ensure_connection()
    said = Organisation(size).said()
    done = 0
    while batch := list(islice(said, BATCH)):
        for table in CHANGE:
            rewrite(table, [(pk, *words) for name, pk, words in batch if name == table])
        done += len(batch)
        say(f"words, {done:,} …")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_worded (threads BIGINT)")
    connection.close()


def rewrite(table: str, rows: list[tuple[int, str, str, str]]) -> None:
    """Writes the words of some messages."""
    if not rows:
        return
    raw: Any = connection.connection
    if connection.vendor == "sqlite":
        change = CHANGE[table].format(title="?")
        sql = f"UPDATE {table} SET {change}source = ?, html = ?, excerpt = ? WHERE id = ?"  # noqa: S608
        raw.execute("PRAGMA synchronous=OFF")
        raw.execute("BEGIN")
        raw.executemany(sql, sqlite_rows(rows, has_title=bool(change)))
        raw.execute("COMMIT")
        return
    change = CHANGE[table].format(title="LEFT(w.excerpt, 40) || '?'")
    with raw.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS worded (id BIGINT, source TEXT, html TEXT, excerpt TEXT)")
        cursor.execute("TRUNCATE worded")
        with cursor.copy("COPY worded FROM STDIN") as sink:
            for row in rows:
                sink.write_row(row)
        cursor.execute("ANALYZE worded")
        cursor.execute(
            f"UPDATE {table} t SET {change}source = w.source, html = w.html, excerpt = w.excerpt "  # noqa: S608
            "FROM worded w WHERE w.id = t.id"
        )
        cursor.execute(f"VACUUM {table}")


def sqlite_rows(rows: Iterable[tuple[int, str, str, str]], *, has_title: bool) -> Iterator[tuple[object, ...]]:
    """Rows in the order of the statement's marks."""
    for pk, source, html, excerpt in rows:
        title = (f"{excerpt[:40]}?",) if has_title else ()
        yield (*title, source, html, excerpt, pk)
