"""What was said in the export of a whole Zulip server, file by file."""

import json
import mimetypes
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.json_stream import table_elements
from heard.features.arrivals.formats.moments import moment_of_seconds
from heard.features.arrivals.formats.records import (
    FileRecord,
    Noted,
    ReactionRecord,
    Record,
    ReplyRecord,
    Skipped,
    ThreadRecord,
)
from heard.features.arrivals.formats.shelf import Seen, Shelf
from heard.features.arrivals.formats.values import dict_in, list_in, number_in, text_in
from heard.features.arrivals.formats.zulip_links import titled
from heard.features.arrivals.formats.zulip_realm import REALM, Realm, topic_number
from heard.features.arrivals.formats.zulip_topics import as_status

_MESSAGES = re.compile(r"(?:.*/)?messages-(\d+)\.json(?:\.partial)?")
_MOST_EDITS = 200_000


def is_export(archive: Archive) -> bool:
    """Whether the lists of a Zulip server are in it."""
    return archive.is_packed and REALM in archive and "zerver_" in archive.head(REALM, 65_536)


def records_of_export(archive: Archive) -> Iterator[Record]:
    """People, channels, memberships, then every message in the order of the files."""
    realm = Realm(archive)
    yield from realm.records()
    names = sorted((int(found[1]), name) for name in archive.names if (found := _MESSAGES.fullmatch(name)))
    talk = _Talk(archive, realm)
    talk.look_ahead([name for _nth, name in names])
    for _nth, name in names:
        yield from talk.records(name)
    yield from talk.noted


class _Talk:
    """Reads messages. Of each it remembers no more than its id, and that not in memory."""

    def __init__(self, archive: Archive, realm: Realm) -> None:
        self.archive, self.realm = archive, realm
        self.seen, self.early = Seen(), Shelf()
        self.moved_up: set[int] = set()
        self.noted: list[Noted] = []

    def look_ahead(self, names: list[str]) -> None:
        """Finds the first messages of topics that stand behind later ones: some servers export in several parts."""
        least: dict[int, int] = {}
        for name in names:
            for nth, message in self._messages(name, self.noted):
                number, channel = number_in(message.get("id")), self._channel(message)
                if number is None or not channel:
                    continue
                topic = topic_number(channel, text_in(message.get("subject")))
                if number < least.setdefault(topic, number):
                    least[topic] = number
                    self.early.put(topic, json.dumps([name, nth, message]))

    def records(self, name: str) -> Iterator[Record]:
        """The messages of one file."""
        for nth, message in self._messages(name, None):
            yield from self._said(message, f"{name}, record {nth}")

    def _messages(self, name: str, noted: list[Noted] | None) -> Iterator[tuple[int, dict[str, Any]]]:
        nth = 0
        for table, row in table_elements(self.archive, name, ("zerver_message", "zerver_usermessage"), noted):
            if table == "zerver_message":
                nth += 1
                yield nth, dict_in(row)
            elif nth:
                # Who received what follows; there is a row for each person and message.
                return

    def _channel(self, message: dict[str, Any]) -> str:
        recipient = number_in(message.get("recipient"))
        return self.realm.channels.get(recipient, "") if recipient is not None else ""

    def _said(self, message: dict[str, Any], where: str) -> Iterator[Record]:
        number = number_in(message.get("id"))
        if number is None:
            yield Skipped(reasons.NO_MESSAGE, where)
            return
        channel = self._channel(message)
        if not channel or channel not in self.realm.places.channels:
            is_known = number_in(message.get("recipient")) in self.realm.channels and not channel
            yield from self._behind(number, reasons.DIRECT_MESSAGE if is_known else reasons.UNKNOWN_FOLDER, where)
            return
        if number in self.moved_up:
            self.moved_up.discard(number)
            return
        if not self.seen.is_new(number):
            yield Skipped(reasons.SAID_TWICE, where)
            return
        topic = topic_number(channel, text_in(message.get("subject")))
        if topic not in self.realm.topics and (told := self.early.get(topic)):
            name, nth, first = json.loads(told)
            earlier = number_in(first["id"])
            if earlier is not None and earlier != number and self.seen.is_new(earlier):
                self.moved_up.add(earlier)
                yield from self._message(first, earlier, channel, topic, f"{name}, record {nth}")
        yield from self._message(message, number, channel, topic, where)

    def _message(self, message: dict[str, Any], number: int, channel: str, topic: int, where: str) -> Iterator[Record]:
        author = text_in(message.get("sender"))
        said_at = moment_of_seconds(message.get("date_sent", message.get("pub_date")), self.realm.latest)
        if not author or said_at is None:
            yield from self._behind(number, reasons.NO_TIME if author else reasons.NO_AUTHOR, where)
            return
        secrets = self.realm.text.secrets
        text = as_status(self.realm.text.markdown(text_in(message.get("content"))))
        uploads = self.realm.text.uploads
        if not (text or uploads):
            yield from self._behind(number, reasons.NO_WORDS, where)
            return
        if lost := self.realm.text.secrets - secrets:
            yield Noted(reasons.SECRET_REMOVED, where, lost)
        yield from self.realm.people.met(author, where)
        key = str(number)
        edited_at = self._edited_at(message)
        if thread := self.realm.topics.get(topic):
            yield ReplyRecord(
                key=key,
                thread_key=thread,
                author_key=author,
                said_at=said_at,
                text=text,
                edited_at=edited_at,
                where=where,
            )
        else:
            self.realm.topics[topic] = key
            title, is_resolved = titled(text_in(message.get("subject")))
            if is_resolved:
                yield Noted(reasons.RESOLVED, where)
            yield ThreadRecord(
                key=key,
                community_key=channel,
                author_key=author,
                said_at=said_at,
                text=text,
                title=title,
                edited_at=edited_at,
                where=where,
            )
        yield from self._hanging(key, number, uploads, where)

    def _hanging(self, key: str, number: int, uploads: dict[str, str], where: str) -> Iterator[Record]:
        for path, name in uploads.items():
            member = f"uploads/{path}" if f"uploads/{path}" in self.archive else ""
            size = self.archive.size_of(member) if member else 0
            yield FileRecord(key, path, name, mimetypes.guess_type(name)[0] or "", size, member, where)
        came: set[tuple[str, str]] = set()
        for person, emoji, is_known in self.realm.reactions(number):
            if (person, emoji) in came:
                yield Noted(reasons.SAME_REACTION, where)
                continue
            came.add((person, emoji))
            if not is_known:
                yield Noted(reasons.CUSTOM_EMOJI, where)
            yield from self.realm.people.met(person, where)
            yield ReactionRecord(key, person, emoji, where=where)

    def _behind(self, number: int, reason: str, where: str) -> Iterator[Skipped | Noted]:
        yield Skipped(reason, where)
        if lost := sum(1 for _reaction in self.realm.reactions(number)):
            yield Noted(reasons.REACTION_BEHIND, where, lost)

    def _edited_at(self, message: dict[str, Any]) -> datetime | None:
        """When its words were changed last; that it was moved to another topic is no edit."""
        edits = message.get("edit_history")
        if isinstance(edits, str) and len(edits) < _MOST_EDITS:
            try:
                listed = list_in(json.loads(edits))
            except (ValueError, RecursionError):
                listed = []
            if listed and not any("prev_content" in dict_in(edit) for edit in listed):
                return None
        return moment_of_seconds(message.get("last_edit_time"), self.realm.latest)
