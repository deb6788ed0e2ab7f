"""Writes a batch of messages in one short transaction, and keeps every count that pages show right."""

import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import F

from heard.features.arrivals.actions.known import Known, Said
from heard.features.arrivals.actions.messages import Draft, Message, fingerprint
from heard.features.arrivals.actions.tally import Tally
from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.records import ThreadRecord
from heard.features.arrivals.models import Arrived, Sort
from heard.foundation.communities.models import Community
from heard.foundation.conversation.models import (
    Attachment,
    Hashtag,
    Kind,
    Mention,
    Reaction,
    Reply,
    Revision,
    Stage,
    Thread,
)
from heard.plumbing.rows import Rows, for_database, ready_rows
from heard.plumbing.text import fold_hashtag

_SHARED = ["id", "author_id", "source", "html", "excerpt", "created_at", "edited_at", "deleted_at", "reactions"]
_OF_THREAD = (
    *_SHARED,
    "community_id",
    "kind",
    "title",
    "reply_count",
    "newest_at",
    "stage",
    "closed_at",
    "pinned_at",
)
_OF_REPLY = (*_SHARED, "thread_id", "parent_id")


@dataclass(frozen=True, slots=True)
class Late:
    """A message that refers to another one which was not here yet: its ids, what it says now, and what it should."""

    id: int
    thread_id: int
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Settled:
    """A batch with its rows made ready."""

    batch: list[Message]
    threads: list[Draft]
    replies: list[Draft]
    rows: list[Rows]


class Saying:
    """The part of the writer that knows the tables of the conversation."""

    def __init__(self, known: Known, tally: Tally) -> None:
        self.known, self.tally = known, tally
        self.waiting: list[Late] = []

    def settle(self, batch: list[Message]) -> Settled:
        """Everything that can be made ready before the transaction."""
        fresh = [message for message in batch if not message.is_change]
        _summarise(fresh)
        threads = [message.row for message in fresh if message.row.is_thread]
        replies = [message.row for message in fresh if not message.row.is_thread]
        rows = [
            ready_rows(Thread, _values(threads, _OF_THREAD)),
            ready_rows(Reply, _values(replies, _OF_REPLY)),
            ready_rows(Reaction, _reactions(fresh)),
            ready_rows(Attachment, _attachments(fresh)),
            ready_rows(Mention, _mentions(batch), or_ignore=True),
            ready_rows(Hashtag, _hashtags(batch), or_ignore=True),
            ready_rows(Arrived, (self._arrived(message) for message in fresh)),
        ]
        return Settled(batch, threads, replies, rows)

    def write(self, settled: Settled) -> None:
        """Writes a batch inside the caller's transaction."""
        for rows in settled.rows:
            rows.insert()
        _count_threads(settled.threads)
        _count_replies(settled.replies, {thread.id for thread in settled.threads})
        for message in settled.batch:
            _hang_stored(message)
            if message.is_change:
                _change(message)
                arrived = Arrived.objects.filter(place=self.known.place, key=message.record.key)
                arrived.update(words=fingerprint(message.record))

    def count(self, batch: list[Message]) -> None:
        """Tells the tally what came, and keeps what waits for a message that it refers to."""
        said = {}
        for message in batch:
            said[message.record.key] = Said(message.row.id, message.row.thread_id, fingerprint(message.record))
            if message.written.is_waiting:
                row = message.row
                self.waiting.append(Late(row.id, row.thread_id, row.source, message.record.text))
            if message.is_change:
                continue
            self.tally.add(message.record)
            for reaction in message.reactions.values():
                self.tally.add(reaction)
            for file in message.files:
                self.tally.add(file)
                if file.key not in message.stored:
                    self.tally.note(reasons.FILE_MISSING, file.where)
        self.known.remember_said(said)

    def _arrived(self, message: Message) -> dict[str, Any]:
        return {
            "place_id": self.known.place.pk,
            "run_id": self.known.run.pk,
            "sort": Sort.THREAD if message.row.is_thread else Sort.REPLY,
            "key": message.record.key,
            "target": message.row.id,
            "words": fingerprint(message.record),
        }


def _summarise(fresh: list[Message]) -> None:
    """Fills in what rows say of one another: counts and reactions, and one level of answers."""
    threads = {message.row.id: message.row for message in fresh if message.row.is_thread}
    parents = {message.row.id: message.row.parent_id for message in fresh if not message.row.is_thread}
    asked = {parent for parent in parents.values() if parent and parent not in parents}
    parents |= dict(Reply.objects.filter(pk__in=asked).values_list("pk", "parent_id")) if asked else {}
    for message in fresh:
        row = message.row
        row.reactions = dict(Counter(emoji for _person, emoji in message.reactions))
        if row.parent_id:
            row.parent_id = parents.get(row.parent_id) or row.parent_id
        thread = threads.get(row.thread_id)
        if thread is not None and thread is not row and row.deleted_at is None:
            thread.reply_count += 1
            thread.newest_at = max(thread.newest_at, row.created_at)
            if thread.kind != Kind.SHARE and thread.author_id != row.author_id:
                thread.stage = Stage.ANSWERED


def _values(rows: Iterable[Draft], names: Iterable[str]) -> Iterable[dict[str, Any]]:
    return ({name: getattr(row, name) for name in names} for row in rows)


def _reactions(fresh: Iterable[Message]) -> Iterable[dict[str, Any]]:
    return (
        {
            **message.at,
            "person_id": person,
            "emoji": emoji,
            "reacted_at": record.reacted_at or message.record.said_at,
        }
        for message in fresh
        for (person, emoji), record in message.reactions.items()
    )


def _attachments(fresh: Iterable[Message]) -> Iterable[dict[str, Any]]:
    """Files of which the archive holds no more than the name."""
    return (
        {
            **message.at,
            "code": secrets.token_urlsafe(18),
            "owner_id": message.row.author_id,
            "name": file.name[:200],
            "mime": file.media_type[:100],
            "size": file.size,
            "uploaded_at": message.record.said_at,
        }
        for message in fresh
        for file in message.files
        if file.key not in message.stored
    )


def _hang_stored(message: Message) -> None:
    codes = [stored.code for stored in message.stored.values()]
    if codes:
        Attachment.objects.filter(code__in=codes).update(**message.at, uploaded_at=message.record.said_at)


def _mentions(batch: Iterable[Message]) -> Iterable[dict[str, Any]]:
    return (
        {**message.at, "person_id": person} for message in batch for person in dict.fromkeys(message.written.mentioned)
    )


def _hashtags(batch: Iterable[Message]) -> Iterable[dict[str, Any]]:
    tags: dict[tuple[int, str], None] = {}
    for message in batch:
        record = message.record
        more = [fold_hashtag(tag) for tag in record.tags] if isinstance(record, ThreadRecord) else []
        for tag in (*message.written.rendered.hashtags, *more):
            tags[message.row.thread_id, tag[:60]] = None
    return ({"thread_id": thread, "tag": tag} for thread, tag in tags)


def _count_threads(threads: list[Draft]) -> None:
    newest: dict[int, datetime] = {}
    for thread in threads:
        newest[thread.community_id] = max(newest.get(thread.community_id, thread.created_at), thread.created_at)
    for community, count in Counter(thread.community_id for thread in threads).items():
        place = Community.objects.filter(pk=community)
        place.update(thread_count=F("thread_count") + count)
        place.exclude(newest_thread_at__gt=newest[community]).update(newest_thread_at=newest[community])


def _count_replies(replies: list[Draft], new_threads: set[int]) -> None:
    """Replies to threads of earlier batches; those to new threads were counted with them."""
    late = [reply for reply in replies if reply.thread_id not in new_threads and reply.deleted_at is None]
    if not late:
        return
    newest: dict[int, datetime] = {}
    for reply in late:
        newest[reply.thread_id] = max(newest.get(reply.thread_id, reply.created_at), reply.created_at)
    counts = Counter(reply.thread_id for reply in late)
    moments = {pk: for_database(at) for pk, at in newest.items()}
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE conversation_thread SET reply_count = reply_count + %s, version = version + 1, "
            "newest_at = CASE WHEN newest_at < %s THEN %s ELSE newest_at END WHERE id = %s",
            [(count, moments[pk], moments[pk], pk) for pk, count in counts.items()],
        )
    asked = Thread.objects.filter(pk__in=list(counts), stage=Stage.SAID).exclude(kind=Kind.SHARE)
    authors = dict(asked.values_list("pk", "author_id"))
    answered = {one.thread_id for one in late if authors.get(one.thread_id, one.author_id) != one.author_id}
    if answered:
        Thread.objects.filter(pk__in=answered).update(stage=Stage.ANSWERED)


def _change(message: Message) -> None:
    """A later version: what was said before is kept, as with an edit."""
    row, record = message.row, message.record
    found = (Thread if row.is_thread else Reply).objects.filter(pk=row.id)
    source, html = found.values_list("source", "html").get()
    Revision.objects.create(
        **message.at,
        source=source,
        html=html,
        edited_by_id=row.author_id,
        edited_at=record.edited_at or record.said_at,
    )
    Mention.objects.filter(**message.at).exclude(person__in=message.written.mentioned).delete()
    found.update(
        source=row.source,
        html=row.html,
        excerpt=row.excerpt,
        edited_at=row.edited_at,
        deleted_at=row.deleted_at,
        version=F("version") + 1,
    )
    if not row.is_thread:
        lost = 1 if row.deleted_at else 0
        Thread.objects.filter(pk=row.thread_id).update(reply_count=F("reply_count") - lost, version=F("version") + 1)
