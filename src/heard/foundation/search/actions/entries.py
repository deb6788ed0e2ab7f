"""What stands in the index for each source: its words, the stems that are not words of it, and marks to filter by."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db import connection

from heard.foundation.search.models import Source
from heard.foundation.search.rules import (
    community_mark,
    has_mark,
    kind_mark,
    language_mark,
    person_mark,
    place_of,
    plain,
    tag_mark,
)
from heard.plumbing.reading import READABLE
from heard.plumbing.tongues import language_of, split, stem

MOST_WORDS = 30_000
_LINK = re.compile(r'<a [^>]*href="https?:', re.IGNORECASE)


@dataclass(slots=True)
class Entry:
    """One document as it is to be indexed; `wanted` is the id that it should have."""

    wanted: int
    kind: Source
    source: int
    thread: int
    marks: set[str]
    title: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    extra: set[str] = field(default_factory=set)
    is_unread: bool = False

    def say(self, title: str, body: str) -> None:
        """Takes the words out of both, and their stems in the language that they are in together."""
        titled, said = list(split(title)), list(split(body))[:MOST_WORDS]
        self.title, self.body = [word.folded for word in titled], [word.folded for word in said]
        words = titled + said
        language = language_of(word.written for word in words)
        if language:
            self.marks.add(language_mark(language))
        for word in words:
            if word.is_joined:
                self.extra.update(word.written)
            elif language:
                self.extra.add(stem(word.written, language))
        self.extra -= {*self.title, *self.body}


def worth_knowing(words: Iterable[str]) -> set[str]:
    """Those of these words that somebody may mistype."""
    return {word for word in words if 3 < len(word) < 25 and word.isalpha()}


def names_among(ids: Collection[int]) -> list[str]:
    """The words of these ids by which colleagues are found."""
    return [str(word) for (word,) in rows("SELECT word FROM people_word WHERE id IN ({ids})", ids)]


def rows(sql: str, ids: Iterable[int]) -> list[tuple[object, ...]]:
    """The rows of a query with `{ids}` in it."""
    listed = ",".join(str(int(pk)) for pk in ids)
    with connection.cursor() as cursor:
        cursor.execute(sql.format(ids=listed or "NULL"))
        return list(cursor.fetchall())


def tags_of(threads: Collection[int]) -> dict[int, set[str]]:
    """The marks of the hashtags of threads."""
    marks: dict[int, set[str]] = {}
    for thread, tag in rows("SELECT thread_id, tag FROM conversation_hashtag WHERE thread_id IN ({ids})", threads):
        marks.setdefault(int(str(thread)), set()).add(tag_mark(str(tag)))
    return marks


def hanging_on(column: str, ids: Collection[int]) -> dict[int, set[str]]:
    """Marks for what hangs on messages: pictures, other files."""
    also = "AND reply_id IS NULL" if column == "thread_id" else ""
    sql = f"SELECT {column}, width IS NOT NULL FROM conversation_attachment WHERE {column} IN ({{ids}}) {also}"
    marks: dict[int, set[str]] = {}
    for pk, is_picture in rows(sql, ids):
        marks.setdefault(int(str(pk)), set()).add(has_mark("picture" if is_picture else "file"))
    return marks


def threads(ids: Collection[int]) -> list[Entry]:
    """Entries of threads that lists show; the others are to be found by nobody."""
    found = rows(
        "SELECT id, title, html, author_id, community_id, kind FROM conversation_thread "
        "WHERE id IN ({ids}) AND is_listed",
        ids,
    )
    tags, hanging = tags_of(ids), hanging_on("thread_id", ids)
    entries = []
    for pk, title, html, author, community, kind in found:
        marks = {person_mark(author), community_mark(community), kind_mark(str(kind))}
        entry = Entry(place_of(pk), Source.THREAD, pk, pk, marks | tags.get(pk, set()) | hanging.get(pk, set()))  # type: ignore[arg-type, call-overload]
        entries.append(finished(entry, str(title), str(html)))
    return entries


def replies(ids: Collection[int]) -> list[Entry]:
    """Entries of replies that are not gone; whether their thread is, is asked when they are looked for."""
    found = rows(
        "SELECT r.id, r.html, r.author_id, t.community_id, t.id FROM conversation_reply r "
        "JOIN conversation_thread t ON t.id = r.thread_id "
        "WHERE r.id IN ({ids}) AND r.deleted_at IS NULL AND r.hidden_at IS NULL",
        ids,
    )
    tags, hanging = tags_of({row[4] for row in found}), hanging_on("reply_id", ids)  # type: ignore[misc]
    entries = []
    for pk, html, author, community, thread in found:
        marks = {person_mark(author), community_mark(community), kind_mark("reply")}
        entry = Entry(place_of(pk), Source.REPLY, pk, thread, marks | tags.get(thread, set()) | hanging.get(pk, set()))  # type: ignore[arg-type, call-overload]
        entries.append(finished(entry, "", str(html)))
    return entries


def finished(entry: Entry, title: str, html: str) -> Entry:
    """The entry with the words of a message."""
    if _LINK.search(html):
        entry.marks.add(has_mark("link"))
    entry.say(title, plain(html))
    return entry


def files(ids: Collection[int]) -> list[Entry]:
    """Entries of files that hang on a message: their names, what is said of them, and what was read in them."""
    found = rows(
        "SELECT a.id, a.name, a.description, a.owner_id, a.thread_id, a.reply_id, t.community_id, "
        "a.width IS NOT NULL, COALESCE(g.text, ''), a.mime, g.attachment IS NOT NULL, a.path "
        "FROM conversation_attachment a "
        "JOIN conversation_thread t ON t.id = a.thread_id "
        "LEFT JOIN search_reading g ON g.attachment = a.id WHERE a.id IN ({ids})",
        ids,
    )
    tags = tags_of({row[4] for row in found})  # type: ignore[misc]
    entries = []
    for pk, name, description, owner, thread, reply, community, is_picture, text, mime, is_read, path in found:
        marks = {person_mark(owner), community_mark(community), kind_mark("file")}
        marks |= {has_mark("picture" if is_picture else "file")} | tags.get(thread, set())  # type: ignore[call-overload]
        entry = Entry(place_of(reply or thread), Source.FILE, pk, thread, marks)  # type: ignore[arg-type]
        entry.say(str(name), f"{description}\n{text}")
        entry.is_unread = bool(path) and not is_read and str(mime) in READABLE
        entries.append(entry)
    return entries


ENTRIES = {Source.THREAD: threads, Source.REPLY: replies, Source.FILE: files}
