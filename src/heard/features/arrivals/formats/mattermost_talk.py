"""What was said on a Mattermost server: posts with their replies, as threads and replies."""

import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any
from zlib import crc32

from django.utils.translation import gettext as _

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.acquaintances import Acquaintances
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.emoji_names import emoji_named
from heard.features.arrivals.formats.mattermost_text import Names
from heard.features.arrivals.formats.moments import latest_moment, moment_of_milliseconds
from heard.features.arrivals.formats.records import (
    FileRecord,
    Noted,
    ReactionRecord,
    Record,
    ReplyRecord,
    Skipped,
    Standing,
    ThreadRecord,
)
from heard.features.arrivals.formats.shelf import Shelf
from heard.features.arrivals.formats.values import dict_in, dicts_in, list_in, number_in, text_in

_LONGEST_EMOJI = 40
_JOINED = ("system_join", "system_leave", "system_add", "system_remove", "system_guest_join")
_CHANGED = ("system_header", "system_displayname", "system_purpose", "system_convert", "system_channel")


@dataclass(frozen=True, slots=True)
class _Said:
    """A post or reply that can be read, and the records that come before and after it."""

    key: str
    author: str
    moment: datetime
    text: str
    edited_at: datetime | None
    before: list[Record]
    after: list[Record]


class Talk:
    """Reads posts one after another; which ones came is remembered outside memory."""

    def __init__(self, archive: Archive, root: str, people: Acquaintances, names: Names) -> None:
        self.archive, self.root, self.people, self.names = archive, root, people, names
        self.latest = latest_moment()
        self.came = Shelf()

    def posted(self, post: Any, where: str) -> Iterator[Record]:
        """A post and its replies; one that cannot come leaves its replies under a stand-in."""
        if not isinstance(post, dict):
            yield Skipped(reasons.NO_MESSAGE, where)
            return
        team = text_in(post.get("team")).lower()
        channel = f"{team}/{text_in(post.get('channel')).lower()}"
        replies = list_in(post.get("replies"))
        if channel not in self.names.channels:
            yield Skipped(reasons.UNKNOWN_CHANNEL, where, 1 + len(replies))
            return
        said = self._read(post, channel, where, has_replies=bool(replies))
        thread = ""
        if isinstance(said, _Said):
            thread = said.key
            yield from said.before
            yield ThreadRecord(
                key=said.key,
                community_key=channel,
                author_key=said.author,
                said_at=said.moment,
                text=said.text,
                edited_at=said.edited_at,
                is_pinned=post.get("is_pinned") is True,
                where=where,
            )
            yield from said.after
        else:
            yield said
            thread = _key(channel, post) if said.reason == reasons.SAID_TWICE else ""
        yield from self._replied(replies, channel, thread, where)

    def _replied(self, replies: list[Any], channel: str, thread: str, where: str) -> Iterator[Record]:
        in_order = sorted(enumerate(replies, 1), key=lambda pair: _order(pair[1]))
        for nth, reply in in_order:
            place = f"{where}, reply {nth}"
            said = self._read(reply, channel, place) if isinstance(reply, dict) else Skipped(reasons.NO_MESSAGE, place)
            if isinstance(said, Skipped):
                yield said
                continue
            yield from said.before
            if not thread:
                thread = f"{said.key}/thread"
                yield Noted(reasons.PARENT_MISSING, place)
                yield ThreadRecord(
                    key=thread,
                    community_key=channel,
                    author_key=said.author,
                    said_at=said.moment,
                    text=_("The message that began this conversation was not in the archive."),
                    is_stand_in=True,
                    where=place,
                )
            yield ReplyRecord(
                key=said.key,
                thread_key=thread,
                author_key=said.author,
                said_at=said.moment,
                text=said.text,
                edited_at=said.edited_at,
                where=place,
            )
            yield from said.after

    def _read(self, entry: dict[str, Any], channel: str, where: str, *, has_replies: bool = False) -> _Said | Skipped:
        if (reason := _reason_to_skip(text_in(entry.get("type")))) and not has_replies:
            return Skipped(reason, where)
        moment = moment_of_milliseconds(number_in(entry.get("create_at")), self.latest)
        if moment is None:
            return Skipped(reasons.NO_TIME, where)
        author, name, standing = _author(entry)
        if not author:
            return Skipped(reasons.NO_AUTHOR, where)
        secrets = self.names.secrets
        text = self._words(entry, channel.partition("/")[0])
        attachments = dicts_in(entry.get("attachments"))
        if not text and not attachments:
            if not has_replies:
                return Skipped(reasons.NO_WORDS, where)
            text = "…"
        key = self._new_key(channel, entry)
        if not key:
            return Skipped(reasons.SAID_TWICE, where)
        before: list[Record] = [*self.people.met(author, where, name=name, standing=standing)]
        if removed := self.names.secrets - secrets:
            before.append(Noted(reasons.SECRET_REMOVED, where, removed))
        edited_at = moment_of_milliseconds(number_in(entry.get("edit_at")), self.latest)
        return _Said(
            key=key,
            author=author,
            moment=moment,
            text=text,
            edited_at=edited_at if edited_at and edited_at > moment else None,
            before=before,
            after=[*self._files(attachments, key, where), *self._reactions(entry, key, where)],
        )

    def _words(self, entry: dict[str, Any], team: str) -> str:
        message = entry.get("message")
        said = self.names.markdown(message, team) if isinstance(message, str) else ""
        return "\n\n".join(part for part in (said, self.names.attached(entry.get("props"), team)) if part.strip())

    def _new_key(self, channel: str, entry: dict[str, Any]) -> str:
        """A message has no id. Words may change, so they tell apart only what one person said in one moment."""
        key, words = _key(channel, entry), crc32(text_in(entry.get("message")).encode("utf-8", "replace"))
        for one in (key, f"{key}/{words}"):
            before = self.came.get(one)
            if before is None:
                self.came.put(one, words)
                return one
            if before == words:
                return ""
        return ""

    def _files(self, attachments: list[dict[str, Any]], key: str, where: str) -> Iterator[FileRecord]:
        for path in dict.fromkeys(text_in(one.get("path")) for one in attachments):
            name = path.rpartition("/")[2] or _("a file without a name")
            member = next((it for it in self._members(path) if it in self.archive), "") if path else ""
            yield FileRecord(
                message_key=key,
                key=path[-200:] or name,
                name=name,
                media_type=mimetypes.guess_type(name)[0] or "",
                size=self.archive.size_of(member) if member else 0,
                member=member,
                where=where,
            )

    def _members(self, path: str) -> Iterator[str]:
        """Where a file may lie: below `data`, and nowhere else, for a message may name whatever it likes."""
        if self.archive.is_packed:
            bare = path.removeprefix("./").lstrip("/")
            yield from (
                it for it in (self.root + bare, f"{self.root}data/{bare}") if it.startswith(f"{self.root}data/")
            )

    def _reactions(self, entry: dict[str, Any], key: str, where: str) -> Iterator[Record]:
        seen: set[tuple[str, str]] = set()
        for reaction in dicts_in(entry.get("reactions")):
            person, name = text_in(reaction.get("user")).lower()[:200], text_in(reaction.get("emoji_name"))
            if not person or not name:
                continue
            emoji = emoji_named(name)
            if not emoji:
                emoji = f":{name[: _LONGEST_EMOJI - 2]}:"
                yield Noted(reasons.CUSTOM_EMOJI, where)
            if (person, emoji) in seen:
                yield Noted(reasons.SAME_REACTION, where)
                continue
            seen.add((person, emoji))
            yield from self.people.met(person, where, name=person)
            reacted_at = moment_of_milliseconds(number_in(reaction.get("create_at")), self.latest)
            yield ReactionRecord(key, person, emoji, reacted_at, where=where)


def _author(entry: dict[str, Any]) -> tuple[str, str, Standing]:
    """Who wrote. Whoever set a webhook up did not say what came through it: a program of its own name did."""
    key, props = text_in(entry.get("user")).lower()[:200], dict_in(entry.get("props"))
    if props.get("from_webhook") in ("true", True):
        name = text_in(props.get("override_username")) or _("a webhook")
        return f"webhook:{name.lower()[:190]}", name, "program"
    return key, key, "program" if props.get("from_bot") in ("true", True) else "unlisted"


def _key(channel: str, entry: dict[str, Any]) -> str:
    said = f"{channel}\n{number_in(entry.get('create_at'))}\n{text_in(entry.get('user')).lower()}"
    return blake2b(said.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _order(reply: Any) -> int:
    return number_in(reply.get("create_at")) or 0 if isinstance(reply, dict) else 0


def _reason_to_skip(kind: str) -> str:
    if not kind.startswith("system_"):
        return ""
    if kind.startswith(_JOINED):
        return reasons.JOINED_OR_LEFT
    return reasons.CHANNEL_CHANGED if kind.startswith(_CHANGED) else reasons.SYSTEM_EVENT
