"""Puts the replies of one Slack channel under their threads, also where the first message comes later or never."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.records import Noted, Record, ReplyRecord, ThreadRecord
from heard.features.arrivals.formats.slack_words import moment_of

# Replies that wait for a first message that comes later; beyond this a place is made for it at once.
MOST_WAITING = 5_000


class Threads:
    """Knows messages by their time stamps: which begin threads, which are replies and to what, and which wait."""

    def __init__(self, channel_key: str, latest: datetime) -> None:
        self.channel_key, self.latest = channel_key, latest
        self.begun: set[str] = set()
        self.replies: dict[str, str] = {}
        self.stand_ins: set[str] = set()
        self.waiting: dict[str, list[tuple[ReplyRecord, list[Record]]]] = {}
        self.waiting_count = 0

    def __contains__(self, stamp: str) -> bool:
        return stamp in self.begun or stamp in self.replies

    def parent_of(self, stamp: str, thread: str) -> str:
        """The message that `stamp` answers, if any. A first message that comes too late answers its stand-in."""
        if stamp in self.begun:
            return ""
        if stamp in self.replies:
            return self.replies[stamp]
        if stamp in self.stand_ins:
            return stamp
        return thread if thread != stamp and moment_of(thread, self.latest) else ""

    def placed(self, record: ThreadRecord | ReplyRecord, parent: str, with_it: list[Record]) -> Iterator[Record]:
        """The record in its thread at once, or kept until that comes; what hangs on it follows it."""
        stamp = _stamp(record)
        if isinstance(record, ThreadRecord):
            self.begun.add(stamp)
            yield from self._released(record, with_it)
            return
        self.replies[stamp] = parent
        if key := self.key_of(parent):
            yield from self._released(replace(record, thread_key=key), with_it)
        else:
            self.waiting.setdefault(parent, []).append((record, with_it))
            self.waiting_count += 1

    def newer(self, record: ThreadRecord | ReplyRecord, parent: str) -> Iterator[Record]:
        """A later version of a message that came; one that still waits is changed where it waits."""
        if isinstance(record, ReplyRecord):
            for nth, (reply, with_it) in enumerate(self.waiting.get(parent, ())):
                if reply.key == record.key:
                    now = replace(reply, text=record.text, edited_at=record.edited_at, is_deleted=record.is_deleted)
                    self.waiting[parent][nth] = (now, with_it)
                    return
            record = replace(record, thread_key=self.key_of(parent))
        yield replace(record, is_newer=True)

    def key_of(self, stamp: str) -> str:
        """The key of the thread that a message begins or belongs to, or nothing where it has none yet."""
        seen: set[str] = set()
        while stamp in self.replies and stamp not in self.stand_ins and stamp not in seen:
            seen.add(stamp)
            stamp = self.replies[stamp]
        if stamp in self.stand_ins:
            return f"{self.channel_key}/{stamp}/thread"
        return f"{self.channel_key}/{stamp}" if stamp in self.begun else ""

    def without_first(self) -> Iterator[Record]:
        """Replies whose first message never came, under a stand-in that says so."""
        missing = [stamp for stamp in self.waiting if stamp not in self.replies]
        # What is left then are messages that answer one another.
        for stamp in [*missing, *self.waiting]:
            if stamp not in self.waiting:
                continue
            came = self.waiting[stamp]
            first = came[0][0]
            self.stand_ins.add(stamp)
            yield Noted(reasons.PARENT_MISSING, first.where, len(came))
            stand_in = ThreadRecord(
                key=self.key_of(stamp),
                community_key=self.channel_key,
                author_key=first.author_key,
                said_at=moment_of(stamp, self.latest) or first.said_at,
                text=_("The message that began this conversation was not in the archive."),
                is_stand_in=True,
                where=first.where,
            )
            yield stand_in
            for reply, with_it in self.waiting.pop(stamp):
                self.waiting_count -= 1
                yield from self._released(replace(reply, thread_key=stand_in.key), with_it)

    def _released(self, record: ThreadRecord | ReplyRecord, with_it: list[Record]) -> Iterator[Record]:
        """A record that has its place, and every reply that waited for it."""
        ready: list[tuple[Any, list[Record]]] = [(record, with_it)]
        while ready:
            one, hanging = ready.pop()
            yield one
            yield from hanging
            came = self.waiting.pop(_stamp(one), [])
            self.waiting_count -= len(came)
            key = one.key if isinstance(one, ThreadRecord) else one.thread_key
            ready.extend((replace(reply, thread_key=key), more) for reply, more in reversed(came))


def _stamp(record: ThreadRecord | ReplyRecord) -> str:
    return record.key.rpartition("/")[2]
