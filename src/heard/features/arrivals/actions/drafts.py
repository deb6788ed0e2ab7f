"""Messages of a batch before they are rows: what the archive says of each, and the row that it becomes or changes."""

from dataclasses import dataclass, field
from datetime import datetime
from zlib import crc32

from heard.features.arrivals.actions.referring import Resolved, Written
from heard.features.arrivals.formats.records import CountRecord, FileRecord, ReactionRecord, ReplyRecord, ThreadRecord
from heard.foundation.conversation.models import Attachment, Kind, Stage

type MessageRecord = ThreadRecord | ReplyRecord


@dataclass(slots=True)
class Draft:
    """A row of the conversation that is not written yet: a thread if `thread_id` is its own, else a reply."""

    id: int
    thread_id: int
    author_id: int
    created_at: datetime
    newest_at: datetime
    source: str = ""
    html: str = ""
    excerpt: str = ""
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    reactions: dict[str, int] = field(default_factory=dict)
    unnamed_reactions: dict[str, int] = field(default_factory=dict)
    parent_id: int | None = None
    community_id: int = 0
    kind: str = Kind.SHARE
    title: str = ""
    stage: int = Stage.SAID
    reply_count: int = 0
    closed_at: datetime | None = None
    pinned_at: datetime | None = None

    @property
    def is_thread(self) -> bool:
        """Whether it begins a conversation."""
        return self.id == self.thread_id


@dataclass(slots=True)
class Message:
    """One message of a batch: what the archive says of it, and the row it becomes, or that it changes."""

    record: MessageRecord
    row: Draft
    resolved: Resolved
    written: Written | None = None
    is_change: bool = False
    reactions: dict[tuple[int, str], ReactionRecord] = field(default_factory=dict)
    counts: dict[str, CountRecord] = field(default_factory=dict)
    files: list[FileRecord] = field(default_factory=list)
    stored: dict[str, Attachment] = field(default_factory=dict)

    @property
    def text(self) -> Written:
        """The text, once it is rendered."""
        if self.written is None:
            raise ValueError(self.record.where)
        return self.written

    @property
    def at(self) -> dict[str, int | None]:
        """Where what hangs on it belongs."""
        return {"thread_id": self.row.thread_id, "reply_id": None if self.row.is_thread else self.row.id}


def fingerprint(record: MessageRecord) -> int:
    """Differs where a later version of a message says something else."""
    return crc32(f"{record.text}|{record.edited_at}|{record.is_deleted}".encode("utf-8", "replace")) + 1
