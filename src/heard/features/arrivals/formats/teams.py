"""Microsoft Teams' takeout: lists of teams and people, and the channels, members and messages of each team."""

import re
from collections import Counter
from collections.abc import Iterator

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.acquaintances import Acquaintances
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.json_stream import elements
from heard.features.arrivals.formats.records import MembershipRecord, Noted, PersonRecord, Record, Skipped
from heard.features.arrivals.formats.teams_people import person_of
from heard.features.arrivals.formats.teams_places import Channel, Team, channels_of, list_named, teams_of
from heard.features.arrivals.formats.teams_talk import Talk
from heard.features.arrivals.formats.teams_text import Words
from heard.features.arrivals.formats.values import list_in, text_in

_MESSAGES = re.compile(r"(?:^|.*/)(?:channels|messages)_[0-9A-Fa-f-]{36}\.json")


def recognises(archive: Archive) -> bool:
    """Whether this is a takeout of Teams, also one that lacks a part."""
    if not archive.is_packed:
        return False
    return any(_MESSAGES.fullmatch(name) for name in archive.names) or (
        bool(list_named(archive, "teamsList.json")) and bool(list_named(archive, "usersList.json"))
    )


def place_of(archive: Archive) -> str:
    """The tenant that most channels belong to, or else the first of the teams."""
    teams, _chats = teams_of(archive, [])
    tenants: Counter[str] = Counter()
    for team in teams:
        name = team.files.get("channels", "")
        for channel in elements(archive, name) if name else ():
            if isinstance(channel, dict) and (tenant := text_in(channel.get("TenantId"))):
                tenants[tenant[:100]] += 1
    if tenants:
        return max(sorted(tenants), key=lambda tenant: tenants[tenant])
    return min((team.key for team in teams), default="")


def records(archive: Archive) -> Iterator[Record]:
    """People, then team by team its channels, its members and what was said; private chats are counted."""
    noted: list[Noted] = []
    people = Acquaintances()
    name = list_named(archive, "usersList.json")
    for nth, user in enumerate(elements(archive, name, noted) if name else (), 1):
        record = person_of(user, f"{name}, record {nth}")
        if isinstance(record, Noted):
            yield record
        elif record.key not in people:
            yield people.listed(record)
    teams, chats = teams_of(archive, noted)
    found: dict[str, list[Channel]] = {team.key: [] for team in teams}
    names: dict[str, str] = {}
    for team in teams:
        for channel in channels_of(archive, team, noted):
            if isinstance(channel, Noted):
                yield channel
            elif channel.record.key not in names:
                names[channel.record.key] = channel.record.name if channel.record.access == "open" else ""
                found[team.key].append(channel)
                yield channel.record
    words = Words(people.names, names)
    for team in teams:
        yield from _members(archive, team, found[team.key], people, noted)
        if name := team.files.get("messages", ""):
            yield from Talk(archive, found[team.key], people, words, noted).records(name)
    for name in chats:
        if count := sum(1 for _message in elements(archive, name)):
            yield Skipped(reasons.DIRECT_MESSAGE, name, count)
    yield from noted


def _members(
    archive: Archive, team: Team, channels: list[Channel], people: Acquaintances, noted: list[Noted]
) -> Iterator[MembershipRecord | PersonRecord | Noted]:
    """Whoever belongs to a team belongs to its channels, save those that have members of their own."""
    name, seen = team.files.get("teamMembers", ""), set[str]()
    for nth, member in enumerate(elements(archive, name, noted) if name else (), 1):
        where = f"{name}, record {nth}"
        key = text_in(member.get("UserId")) if isinstance(member, dict) else ""
        if key not in people:
            yield Noted(reasons.UNKNOWN_MEMBER, where)
        elif key not in seen:
            seen.add(key)
            is_tender = "owner" in [text_in(role).casefold() for role in list_in(member.get("Roles"))]
            for channel in channels:
                if channel.is_of_team:
                    yield MembershipRecord(channel.record.key, key, is_tender=is_tender, where=where)
