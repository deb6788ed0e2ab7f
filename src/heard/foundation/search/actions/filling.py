"""Fills the index with what was said before there was one, the newest first."""

import time

from django.db import connection, transaction
from django.utils import timezone

from heard.foundation.search.actions.counting import count_anew
from heard.foundation.search.actions.entries import ENTRIES, names_among, worth_knowing
from heard.foundation.search.actions.learning import learn_names
from heard.foundation.search.actions.turns import our_turn
from heard.foundation.search.actions.writing import write
from heard.foundation.search.models import Filling, Source

BATCH = 400
TABLES = {
    Source.THREAD: ("conversation_thread", ""),
    Source.REPLY: ("conversation_reply", ""),
    Source.FILE: ("conversation_attachment", "AND thread_id IS NOT NULL"),
    Source.NAME: ("people_word", ""),
    Source.WORDS: ("search_document", ""),
}


def is_filling() -> bool:
    """Whether anything of what was there before is still missing."""
    return Filling.objects.filter(finished_at=None).exists()


def fill(*, seconds: float = 50.0, batch: int = BATCH) -> bool:
    """Goes on filling for so long, in small transactions; gives whether all is there."""
    ends = time.monotonic() + seconds
    with our_turn() as is_ours:
        while is_ours and time.monotonic() < ends:
            filling = Filling.objects.filter(finished_at=None).order_by("kind").first()
            if filling is None:
                return True
            fill_some(filling, batch)
    return False


def fill_wholly(*, batch: int = 5_000) -> None:
    """Fills to the end, in large transactions and with up to 1.5 GB of memory: for whoever has nobody else at their
    database. Read again and again from the file, the counts of known words took two thirds of the time on SQLite.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size = -1500000")
    while not fill(seconds=3600, batch=batch):
        time.sleep(1)


def begin_anew() -> None:
    """Empties the index and begins to fill it from nothing; until that is done, what is not in it yet is not found."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO search_words(search_words) VALUES ('delete-all')")
        for table in ("document", "kept", "change", "filling", "counted", "slip", "knownword"):
            cursor.execute(f"DELETE FROM search_{table}")
        for kind, (table, also) in TABLES.items():
            if kind is Source.WORDS:
                continue  # They are counted as documents are written.
            cursor.execute(f"SELECT COUNT(*) FROM {table} WHERE id IS NOT NULL {also}")
            Filling.objects.create(kind=kind, total=cursor.fetchone()[0])


def fill_some(filling: Filling, batch: int) -> None:
    """Indexes the next so many rows of a table, down from where it had come."""
    kind = Source(filling.kind)
    table, also = TABLES[kind]
    batch = batch * 5 if kind is Source.WORDS else batch
    below = f"AND id < {int(filling.down_to)}" if filling.down_to is not None else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {table} WHERE id IS NOT NULL {below} {also} ORDER BY id DESC LIMIT {int(batch)}"
        )
        ids = [pk for (pk,) in cursor.fetchall()]
    entries = ENTRIES[kind](ids) if ids and kind in ENTRIES else []
    filling.done += len(ids)
    if ids:
        filling.down_to = ids[-1]
    else:
        filling.finished_at = timezone.now()
    with transaction.atomic():
        if entries:
            write(entries)
        if kind is Source.NAME:
            learn_names(worth_knowing(names_among(ids)))
        if kind is Source.WORDS:
            count_anew(ids)
        filling.save()
