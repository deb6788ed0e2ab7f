"""Who and what there is in the export of a Zulip server: people, channels, subscriptions, and reactions by message."""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.acquaintances import Acquaintances
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.emoji_names import emoji_named
from heard.features.arrivals.formats.json_stream import table_elements
from heard.features.arrivals.formats.moments import latest_moment, moment_of_seconds
from heard.features.arrivals.formats.records import (
    CommunityRecord,
    MembershipRecord,
    Noted,
    PersonRecord,
    Standing,
)
from heard.features.arrivals.formats.shelf import Heaps
from heard.features.arrivals.formats.values import dict_in, number_in, text_in
from heard.features.arrivals.formats.zulip_html import emoji_of_code
from heard.features.arrivals.formats.zulip_links import Places
from heard.features.arrivals.formats.zulip_markdown import ZulipMarkdown

REALM = "realm.json"
_PEOPLE = ("zerver_userprofile", "zerver_userprofile_crossrealm", "zerver_userprofile_mirrordummy")
_TABLES = (
    *_PEOPLE, "zerver_realm", "zerver_stream", "zerver_recipient", "zerver_subscription", "zerver_reaction"
)  # fmt: skip
_HIDDEN_ADDRESS = re.compile(r"user\d+@.+")
_GUEST = 600
_CHANNEL = 2


class Realm:
    """One organisation. People, channels and recipients are remembered; what is told of messages is not in memory."""

    def __init__(self, archive: Archive) -> None:
        self.latest = latest_moment()
        self.people = Acquaintances()
        self.topics: dict[int, str] = {}
        self.places = Places(lambda channel, topic: self.topics.get(topic_number(channel, topic), ""))
        self.text = ZulipMarkdown(self.places, self.emoji)
        self.noted: list[Noted] = []
        # Channels by the recipients that messages are sent to; direct messages have recipients of no channel.
        self.channels: dict[int, str] = {}
        self._emoji: dict[str, str] = {}
        self._users: dict[str, tuple[dict[str, Any], str]] = {}
        self._streams: dict[str, tuple[dict[str, Any], str]] = {}
        self._heaps = Heaps(self._read(archive))

    def emoji(self, name: str) -> str:
        """The emoji of a name, or nothing for one of their own."""
        return self._emoji.get(name, "") or emoji_named(name)

    def records(self) -> Iterator[PersonRecord | CommunityRecord | MembershipRecord | Noted]:
        """People, channels and who belongs to which."""
        yield from self.noted
        for key, (user, where) in self._users.items():
            yield self.people.listed(_person(key, user, where))
        self._users.clear()
        for key, (stream, where) in self._streams.items():
            yield self._community(key, stream, where)
        members = {channel: recipient for recipient, channel in self.channels.items() if channel}
        for key, (stream, where) in self._streams.items():
            creator = text_in(stream.get("creator"))
            for person in dict.fromkeys(self._heaps.at(f"s{members.get(key, 0)}")):
                if person in self.people:
                    yield MembershipRecord(key, person, is_tender=person == creator, where=where)
                else:
                    yield Noted(reasons.UNKNOWN_MEMBER, where)
        self._streams.clear()

    def reactions(self, message: int) -> Iterator[tuple[str, str, bool]]:
        """Person, emoji and whether it is one of Unicode's, for each reaction to a message."""
        for told in self._heaps.at(message):
            person, name, code, sort = json.loads(told)
            sign = emoji_of_code(code) if sort == "unicode_emoji" else ""
            yield person, sign or f":{name[:38]}:", bool(sign)

    def _read(self, archive: Archive) -> Iterator[tuple[int | str, str]]:
        nth: dict[str, int] = {}
        for table, row in table_elements(archive, REALM, _TABLES, self.noted):
            nth[table] = nth.get(table, 0) + 1
            where = f"{REALM}, {table} {nth[table]}"
            if not isinstance(row, dict):
                self.noted.append(Noted(reasons.BROKEN_RECORD, where))
            elif table == "zerver_reaction":
                yield from self._reaction(row, where)
            elif table == "zerver_subscription":
                if row.get("active") is not False and (recipient := number_in(row.get("recipient"))) is not None:
                    yield f"s{recipient}", text_in(row.get("user_profile"))
            else:
                self._note(table, row, where)

    def _note(self, table: str, row: dict[str, Any], where: str) -> None:
        key = text_in(row.get("id"))
        if table == "zerver_realm":
            self.places.host = text_in(row.get("string_id"))
        elif not key:
            self.noted.append(Noted(reasons.BROKEN_RECORD, where))
        elif table in _PEOPLE:
            row = {name: row.get(name) for name in _OF_USER} | {"table": table}
            if self._users.setdefault(key, (row, where))[1] == where:
                self.text.know(key, text_in(row.get("full_name")))
        elif table == "zerver_stream":
            name = _name_of(row, key)
            self._streams.setdefault(key, (row, where))
            self.places.channels[key] = name
            self.text.streams.setdefault(name.casefold(), key)
        elif (recipient := number_in(row.get("id"))) is not None:
            is_channel = number_in(row.get("type")) == _CHANNEL
            self.channels[recipient] = text_in(row.get("type_id")) if is_channel else ""

    def _reaction(self, row: dict[str, Any], where: str) -> Iterator[tuple[int | str, str]]:
        message, person = number_in(row.get("message")), text_in(row.get("user_profile"))
        name, code = text_in(row.get("emoji_name")), text_in(row.get("emoji_code"))
        sort = text_in(row.get("reaction_type")) or "unicode_emoji"
        if message is None or not person or not name:
            self.noted.append(Noted(reasons.BROKEN_REACTION, where))
            return
        if sort == "unicode_emoji" and len(self._emoji) < 10_000 and name not in self._emoji:
            self._emoji[name] = emoji_of_code(code)
        yield message, json.dumps([person, name, code, sort])

    def _community(self, key: str, stream: dict[str, Any], where: str) -> CommunityRecord:
        return CommunityRecord(
            key=key,
            name=self.places.channels[key],
            description=self.text.markdown(text_in(stream.get("description"))),
            access="private" if stream.get("invite_only") else "open",
            started_at=moment_of_seconds(stream.get("date_created"), self.latest),
            started_by_key=text_in(stream.get("creator")),
            is_closed=bool(stream.get("deactivated")) or text_in(stream.get("name")).startswith("!DEACTIVATED:"),
            where=where,
        )


_OF_USER = (
    "full_name", "email", "delivery_email", "is_active", "is_bot", "role", "is_guest", "is_mirror_dummy", "timezone"
)  # fmt: skip


def place_of_realm(archive: Archive) -> str:
    """What the server calls the organisation for good, or else the name in its address."""
    for _table, realm in table_elements(archive, REALM, ("zerver_realm",)):
        realm = dict_in(realm)
        if named := text_in(realm.get("uuid")) or text_in(realm.get("string_id")) or text_in(realm.get("name")):
            return named
    return ""


def topic_number(channel: str, topic: str) -> int:
    """Stands for a topic of a channel; case makes no difference in Zulip."""
    return hash((channel, topic.casefold()))


def _person(key: str, user: dict[str, Any], where: str) -> PersonRecord:
    standing: Standing = "staff"
    if user["table"] == "zerver_userprofile_crossrealm" or user.get("is_bot"):
        standing = "program"
    elif user["table"] == "zerver_userprofile_mirrordummy" or user.get("is_mirror_dummy"):
        standing = "unlisted"
    elif number_in(user.get("role")) == _GUEST or user.get("is_guest"):
        standing = "guest"
    address = text_in(user.get("delivery_email")) or text_in(user.get("email"))
    return PersonRecord(
        key=key,
        name=text_in(user.get("full_name")) or f"Somebody ({key})",
        email="" if _HIDDEN_ADDRESS.fullmatch(address) or standing != "staff" else address.lower(),
        time_zone=text_in(user.get("timezone")),
        standing=standing,
        left_at=timezone.now() if user.get("is_active") is False else None,
        where=where,
    )


def _name_of(stream: dict[str, Any], key: str) -> str:
    return re.sub(r"^!*DEACTIVATED:", "", text_in(stream.get("name"))) or f"Channel {key}"
