"""A table's messages as records: who said them, where, and in answer to what."""

import ast
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.messages_laid import Message, Messages
from heard.features.arrivals.formats.messages_text import Words
from heard.features.arrivals.formats.moments import latest_moment
from heard.features.arrivals.formats.office_moments import moment_of_cell
from heard.features.arrivals.formats.people_csv import address_in
from heard.features.arrivals.formats.records import (
    Access,
    CommunityRecord,
    CountRecord,
    FileRecord,
    Kind,
    Noted,
    PersonRecord,
    Record,
    ReplyRecord,
    Standing,
    ThreadRecord,
)
from heard.plumbing.text.emoji import as_emoji, from_short_name

_NO = frozenset(("", "0", "false", "no", "n", "null", "none", "-"))
_PRIVATE = ("private", "secret", "closed", "geheim", "privat", "prive", "privé", "privado", "unlisted", "restricted")
_ASKS = ("question", "ask", "frage", "pregunta")
_REACTION = re.compile(r"\s*(.+?)\s*[:=x×\s]\s*(\d{1,9})\s*$")
_LONGEST_REACTION = 200
_GENERAL = "General"


def told(messages: Messages) -> Iterator[Record]:
    """Every conversation, with people and communities before what first needs them."""
    yield from _Teller(messages).records()


class _Teller:
    def __init__(self, messages: Messages) -> None:
        self.messages, self.latest = messages, latest_moment()
        self.people: dict[str, str] = {}
        self.communities: dict[str, str] = {}
        self.private: set[str] = set()
        self.words = Words()

    def records(self) -> Iterator[Record]:
        for cells in self.messages.cells():
            record = author_of(cells)
            if record.key not in self.people:
                self.people[record.key] = record.name
                self.words.meet(record)
                yield record
            if self._access(cells) == "private":  # one word of it is enough
                self.private.add(self._community_name(cells).casefold())
        for root, conversation in self.messages.conversations():
            yield from self._conversation(root, conversation)

    def _conversation(self, root: str, conversation: Iterator[Message]) -> Iterator[Record]:
        """Its first message, then what answers it; where the first is missing, a stand-in holds the rest."""
        first = next(conversation)
        yield from self._met(first)
        community = self._community_name(first.cells).casefold()
        came: set[str] = set()
        if first.key == root or root.startswith("thread "):
            thread = first.key
            yield from self._thread(first, community)
        else:
            thread = f"{root}/thread"[:250]
            yield Noted(reasons.PARENT_MISSING, first.where)
            author = author_of(first.cells).key
            yield ThreadRecord(thread, community, author, first.at, "", is_stand_in=True, where=first.where)
            conversation = chain([first], conversation)
        for message in conversation:
            parent = message.cells.get("parent", "")
            yield from self._reply(message, thread, parent if parent in came else "")
            came.add(message.key)

    def _thread(self, message: Message, community: str) -> Iterator[Record]:
        cells = message.cells
        is_deleted = cells.get("deleted", "").casefold() not in _NO
        text, noted = self._text(message)
        kind: Kind = "ask" if cells.get("kind", "").casefold().startswith(_ASKS) else "share"
        yield ThreadRecord(
            key=message.key,
            community_key=community,
            author_key=author_of(cells).key,
            said_at=message.at,
            text="" if is_deleted else text,
            title="" if is_deleted else self.words.title(cells.get("title", "")),
            kind=kind,
            edited_at=moment_of_cell(cells.get("edited", ""), self.latest),
            tags=tuple(
                tag for part in re.split(r"[;,|]", cells.get("tags", "")) if (tag := part.strip(" #[]'\"")[:60])
            ),
            is_deleted=is_deleted,
            where=message.where,
        )
        yield from self._hanging(message, noted)

    def _reply(self, message: Message, thread: str, answers: str) -> Iterator[Record]:
        cells = message.cells
        is_deleted = cells.get("deleted", "").casefold() not in _NO
        text, noted = self._text(message)
        yield ReplyRecord(
            key=message.key,
            thread_key=thread,
            author_key=author_of(cells).key,
            said_at=message.at,
            text="" if is_deleted else text,
            answers_key=answers,
            edited_at=moment_of_cell(cells.get("edited", ""), self.latest),
            is_deleted=is_deleted,
            where=message.where,
        )
        yield from self._hanging(message, noted)

    def _hanging(self, message: Message, secrets: int) -> Iterator[Record]:
        counts: dict[str, int] = {}
        for part in re.split(r"[;,|]", message.cells.get("reactions", "")):
            found = reaction_in(part)
            name, count = found or ("", 0)
            emoji = ("👍" if found and not name else None) or as_emoji(name) or from_short_name(name)
            if emoji and count:
                counts[emoji] = counts.get(emoji, 0) + count
            elif part.strip() and (count or not found):
                yield Noted(reasons.UNKNOWN_REACTION, message.where)
        for emoji, count in counts.items():
            yield CountRecord(message.key, emoji, count, where=message.where)
        likes = message.cells.get("likes", "")
        if likes.isdecimal() and 0 < int(likes) < 10**9 and "👍" not in counts:
            yield CountRecord(message.key, "👍", int(likes), where=message.where)
        for name in re.split(r"[;|\n]", message.cells.get("files", "")):
            if name.strip() and name.strip().casefold() not in _NO:
                bare = re.split(r"[/\\?]", name.strip().partition("?")[0])[-1][:200] or "file"
                yield FileRecord(message.key, f"{message.key}/{bare}"[:250], bare, where=message.where)
        if secrets:
            yield Noted(reasons.SECRET_REMOVED, message.where, secrets)

    def _text(self, message: Message) -> tuple[str, int]:
        return self.words.of(message.cells.get("text", ""))

    def _met(self, message: Message) -> Iterator[CommunityRecord]:
        name = self._community_name(message.cells)
        key = name.casefold()
        if key not in self.communities:
            self.communities[key] = name
            access: Access = "private" if key in self.private else "open"
            yield CommunityRecord(key=key, name=name, access=access, where=message.where)

    def _community_name(self, cells: dict[str, str]) -> str:
        return " ".join(cells.get("community", "").lstrip("#").split())[:80] or _GENERAL

    def _access(self, cells: dict[str, str]) -> Access:
        return "private" if cells.get("access", "").casefold().startswith(_PRIVATE) else "open"


def why_not(cells: dict[str, str], at: datetime | None) -> str:
    """Why a row gives no message, or nothing."""
    if at is None:
        return reasons.NO_TIME
    if not author_of(cells).key:
        return reasons.NO_AUTHOR
    is_deleted = cells.get("deleted", "").casefold() not in _NO
    return "" if is_deleted or cells.get("text") or cells.get("title") else reasons.NO_WORDS


def author_of(cells: dict[str, str]) -> PersonRecord:
    """Somebody by address, or else by number or name; a name alone makes nobody a colleague. No key where nobody is."""
    name, number = _person_in(cells.get("author", ""))
    handle = " ".join(cells.get("handle", "").lstrip("@").split())[:64]
    address, _is_bad = address_in(cells.get("email", ""))
    if not address and "@" in name:
        address, _is_bad = address_in(name)
    if not name or name == address:
        name = handle or re.sub(r"[._-]+", " ", address.partition("@")[0]).title()
    key = (address or number or handle.casefold() or name.casefold())[:200]
    standing: Standing = "staff" if address else "unlisted"
    return PersonRecord(key, name[:150], handle="" if " " in handle else handle, email=address, standing=standing)


def _person_in(value: str) -> tuple[str, str]:
    """A name and a number; some systems write both as a Python or JSON object."""
    if not value.startswith("{") or len(value) > 2000:
        return " ".join(value.split())[:150], ""
    try:
        found = ast.literal_eval(value)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return "", ""
    if not isinstance(found, dict):
        return "", ""
    return " ".join(str(found.get("name", "")).split())[:150], str(found.get("id", ""))[:100]


def reaction_in(part: str) -> tuple[str, int] | None:
    """A reaction's name, empty where only a number stands there, and how often it was given."""
    part = " ".join(part[:_LONGEST_REACTION].split())
    found = _REACTION.fullmatch(part) or re.fullmatch(r"()(\d{1,9})", part)
    return (found[1].strip(":"), int(found[2])) if found else None
