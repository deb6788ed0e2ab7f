"""The teams, channels and people of a Mattermost server."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.moments import latest_moment, moment_of_milliseconds
from heard.features.arrivals.formats.records import (
    Access,
    CommunityRecord,
    MembershipRecord,
    Noted,
    PersonRecord,
    Standing,
)
from heard.features.arrivals.formats.values import dicts_in, number_in, text_in

_ACCESS: dict[str, Access] = {"O": "open"}


class Channels:
    """Collects teams and channels; what they are called is known when all of them are."""

    def __init__(self) -> None:
        self.teams: dict[str, tuple[str, bool]] = {}
        self.channels: dict[str, tuple[str, str, dict[str, Any], str]] = {}

    def add_team(self, team: dict[str, Any]) -> None:
        """Notes what a team is called, and whether anybody on the server may join it."""
        if name := text_in(team.get("name")).lower():
            self.teams[name] = (text_in(team.get("display_name")) or name, text_in(team.get("type")) != "I")

    def add_channel(self, channel: dict[str, Any], where: str) -> Noted | None:
        """Notes a channel once."""
        team, name = text_in(channel.get("team")).lower(), text_in(channel.get("name")).lower()
        if not name or len(f"{team}/{name}") > 200:
            return Noted(reasons.BROKEN_RECORD, where)
        shown = text_in(channel.get("display_name")) or name
        self.channels.setdefault(f"{team}/{name}", (team, shown, channel, where))
        return None

    def communities(self) -> Iterator[CommunityRecord]:
        """One for each channel; those of one name in several teams carry the name of their team."""
        counts = Counter(shown.casefold() for _team, shown, _channel, _where in self.channels.values())
        for key, (team, shown, channel, where) in self.channels.items():
            name, _is_open = self.teams.get(team, (team, True))
            yield CommunityRecord(
                key=key,
                name=f"{name} / {shown}" if counts[shown.casefold()] > 1 else shown,
                description=_described(channel),
                access=self._access(team, channel),
                is_closed=bool(number_in(channel.get("deleted_at")) or number_in(channel.get("delete_at"))),
                where=where,
            )

    def _access(self, team: str, channel: dict[str, Any]) -> Access:
        """An open channel of a team that takes only whom it invites is no place for everybody."""
        access = _ACCESS.get(text_in(channel.get("type")), "private")
        _name, is_open = self.teams.get(team, ("", True))
        return access if is_open else "private"


def person_of(user: dict[str, Any], where: str) -> PersonRecord | Noted:
    """The record of a user."""
    key = text_in(user.get("username")).lower()
    if not key or len(key) > 200:
        return Noted(reasons.BROKEN_RECORD, where)
    whole = " ".join(part for name in ("first_name", "last_name") if (part := text_in(user.get(name))))
    roles = text_in(user.get("roles")).split()
    standing: Standing = "guest" if "system_guest" in roles else "staff"
    return PersonRecord(
        key=key,
        name=whole or text_in(user.get("nickname")) or key,
        handle=key,
        email=text_in(user.get("email")).lower(),
        title=text_in(user.get("position")),
        standing=standing,
        left_at=_left_at(user.get("delete_at")),
        where=where,
    )


def program_of(bot: dict[str, Any], where: str) -> PersonRecord | Noted:
    """The record of a bot account."""
    key = text_in(bot.get("username")).lower()
    if not key or len(key) > 200:
        return Noted(reasons.BROKEN_RECORD, where)
    return PersonRecord(
        key=key, name=text_in(bot.get("display_name")) or key, handle=key, standing="program", where=where
    )


def memberships_of(user: dict[str, Any], channels: Channels, where: str) -> Iterator[MembershipRecord | Noted]:
    """Which channels a user belongs to; a channel's administrators look after it."""
    person, seen = text_in(user.get("username")).lower(), set[str]()
    for team in dicts_in(user.get("teams")):
        for channel in dicts_in(team.get("channels")):
            key = f"{text_in(team.get('name')).lower()}/{text_in(channel.get('name')).lower()}"
            if key not in channels.channels:
                yield Noted(reasons.UNKNOWN_CHANNEL_MEMBER, where)
            elif key not in seen:
                seen.add(key)
                is_tender = "channel_admin" in text_in(channel.get("roles")).split()
                yield MembershipRecord(key, person, is_tender=is_tender, where=where)


def _described(channel: dict[str, Any]) -> str:
    said = [text_in(channel.get("purpose")), text_in(channel.get("header"))]
    return " · ".join(dict.fromkeys(text for text in said if text))


def _left_at(value: Any) -> datetime | None:
    number = number_in(value)
    if not number or number < 0:
        return None
    return moment_of_milliseconds(number, latest_moment()) or timezone.now()
