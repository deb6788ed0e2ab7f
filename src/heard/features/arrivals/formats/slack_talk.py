"""What was said in one Slack channel, day by day, as threads and replies."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.json_stream import elements
from heard.features.arrivals.formats.records import Noted, Record, ReplyRecord, Skipped, ThreadRecord
from heard.features.arrivals.formats.slack_channels import Channel
from heard.features.arrivals.formats.slack_people import Directory
from heard.features.arrivals.formats.slack_subtypes import reason_to_skip, tidied
from heard.features.arrivals.formats.slack_threads import MOST_WAITING, Threads
from heard.features.arrivals.formats.slack_words import files_of, moment_of, reaction_count, reactions_of, words_of

_WRAPPERS = {"message_changed": "message", "message_deleted": "previous_message"}


class Talk:
    """Reads one channel. What it remembers is the time stamps seen, a few bytes for each message."""

    def __init__(self, archive: Archive, channel: Channel, directory: Directory) -> None:
        self.archive, self.channel, self.directory = archive, channel, directory
        self.latest = timezone.now() + timedelta(days=2)
        self.threads = Threads(channel.key, self.latest)
        self.noted: list[Noted] = []

    def records(self, names: list[str]) -> Iterator[Record]:
        """Every record of the day files `names`, which come in the order of the days."""
        for name in names:
            for nth, message in enumerate(elements(self.archive, name, self.noted), 1):
                yield from self._said(message, f"{name}, record {nth}")
            if self.threads.waiting_count > MOST_WAITING:
                yield from self.threads.without_first()
        yield from self.threads.without_first()
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
        is_known = stamp in self.threads
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
        is_known = stamp in self.threads
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
        parent = self.threads.parent_of(stamp, message.get("thread_ts") or stamp)
        record = self._record(message, parent, author, moment, words, is_deleted, where)
        if is_newer:
            yield from self.threads.newer(record, parent)
            return
        reactions = list(reactions_of(message, key, self.directory, where))
        yield from self.threads.placed(record, parent, [*files, *reactions])

    def _record(
        self, message: dict[str, Any], parent: str, author: str, moment: datetime, words: str, is_deleted: bool,
        where: str,
    ) -> ThreadRecord | ReplyRecord:  # fmt: skip
        stamp = str(message["ts"])
        key = f"{self.channel.key}/{stamp}"
        edited = message.get("edited")
        edited_at = moment_of(edited.get("ts"), self.latest) if isinstance(edited, dict) else None
        if parent:
            return ReplyRecord(
                key=key,
                thread_key="",
                author_key=author,
                said_at=moment,
                text=words,
                edited_at=edited_at,
                is_deleted=is_deleted,
                where=where,
            )
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


def _pinned_to(message: dict[str, Any]) -> list[Any]:
    pinned = message.get("pinned_to")
    return pinned if isinstance(pinned, list) else []
