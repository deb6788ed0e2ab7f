"""Counts in how many documents words stand, apart by who reads them."""

import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from heapq import nsmallest
from itertools import batched
from typing import Any

from django.db import connection, transaction

from heard.foundation.communities.rules import READ_BY_ALL
from heard.foundation.search.actions.entries import rows, worth_knowing
from heard.foundation.search.actions.learning import Tally, settle
from heard.foundation.search.models import Source
from heard.foundation.search.rules import OPEN, community_mark, tag_mark

MOST = 150
"""So many words of one document are known: no file or post makes a thousand."""
POOLS = f"""
    SELECT d.id, CASE WHEN c.access IN ('{"', '".join(sorted(READ_BY_ALL))}') THEN {OPEN} ELSE c.id END
    FROM search_document d
    JOIN conversation_thread t ON t.id = d.thread JOIN communities_community c ON c.id = t.community_id
    LEFT JOIN conversation_attachment a ON d.kind = {int(Source.FILE)} AND a.id = d.source
    LEFT JOIN conversation_reply r ON r.id = CASE WHEN d.kind = {int(Source.REPLY)} THEN d.source ELSE a.reply_id END
    WHERE d.id IN ({{ids}}) AND t.is_listed AND r.deleted_at IS NULL AND r.hidden_at IS NULL
"""
COUNTED = "SELECT document, pool FROM search_counted WHERE document IN ({ids})"


def counted_of(said: Iterable[str], marks: Iterable[str]) -> set[str]:
    """The words of a document that are counted, and its hashtags; always the same ones of the same document."""
    words = worth_knowing(said)
    if len(words) > MOST:
        words = set(nsmallest(MOST, words, key=lambda word: (zlib.crc32(word.encode()), word)))
    begin = tag_mark("")
    return words | {f"#{mark[len(begin) :]}" for mark in marks if mark.startswith(begin)}


def words_in(documents: Collection[int]) -> dict[int, set[str]]:
    """What is counted of documents, out of the index."""
    if connection.vendor == "sqlite":
        kept: list[tuple[Any, ...]] = rows(
            "SELECT document, packed FROM search_kept WHERE document IN ({ids})", documents
        )
        return {pk: counted_of(*unpacked(packed)) for pk, packed in kept}
    sql = (
        "SELECT id, tsvector_to_array(ts_filter(words, '{{a,b}}')), tsvector_to_array(words) "
        "FROM search_document WHERE id IN ({ids})"
    )
    vectors: list[tuple[Any, ...]] = rows(sql, documents)
    return {
        pk: counted_of(said, [one[1:] for one in everything if one.startswith("~")]) for pk, said, everything in vectors
    }


def unpacked(packed: bytes) -> tuple[list[str], list[str]]:
    """The words and the marks of what FTS5 was given."""
    body, title, _extra, marks = zlib.decompress(packed).decode().split("\n")
    return [*title.split(" "), *body.split(" ")], marks.split(" ")


def taken_out(documents: Collection[int]) -> Tally:
    """Notes that the words of these documents are counted no more; gives by how much counts are to change."""
    tally: Tally = Counter()
    pools = pairs(COUNTED, documents)
    words = words_in(pools) if pools else {}
    for document, pool in pools.items():
        tally.subtract((pool, word) for word in words.get(document, ()))
    if listed := ",".join(map(str, pools)):
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM search_counted WHERE document IN ({listed})")
    return tally


def put_in(documents: Collection[int], words: Mapping[int, set[str]] | None = None) -> Tally:
    """Notes that the words of these documents are counted, as far as anybody reads them; gives changes of counts."""
    tally: Tally = Counter()
    pools = pairs(POOLS, documents)
    if words is None:
        words = words_in(pools) if pools else {}
    for document, pool in pools.items():
        tally.update((pool, word) for word in words.get(document, ()))
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO search_counted (document, pool) VALUES (%s, %s)", list(pools.items()))
    return tally


def pairs(sql: str, documents: Collection[int]) -> dict[int, int]:
    """Documents and their pools."""
    found: list[tuple[Any, ...]] = rows(sql, documents)
    return dict(found)


def count_anew(documents: Collection[int]) -> None:
    """Counts the words of documents where they are to be counted now, as far as that is elsewhere than before."""
    there, wanted = pairs(COUNTED, documents), pairs(POOLS, documents)
    moved = [pk for pk in documents if there.get(pk) != wanted.get(pk)]
    if moved:
        with transaction.atomic():
            tally = taken_out(moved)
            tally.update(put_in(moved))
            settle(tally)


def follow_readers(community: int, *, most: int = 2_000) -> bool:
    """Counts the words of a community with those of its readers now; gives whether that was all of them."""
    found = rows("SELECT access FROM communities_community WHERE id IN ({ids})", [community])
    pool = OPEN if found and found[0][0] in READ_BY_ALL else community
    mark = community_mark(community)
    if connection.vendor == "sqlite":
        documents = f"(SELECT rowid AS id FROM search_words WHERE search_words MATCH 'marks : \"{mark}\"') d"
    else:
        documents = f"(SELECT id FROM search_document WHERE words @@ '''~{mark}'''::tsquery OFFSET 0) d"
    sql = f"SELECT d.id FROM {documents} JOIN search_counted k ON k.document = d.id WHERE k.pool <> {pool} LIMIT {most}"
    count = [int(str(pk)) for (pk,) in rows(sql, [])]
    for some in batched(count, 500, strict=False):
        count_anew(some)
    return len(count) < most
