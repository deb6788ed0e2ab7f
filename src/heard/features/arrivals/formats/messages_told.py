"""A table's messages as records: who said them, where, and in answer to what."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.dates import day_in
from heard.features.arrivals.formats.messages_laid import Message, Messages
from heard.features.arrivals.formats.messages_text import Words
from heard.features.arrivals.formats.moments import (
    latest_moment,
    moment_in,
    moment_of_milliseconds,
    moment_of_seconds,
)
from heard.features.arrivals.formats.people_csv import address_in
from heard.features.arrivals.formats.records import (
    Access,
    CommunityRecord,
    CountRecord,
    Kind,
    Noted,
    PersonRecord,
    Record,
    ReplyRecord,
    Skipped,
    Standing,
    ThreadRecord,
)
from heard.plumbing.text.emoji import as_emoji, from_short_name

_NO = frozenset(("", "0", "false", "no", "n", "null", "none", "-"))
_PRIVATE = ("private", "secret", "closed", "geheim", "privat", "prive", "privé", "privado", "unlisted", "restricted")
_ASKS = ("question", "ask", "frage", "pregunta")
_CLOCK = re.compile(
    r"(?P<day>.+?)[ T,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?\s*(?P<half>[ap]\.?m\.?)?",
    re.IGNORECASE,
)
_REACTION = re.compile(r"\s*(.+?)\s*[:=x×\s]\s*(\d{1,9})\s*$")
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
            key, record = self._author(cells, "")
            if key and key not in self.people:
                self.people[key] = record.name
                self.words.meet(key, record.name)
                yield record
            if self._access(cells) == "private":  # one word of it is enough
                self.private.add(self._community_name(cells).casefold())
        for root, conversation in self.messages.conversations():
            yield from self._conversation(root, conversation)

    def _conversation(self, root: str, conversation: list[Message]) -> Iterator[Record]:
        """Its first message, then what answers it; where the first is missing, a stand-in holds the rest."""
        sound: list[tuple[datetime, Message]] = []
        for message in conversation:
            at = self._moment(message.cells.get("time", ""))
            if at is None:
                yield Skipped(reasons.NO_TIME, message.where)
            elif not self._author(message.cells, "")[0]:
                yield Skipped(reasons.NO_AUTHOR, message.where)
            elif not self._says_anything(message):
                yield Skipped(reasons.NO_WORDS, message.where)
            else:
                sound.append((at, message))
        if not sound:
            return
        sound.sort(key=lambda pair: (pair[1].key != root, pair[0], pair[1].key))
        at, first = sound[0]
        yield from self._met(first)
        community = self._community_name(first.cells).casefold()
        if first.key == root or root.startswith("thread "):
            thread = first.key
            yield from self._thread(first, at, community)
            rest = sound[1:]
        else:
            thread, rest = f"{root}/thread"[:250], sound
            yield Noted(reasons.PARENT_MISSING, first.where)
            author = self._author(first.cells, "")[0]
            yield ThreadRecord(thread, community, author, at, "", is_stand_in=True, where=first.where)
        came = {thread}
        for said_at, message in rest:
            parent = message.cells.get("parent", "")
            yield from self._reply(message, said_at, thread, parent if parent in came and parent != thread else "")
            came.add(message.key)

    def _thread(self, message: Message, at: datetime, community: str) -> Iterator[Record]:
        cells = message.cells
        is_deleted = cells.get("deleted", "").casefold() not in _NO
        text, noted = self._text(message)
        kind: Kind = "ask" if cells.get("kind", "").casefold().startswith(_ASKS) else "share"
        yield ThreadRecord(
            key=message.key,
            community_key=community,
            author_key=self._author(cells, "")[0],
            said_at=at,
            text="" if is_deleted else text,
            title="" if is_deleted else self.words.title(cells.get("title", "")),
            kind=kind,
            edited_at=self._moment(cells.get("edited", "")),
            tags=tuple(
                tag for part in re.split(r"[;,|]", cells.get("tags", "")) if (tag := part.strip(" #[]'\"")[:60])
            ),
            is_deleted=is_deleted,
            where=message.where,
        )
        yield from self._hanging(message, noted)

    def _reply(self, message: Message, at: datetime, thread: str, answers: str) -> Iterator[Record]:
        cells = message.cells
        is_deleted = cells.get("deleted", "").casefold() not in _NO
        text, noted = self._text(message)
        yield ReplyRecord(
            key=message.key,
            thread_key=thread,
            author_key=self._author(cells, "")[0],
            said_at=at,
            text="" if is_deleted else text,
            answers_key=answers,
            edited_at=self._moment(cells.get("edited", "")),
            is_deleted=is_deleted,
            where=message.where,
        )
        yield from self._hanging(message, noted)

    def _hanging(self, message: Message, secrets: int) -> Iterator[Record]:
        counts: dict[str, int] = {}
        for part in re.split(r"[;,|]", message.cells.get("reactions", "")):
            found = _REACTION.fullmatch(part) or re.fullmatch(r"()(\d{1,9})", part.strip())
            name = found[1].strip(":") if found else ""
            emoji = ("👍" if found and not name else None) or as_emoji(name) or from_short_name(name)
            if found and emoji and int(found[2]):
                counts[emoji] = counts.get(emoji, 0) + int(found[2])
            elif part.strip() and not (found and not int(found[2])):
                yield Noted(reasons.UNKNOWN_REACTION, message.where)
        for emoji, count in counts.items():
            yield CountRecord(message.key, emoji, count, where=message.where)
        if secrets:
            yield Noted(reasons.SECRET_REMOVED, message.where, secrets)

    def _text(self, message: Message) -> tuple[str, int]:
        return self.words.of(message.cells.get("text", ""))

    def _says_anything(self, message: Message) -> bool:
        cells = message.cells
        return bool(cells.get("text") or cells.get("title") or cells.get("deleted", "").casefold() not in _NO)

    def _met(self, message: Message) -> Iterator[CommunityRecord]:
        name = self._community_name(message.cells)
        key = name.casefold()
        if key not in self.communities:
            self.communities[key] = name
            access: Access = "private" if key in self.private else "open"
            yield CommunityRecord(key=key, name=name, access=access, where=message.where)

    def _author(self, cells: dict[str, str], where: str) -> tuple[str, PersonRecord]:
        """Somebody by address, or else by name; a name alone makes nobody a colleague."""
        name, number = _person_in(cells.get("author", ""))
        address, _is_bad = address_in(cells.get("email", ""))
        if not address and "@" in name:
            address, _is_bad = address_in(name)
        name = name if name and name != address else re.sub(r"[._-]+", " ", address.partition("@")[0]).title()
        key = (address or number or name.casefold())[:200]
        standing: Standing = "staff" if address else "unlisted"
        return key, PersonRecord(key or "?", (name or "?")[:150], email=address, standing=standing, where=where)

    def _community_name(self, cells: dict[str, str]) -> str:
        return " ".join(cells.get("community", "").lstrip("#").split())[:80] or _GENERAL

    def _access(self, cells: dict[str, str]) -> Access:
        return "private" if cells.get("access", "").casefold().startswith(_PRIVATE) else "open"

    def _moment(self, value: str) -> datetime | None:
        value = value.strip()
        if re.fullmatch(r"\d{12,14}", value):
            return moment_of_milliseconds(value, self.latest)
        if re.fullmatch(r"\d{9,10}(\.\d+)?", value):
            return moment_of_seconds(value, self.latest)
        if (at := moment_in(value, self.latest)) is not None:
            return at
        found = _CLOCK.fullmatch(value)
        day, _is_bad = day_in(found["day"] if found else value)
        if day is None:
            return None
        hour = int(found["hour"]) if found else 0
        if found and found["half"]:
            hour = hour % 12 + (12 if found["half"].casefold().startswith("p") else 0)
        try:
            minute, second = (int(found["minute"]), int(found["second"] or 0)) if found else (0, 0)
            at = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=UTC)
        except ValueError:
            return None
        return moment_in(at.isoformat(), self.latest)


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
