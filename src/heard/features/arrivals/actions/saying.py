"""Writes a batch of messages in one short transaction, and keeps every count that pages show right."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from heard.features.arrivals.actions.counting import change, count_replies, count_threads, summarise
from heard.features.arrivals.actions.drafts import Draft, Message, fingerprint
from heard.features.arrivals.actions.hanging import attachments, hang_stored, hashtags, marks, mentions, reactions
from heard.features.arrivals.actions.known import Known, Row, Said
from heard.features.arrivals.actions.late import LateReactions, count_late_reactions, late_reactions
from heard.features.arrivals.actions.tally import Tally
from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.records import ReactionRecord
from heard.features.arrivals.models import Arrived, Mark, Mended, Sort
from heard.foundation.conversation.models import Attachment, Hashtag, Mention, Reaction, Reply, Thread
from heard.plumbing.rows import Rows, ready_rows

_SHARED = ["id", "author_id", "source", "html", "excerpt", "created_at", "edited_at", "deleted_at", "reactions"]
_SHARED += ["unnamed_reactions"]
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
    late: LateReactions


class Saying:
    """The part of the writer that knows the tables of the conversation."""

    def __init__(self, known: Known, tally: Tally) -> None:
        self.known, self.tally = known, tally
        self.waiting: list[Late] = []

    def settle(self, batch: list[Message], late: list[tuple[Said, int, ReactionRecord]]) -> Settled:
        """Everything that can be made ready before the transaction; `late` are reactions to what is here already."""
        fresh = [message for message in batch if not message.is_change]
        summarise(fresh)
        threads = [message.row for message in fresh if message.row.is_thread]
        replies = [message.row for message in fresh if not message.row.is_thread]
        rows = [
            ready_rows(Thread, _values(threads, _OF_THREAD)),
            ready_rows(Reply, _values(replies, _OF_REPLY)),
            ready_rows(Reaction, reactions(fresh)),
            ready_rows(Attachment, attachments(fresh)),
            ready_rows(Mention, mentions(batch), or_ignore=True),
            ready_rows(Hashtag, hashtags(batch), or_ignore=True),
            ready_rows(Arrived, (self._arrived(message) for message in fresh)),
            ready_rows(Mark, marks(fresh, self.known.run.pk), or_ignore=True),
        ]
        return Settled(batch, threads, replies, rows, late_reactions(late))

    def write(self, settled: Settled) -> None:
        """Writes a batch inside the caller's transaction."""
        for rows in (*settled.rows, settled.late.rows):
            rows.insert()
        count_late_reactions(settled.late)
        count_threads(settled.threads)
        count_replies(settled.replies, {thread.id for thread in settled.threads})
        for message in settled.batch:
            hang_stored(message)
            if message.is_change:
                sort = Sort.THREAD if message.row.is_thread else Sort.REPLY
                arrived = Arrived.objects.filter(place=self.known.place, key=message.record.key, sort=sort)
                before = arrived.values_list("words", flat=True).first() or 0
                Mended.objects.create(run=self.known.run, revision=change(message), words=before)
                arrived.update(words=fingerprint(message.record))

    def count(self, settled: Settled) -> None:
        """Tells the tally what came, and keeps what waits for a message that it refers to."""
        for record in settled.late.records:
            self.tally.add(record)
            self.tally.note(reasons.LATE_REACTION, record.where)
        for message in settled.batch:
            if message.text.is_waiting:
                row = message.row
                self.waiting.append(Late(row.id, row.thread_id, row.source, message.record.text))
            if message.is_change:
                continue
            self.tally.add(message.record)
            for reaction in message.reactions.values():
                self.tally.add(reaction)
            for count in message.counts.values():
                self.tally.add(count)
            for file in message.files:
                self.tally.add(file if file.key in message.stored else replace(file, member=""))

    def _arrived(self, message: Message) -> Row:
        sort = Sort.THREAD if message.row.is_thread else Sort.REPLY
        return self.known.arrived(sort, message.record.key, message.row.id, fingerprint(message.record))


def _values(rows: Iterable[Draft], names: Iterable[str]) -> Iterable[dict[str, Any]]:
    return ({name: getattr(row, name) for name in names} for row in rows)
