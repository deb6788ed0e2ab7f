"""Takes what has changed into the index."""

import time
from collections.abc import Collection

from django.db import connection, transaction

from heard.foundation.search.actions.counting import count_anew, follow_readers
from heard.foundation.search.actions.entries import ENTRIES, names_among, rows, worth_knowing
from heard.foundation.search.actions.learning import learn_names
from heard.foundation.search.actions.turns import our_turn
from heard.foundation.search.actions.writing import known_ids, write
from heard.foundation.search.models import Change, Source

BATCH = 200


def take_changes(*, seconds: float = 3.0) -> int:
    """Brings the index up to date with the changes that were noted, in small transactions; gives how many there were.

    Nothing is done where another process is at it. After so many seconds the next turn goes on, so that letters need
    not wait for the index of an archive.
    """
    taken, ends = 0, time.monotonic() + seconds
    with our_turn() as is_ours:
        while is_ours and time.monotonic() < ends:
            noted = list(Change.objects.order_by("pk").values_list("pk", "kind", "source")[:BATCH])
            if not noted:
                break
            taken += len(noted)
            # Read after they were noted: whatever changes from here on is noted anew.
            index({(Source(kind), source) for _pk, kind, source in noted}, [pk for pk, _kind, _source in noted])
    return taken


def is_waiting() -> bool:
    """Whether anything was noted."""
    return Change.objects.exists()


def index(changed: Collection[tuple[Source, int]], noted: Collection[int] = ()) -> None:
    """Writes the documents of these sources as they are now, and strikes out the notes of their changes."""
    wanted = {key for key in changed if key[0] is not Source.WHOLE}
    for kind, source in changed:
        if kind is Source.WHOLE:
            wanted |= all_of([source])
        elif kind is Source.REPLY:
            wanted |= {(Source.FILE, pk) for pk in hung("reply_id", [source])}
    names = [source for kind, source in changed if kind is Source.NAME]
    places = [source for kind, source in changed if kind is Source.PLACE]
    wanted = {key for key in wanted if key[0] in ENTRIES}
    entries = []
    for kind, make in ENTRIES.items():
        of_kind = [source for one, source in wanted if one is kind]
        for start in range(0, len(of_kind), 1000):
            entries += make(of_kind[start : start + 1000])
    gone = wanted - {(entry.kind, entry.source) for entry in entries}
    with transaction.atomic():
        for start in range(0, len(entries), 1000):
            write(entries[start : start + 1000])
        write([], sorted(gone))
        learn_names(worth_knowing(names_among(names)))
        # Replies are read as far as their thread is.
        threads = [source for kind, source in changed if kind is Source.THREAD]
        count_anew(list(known_ids(all_of(threads)).values()))
        further = [source for source in places if not follow_readers(source)]
        Change.objects.bulk_create([Change(kind=Source.PLACE, source=source) for source in further])
        strike_out(noted)


def strike_out(noted: Collection[int]) -> None:
    """Removes notes."""
    if noted:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM search_change WHERE id IN ({','.join(map(str, noted))})")


def all_of(threads: Collection[int]) -> set[tuple[Source, int]]:
    """Threads, their replies, and the files on any of them."""
    replies = rows("SELECT id FROM conversation_reply WHERE thread_id IN ({ids})", threads)
    return {
        *((Source.THREAD, pk) for pk in threads),
        *((Source.REPLY, int(str(pk))) for (pk,) in replies),
        *((Source.FILE, pk) for pk in hung("thread_id", threads)),
    }


def hung(column: str, ids: Collection[int]) -> list[int]:
    """The files on messages."""
    found = rows(f"SELECT id FROM conversation_attachment WHERE {column} IN ({{ids}})", ids)
    return [int(str(one)) for (one,) in found]
