"""What was said in the channels of one team: sorted outside memory, then told thread by thread."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.acquaintances import Acquaintances
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.in_threads import InThreads, Laid
from heard.features.arrivals.formats.json_stream import elements
from heard.features.arrivals.formats.moments import latest_moment, moment_in, moment_of_milliseconds
from heard.features.arrivals.formats.records import (
    FileRecord,
    MembershipRecord,
    Noted,
    ReactionRecord,
    Record,
    ReplyRecord,
    Skipped,
    ThreadRecord,
)
from heard.features.arrivals.formats.teams_people import author_of
from heard.features.arrivals.formats.teams_places import Channel
from heard.features.arrivals.formats.teams_text import Words, files_in, links_to_files
from heard.features.arrivals.formats.values import dict_in, dicts_in, number_in, text_in

_KEPT = (
    "Subject",
    "Body",
    "CreatedDateTime",
    "LastEditedDateTime",
    "DeletedDateTime",
    "From",
    "Attachments",
    "Mentions",
    "Reactions",
)
_NAMED = {"like": "👍", "heart": "❤️", "laugh": "😆", "surprised": "😮", "sad": "🙁", "angry": "😠"}
_LONGEST_EMOJI = 40


class Talk:
    """Reads the messages of one team."""

    def __init__(
        self, archive: Archive, channels: list[Channel], people: Acquaintances, words: Words, noted: list[Noted]
    ) -> None:
        self.archive, self.channels, self.people, self.words, self.noted = archive, channels, people, words, noted
        self.latest = latest_moment()
        self.numbers = {channel.record.key: nth for nth, channel in enumerate(channels)}

    def records(self, name: str) -> Iterator[Record]:
        """Every message in the file `name`; whoever wrote in a channel of its own belongs to it."""
        with closing(InThreads()) as laid:
            for nth, message in enumerate(elements(self.archive, name, self.noted), 1):
                where = f"{name}, record {nth}"
                if reason := self._lay(message, laid, where):
                    yield Skipped(reason, where)
            for number, threads in laid.communities():
                channel = self.channels[number]
                writers: dict[str, None] = {}
                for thread, messages in threads:
                    yield from self._thread(channel.record.key, thread, messages, writers)
                if not channel.is_of_team:
                    where = channel.record.where
                    yield Noted(reasons.MEMBERS_WHO_WROTE, where)
                    yield from (MembershipRecord(channel.record.key, person, where=where) for person in writers)

    def _lay(self, message: Any, laid: InThreads, where: str) -> str:
        """Keeps a message for its thread, or says why not."""
        if not isinstance(message, dict):
            return reasons.NO_MESSAGE
        sender, kind = dict_in(message.get("From")), text_in(message.get("MessageType")).casefold()
        if not sender and kind not in ("message", ""):
            return reasons.SYSTEM_EVENT
        place = text_in(dict_in(message.get("ChannelIdentity")).get("ChannelId"))
        if place not in self.numbers:
            return reasons.DIRECT_MESSAGE if text_in(message.get("ChatId")) and not place else reasons.UNKNOWN_CHANNEL
        number = number_in(message.get("Id"))
        if number is None or self._moment(number, message) is None:
            return reasons.NO_TIME
        if not any(text_in(dict_in(sender.get(one)).get("Id")) for one in ("User", "Application")):
            return reasons.NO_AUTHOR
        kept = {key: value for key in _KEPT if (value := message.get(key))}
        first = number_in(message.get("ReplyToId"))
        thread = first if first is not None and moment_of_milliseconds(first, self.latest) else number
        came = laid.lay(self.numbers[place], thread, number, kept, where)
        return "" if came else reasons.SAID_TWICE

    def _moment(self, number: int, message: dict[str, Any]) -> datetime | None:
        return moment_in(message.get("CreatedDateTime"), self.latest) or moment_of_milliseconds(number, self.latest)

    def _thread(
        self, channel: str, thread: int, messages: Iterator[Laid], writers: dict[str, None]
    ) -> Iterator[Record]:
        """One conversation; where its first message cannot come, the first reply's author and time stand in."""
        key = ""
        for laid in messages:
            author, first = author_of(laid.message.get("From"), self.people, laid.where)
            if not author:
                yield Skipped(reasons.NO_AUTHOR, laid.where)
                continue
            yield from first
            said = list(self._message(laid, channel, thread, author, key))
            if isinstance(said[-1], Skipped):
                yield said[-1]
                continue
            writers[author] = None
            record = next(one for one in said if isinstance(one, ThreadRecord | ReplyRecord))
            if isinstance(record, ThreadRecord):
                key = record.key
            elif not key:
                key = record.thread_key
                yield Noted(reasons.PARENT_MISSING, laid.where)
                yield ThreadRecord(
                    key=key,
                    community_key=channel,
                    author_key=author,
                    said_at=record.said_at,
                    text=_("The message that began this conversation was not in the archive."),
                    is_stand_in=True,
                    where=laid.where,
                )
            yield from said

    def _message(self, laid: Laid, channel: str, thread: int, author: str, thread_key: str) -> Iterator[Record]:
        """Everything that one message gives, or at the end why it gives nothing."""
        message, key, where = laid.message, f"{channel}/{laid.key}", laid.where
        is_first, is_deleted = laid.key == thread, bool(text_in(message.get("DeletedDateTime")))
        secrets, stayed = self.words.secrets, self.words.stayed
        title, text = ("", "") if is_deleted else self.words.of(message, channel)
        files = [] if is_deleted else list(files_in(message))
        if not is_deleted and (links := links_to_files(message)):
            text = f"{text}\n\n{links}".strip()
        if not (text or title or files or is_deleted):
            yield Skipped(reasons.NO_WORDS, where)
            return
        edited_at = moment_in(message.get("DeletedDateTime") or message.get("LastEditedDateTime"), self.latest)
        said_at = self._moment(laid.key, message) or self.latest
        if is_first:
            yield ThreadRecord(
                key=key,
                community_key=channel,
                author_key=author,
                said_at=said_at,
                text=text,
                title=title,
                edited_at=edited_at,
                is_deleted=is_deleted,
                where=where,
            )
        else:
            yield ReplyRecord(
                key=key,
                thread_key=thread_key or f"{channel}/{thread}/thread",
                author_key=author,
                said_at=said_at,
                text=f"**{title}**\n\n{text}".strip() if title else text,
                edited_at=edited_at,
                is_deleted=is_deleted,
                where=where,
            )
        for file, name in files:
            named = name or _("a file without a name")
            yield FileRecord(message_key=key, key=file, name=named, where=where)
        yield from self._reactions(message, key, where)
        for reason, count in (
            (reasons.SECRET_REMOVED, self.words.secrets - secrets),
            (reasons.PICTURE_STAYED, self.words.stayed - stayed),
        ):
            if count:
                yield Noted(reason, where, count)

    def _reactions(self, message: dict[str, Any], key: str, where: str) -> Iterator[Record]:
        seen: set[tuple[str, str]] = set()
        for reaction in dicts_in(message.get("Reactions")):
            kind = text_in(reaction.get("ReactionType"))
            emoji = _NAMED.get(kind, kind)
            if kind == "custom" or len(emoji) > _LONGEST_EMOJI or (emoji.isascii() and emoji):
                name = text_in(reaction.get("DisplayName")) if kind == "custom" else kind
                emoji = f":{(name or kind).strip(':')[: _LONGEST_EMOJI - 2]}:"
                yield Noted(reasons.CUSTOM_EMOJI, where)
            person, first = author_of(reaction.get("User"), self.people, where)
            if not emoji or not person:
                yield Noted(reasons.UNKNOWN_REACTION, where)
            elif (person, emoji) in seen:
                yield Noted(reasons.SAME_REACTION, where)
            else:
                seen.add((person, emoji))
                yield from first
                yield ReactionRecord(key, person, emoji, moment_in(reaction.get("CreatedDateTime"), self.latest), where)
