"""What was said in one Slack channel, day by day, as threads and replies."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.json_stream import elements
from heard.features.arrivals.formats.records import Noted, Record, ReplyRecord, Skipped, ThreadRecord
from heard.features.arrivals.formats.slack_channels import Channel
from heard.features.arrivals.formats.slack_people import Directory
from heard.features.arrivals.formats.slack_subtypes import reason_to_skip, tidied
from heard.features.arrivals.formats.slack_words import files_of, moment_of, reaction_count, reactions_of, words_of

_WRAPPERS = {"message_changed": "message", "message_deleted": "previous_message"}
# Replies that wait for a first message that comes later; beyond this a place is made for it at once.
_MOST_WAITING = 5_000


class Talk:
    """Reads one channel. What it remembers is the time stamps seen, a few bytes for each message."""

    def __init__(self, archive: Archive, channel: Channel, directory: Directory) -> None:
        self.archive, self.channel, self.directory = archive, channel, directory
        self.latest = timezone.now() + timedelta(days=2)
        self.threads: set[str] = set()
        self.replies: dict[str, str] = {}
        self.stand_ins: set[str] = set()
        self.waiting: dict[str, list[Record]] = {}
        self.waiting_count = 0
        self.noted: list[Noted] = []

    def records(self, names: list[str]) -> Iterator[Record]:
        """Every record of the day files `names`, which come in the order of the days."""
        for name in names:
            for nth, message in enumerate(elements(self.archive, name, self.noted), 1):
                yield from self._said(message, f"{name}, record {nth}")
            if self.waiting_count > _MOST_WAITING:
                yield from self._without_parent()
        yield from self._without_parent()
        yield from self.noted

    def _said(self, message: Any, where: str) -> Iterator[Record]:
        if not isinstance(message, dict):
            yield Skipped(reasons.NO_MESSAGE, where)
            return
        message = tidied(message)
        if message.get("subtype") in _WRAPPERS:
            yield from self._unwrapped(message, where)
        elif reason := reason_to_skip(message):
            yield Skipped(reason, where)
            if lost := reaction_count(message):
                yield Noted(reasons.REACTION_BEHIND, where, lost)
        else:
            yield from self._message(message, where)

    def _unwrapped(self, event: dict[str, Any], where: str) -> Iterator[Record]:
        """An event carries the newer version of a message; unless that is new here, the event itself is none."""
        inner = event.get(_WRAPPERS[event["subtype"]])
        inner = tidied(inner) if isinstance(inner, dict) else None
        stamp = (inner or {}).get("ts") or event.get("deleted_ts") or ""
        is_known = stamp in self.threads or stamp in self.replies
        is_deletion = event["subtype"] == "message_deleted"
        if is_known or is_deletion or inner is None:
            yield Skipped(reasons.EVENT, where)
        if is_known and (is_deletion or inner):
            newer = {"ts": stamp, **(inner or {})}
            came = self._message(newer, where, is_newer=True, is_deleted=is_deletion)
            yield from (record for record in came if not isinstance(record, Skipped))
        elif not is_deletion and inner is not None:
            yield from self._message(inner, where)

    def _message(
        self, message: dict[str, Any], where: str, *, is_newer: bool = False, is_deleted: bool = False
    ) -> Iterator[Record]:
        stamp = str(message.get("ts", ""))
        moment = moment_of(stamp, self.latest)
        if moment is None:
            yield Skipped(reasons.NO_TIME, where)
            return
        is_known = stamp in self.threads or stamp in self.replies
        if is_known and not is_newer:
            yield Skipped(reasons.SAID_TWICE, where)
            return
        if message.get("subtype") == "file_comment" and isinstance(message.get("comment"), dict):
            message = {**message, "user": message["comment"].get("user") or message.get("user")}
        author, first = self.directory.author(message, where)
        if not (author or is_newer):
            yield Skipped(reasons.NO_AUTHOR, where)
            return
        key = f"{self.channel.key}/{stamp}"
        is_deleted = is_deleted or message.get("subtype") == "tombstone"
        secrets = self.directory.labels.secrets
        words = "" if is_deleted else words_of(message, self.directory.labels)
        files = [] if is_deleted else list(files_of(message, key, self.archive, where))
        if not (words or files or is_deleted):
            if not message.get("reply_count"):
                yield Skipped(reasons.NO_WORDS, where)
                return
            words = "…"
        yield from first
        if removed := self.directory.labels.secrets - secrets:
            yield Noted(reasons.SECRET_REMOVED, where, removed)
        record = self._record(message, key, stamp, author, moment, words, is_deleted, where)
        if is_newer:
            yield replace(record, is_newer=True)
            return
        reactions = list(reactions_of(message, key, self.directory, where))
        yield from self._placed(record, [*files, *reactions])

    def _record(
        self, message: dict[str, Any], key: str, stamp: str, author: str, moment: datetime, words: str,
        is_deleted: bool, where: str,
    ) -> ThreadRecord | ReplyRecord:  # fmt: skip
        edited = message.get("edited")
        edited_at = moment_of(edited.get("ts"), self.latest) if isinstance(edited, dict) else None
        parent = str(message.get("thread_ts") or stamp)
        known_parent = self.replies.get(stamp, "")
        if stamp in self.stand_ins and stamp not in self.replies:
            known_parent = stamp
        if stamp not in self.threads and (known_parent or (parent != stamp and moment_of(parent, self.latest))):
            parent = known_parent or parent
            self.replies[stamp] = parent
            return ReplyRecord(
                key=key if parent != stamp else f"{key}/first",
                thread_key=f"{self.channel.key}/{parent}",
                author_key=author,
                said_at=moment,
                text=words,
                edited_at=edited_at,
                is_deleted=is_deleted,
                where=where,
            )
        self.threads.add(stamp)
        return ThreadRecord(
            key=key,
            community_key=self.channel.key,
            author_key=author,
            said_at=moment,
            text=words,
            edited_at=edited_at,
            is_closed=bool(message.get("is_locked")),
            is_pinned=stamp in self.channel.pins or self.channel.key in _pinned_to(message),
            is_deleted=is_deleted,
            where=where,
        )

    def _placed(self, record: ThreadRecord | ReplyRecord, with_it: list[Any]) -> Iterator[Record]:
        """In its place at once, or kept until its first message comes; what hangs on it follows it."""
        if isinstance(record, ReplyRecord):
            parent = record.thread_key.rpartition("/")[2]
            if parent not in self.threads and parent not in self.stand_ins:
                self.waiting.setdefault(parent, []).extend([record, *with_it])
                self.waiting_count += 1
                return
        yield record
        yield from with_it
        if isinstance(record, ThreadRecord):
            came = self.waiting.pop(record.key.rpartition("/")[2], [])
            self.waiting_count -= sum(isinstance(one, ReplyRecord) for one in came)
            yield from came

    def _without_parent(self) -> Iterator[Record]:
        """Replies whose first message never came, under a stand-in that says so."""
        for stamp, came in self.waiting.items():
            first = next(one for one in came if isinstance(one, ReplyRecord))
            self.stand_ins.add(stamp)
            yield Noted(reasons.PARENT_MISSING, first.where, sum(isinstance(one, ReplyRecord) for one in came))
            yield ThreadRecord(
                key=first.thread_key,
                community_key=self.channel.key,
                author_key=first.author_key,
                said_at=moment_of(stamp, self.latest) or first.said_at,
                text=_("The message that began this conversation was not in the archive."),
                is_stand_in=True,
                where=first.where,
            )
            yield from came
        self.waiting, self.waiting_count = {}, 0


def _pinned_to(message: dict[str, Any]) -> list[Any]:
    pinned = message.get("pinned_to")
    return pinned if isinstance(pinned, list) else []
