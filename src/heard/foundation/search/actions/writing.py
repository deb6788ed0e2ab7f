"""Writes entries where each database looks words up."""

import secrets
import zlib
from collections.abc import Collection, Iterable
from typing import Any

from django.db import connection

from heard.foundation.search.actions.counting import counted_of, put_in, taken_out
from heard.foundation.search.actions.entries import Entry
from heard.foundation.search.actions.learning import settle
from heard.foundation.search.models import Reading, Source
from heard.plumbing.later import later

GAP = 40
"""Places left free between headline and words, so that no phrase reaches over."""
FURTHEST = 16_000
LAST = 16_383
"""Where stems stand, behind every word. Without a place they would be found in phrases too."""
_FTS = "INSERT INTO search_words({also}rowid, body, title, extra, marks) VALUES ({mark}%s, %s, %s, %s, %s)"


def write(entries: Collection[Entry], gone: Collection[tuple[Source, int]] = ()) -> None:
    """Puts entries into the index, in the place of what stood there of the same sources, and takes out what is gone.

    To be called within a transaction, and in one's turn.
    """
    old = known_ids([*((entry.kind, entry.source) for entry in entries), *gone])
    placed = in_their_places(entries, old)
    removed = sorted({pk for key, pk in old.items()} - {pk for pk, _entry in placed})
    tally = taken_out(list(old.values()))
    if connection.vendor == "sqlite":
        forget(sorted(old.values()))
        put_in_fts(placed)
    listed = ",".join(map(str, removed)) or "NULL"
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM search_document WHERE id IN ({listed})")
        put_documents(cursor, placed)
    for entry in entries:
        if entry.is_unread:
            later("heard.foundation.search.tasks.read_file", entry.source)
    Reading.objects.filter(attachment__in=[source for kind, source in gone if kind is Source.FILE]).delete()
    words = {pk: counted_of([*entry.title, *entry.body], entry.marks) for pk, entry in placed}
    tally.update(put_in(list(words), words))
    settle(tally)


def known_ids(sources: Iterable[tuple[Source, int]]) -> dict[tuple[int, int], int]:
    """The ids of the documents of these sources, as far as there are any."""
    by_kind: dict[int, list[int]] = {}
    for kind, source in sources:
        by_kind.setdefault(int(kind), []).append(source)
    found: dict[tuple[int, int], int] = {}
    with connection.cursor() as cursor:
        for number, of in by_kind.items():
            listed = ",".join(map(str, of))
            cursor.execute(f"SELECT source, id FROM search_document WHERE kind = {number} AND source IN ({listed})")
            found |= {(number, source): pk for source, pk in cursor.fetchall()}
    return found


def in_their_places(entries: Iterable[Entry], old: dict[tuple[int, int], int]) -> list[tuple[int, Entry]]:
    """Entries with the ids of their documents, in the order of these; a new one takes the next that is free."""
    fresh = [entry for entry in entries if (int(entry.kind), entry.source) not in old]
    placed = [(old[key], entry) for entry in entries if (key := (int(entry.kind), entry.source)) in old]
    taken = set(old.values())
    wanted, step = [entry.wanted for entry in fresh], 1
    while wanted:
        listed = ",".join(map(str, wanted))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM search_document WHERE id IN ({listed})")
            there = {pk for (pk,) in cursor.fetchall()} | taken
        again, step = [], step * 2
        for entry in fresh:
            if entry.wanted in there:
                # By more each time, or a thousand messages of one moment would be tried one after another.
                entry.wanted += secrets.randbelow(step) + 1
                again.append(entry)
            else:
                there.add(entry.wanted)
                taken.add(entry.wanted)
                placed.append((entry.wanted, entry))
        fresh, wanted = again, [entry.wanted for entry in again]
    return sorted(placed, key=lambda one: one[0])


def columns(entry: Entry) -> list[str]:
    """What FTS5 is given for a document."""
    return [" ".join(part) for part in (entry.body, entry.title, sorted(entry.extra), sorted(entry.marks))]


def forget(ids: Collection[int]) -> None:
    """Takes documents out of FTS5."""
    listed = ",".join(map(str, ids))
    if not listed:
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT document, packed FROM search_kept WHERE document IN ({listed}) ORDER BY document")
        given = [("delete", pk, *zlib.decompress(packed).decode().split("\n")) for pk, packed in cursor.fetchall()]
        cursor.executemany(_FTS.format(also="search_words, ", mark="%s, "), given)
        cursor.execute(f"DELETE FROM search_kept WHERE document IN ({listed})")


def put_in_fts(placed: Collection[tuple[int, Entry]]) -> None:
    """Puts documents into FTS5, and keeps what it was given."""
    rows = [(pk, columns(entry)) for pk, entry in placed]
    kept = [(pk, zlib.compress("\n".join(parts).encode())) for pk, parts in rows]
    with connection.cursor() as cursor:
        cursor.executemany(_FTS.format(also="", mark=""), [(pk, *parts) for pk, parts in rows])
        cursor.executemany("INSERT OR REPLACE INTO search_kept (document, packed) VALUES (%s, %s)", kept)


def put_documents(cursor: Any, placed: Collection[tuple[int, Entry]]) -> None:
    """Writes the rows of documents; on PostgreSQL with their words."""
    rows: list[tuple[Any, ...]] = [(pk, int(entry.kind), entry.source, entry.thread) for pk, entry in placed]
    if connection.vendor == "sqlite":
        sql = (
            "INSERT INTO search_document (id, kind, source, thread) VALUES (%s, %s, %s, %s) "
            "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, source = excluded.source, thread = excluded.thread"
        )
    else:
        sql = (
            "INSERT INTO search_document (id, kind, source, thread, words) VALUES (%s, %s, %s, %s, %s::tsvector) "
            "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, source = excluded.source, "
            "thread = excluded.thread, words = excluded.words"
        )
        rows = [(*row, vector(entry)) for row, (_pk, entry) in zip(rows, placed, strict=True)]
    cursor.executemany(sql, rows)


def vector(entry: Entry) -> str:
    """A document as a tsvector: words with their places, stems behind them all, marks after a tilde."""
    places: dict[str, list[str]] = {}
    for nth, word in enumerate(entry.title[:FURTHEST], 1):
        places.setdefault(word, []).append(f"{nth}A")
    begins = min(len(entry.title) + GAP, FURTHEST)
    for nth, word in enumerate(entry.body, begins):
        places.setdefault(word, []).append(f"{min(nth, FURTHEST)}B")
    said = [f"'{word}':{','.join(at[:200])}" for word, at in places.items()]
    return " ".join([*said, *(f"'{word}':{LAST}" for word in entry.extra), *(f"'~{mark}'" for mark in entry.marks)])
