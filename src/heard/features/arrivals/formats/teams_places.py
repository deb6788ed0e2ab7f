"""The teams of a Microsoft Teams takeout, and their channels as communities."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.from_html import plain
from heard.features.arrivals.formats.json_stream import elements
from heard.features.arrivals.formats.moments import latest_moment, moment_in
from heard.features.arrivals.formats.records import Access, CommunityRecord, Noted
from heard.features.arrivals.formats.values import text_in

_PART = re.compile(r"(?:^|.*/)(?:[^/]+/)?(channels|messages|teamMembers)_([^/]+)\.json")


@dataclass(slots=True)
class Team:
    """One team: what is said of it, and the files that hold the rest; `is_listed` where a list names it."""

    key: str
    name: str = ""
    general: str = ""
    access: Access = "private"
    is_archived: bool = False
    is_listed: bool = False
    files: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel; `is_of_team` where everybody in the team belongs to it."""

    record: CommunityRecord
    is_of_team: bool


def list_named(archive: Archive, name: str) -> str:
    """The member that holds a list of this name, wherever it lies, or nothing."""
    return next((it for it in archive.names if it == name or it.endswith(f"/{name}")), "")


def teams_of(archive: Archive, noted: list[Noted]) -> tuple[list[Team], list[str]]:
    """The teams, and the files that hold private chats. A team of which no setting is known is private."""
    teams: dict[str, Team] = {}
    for file, key_name in (("teamsList.json", "GroupsId"), ("teamsSettings.json", "Id")):
        name = list_named(archive, file)
        for nth, entry in enumerate(elements(archive, name, noted) if name else (), 1):
            key = text_in(entry.get(key_name) or entry.get("GroupId")) if isinstance(entry, dict) else ""
            if not key or len(key) > 60:
                noted.append(Noted(reasons.BROKEN_RECORD, f"{name}, record {nth}"))
                continue
            _learn(teams.setdefault(key, Team(key, is_listed=True)), entry)
    chats: list[str] = []
    found = [(it, part) for it in archive.names if (part := _PART.fullmatch(it))]
    of_teams = {part[2] for _name, part in found if part[1] != "messages"} | teams.keys()
    for name, part in found:
        is_chat = part[1] == "messages" and ("users" in name.split("/")[:-1] or part[2] not in of_teams)
        if is_chat and "teams" not in name.split("/")[:-1]:
            chats.append(name)
        else:
            teams.setdefault(part[2], Team(part[2])).files[part[1]] = name
    return list(teams.values()), chats


def channels_of(archive: Archive, team: Team, noted: list[Noted]) -> Iterator[Channel | Noted]:
    """The channels of a team; the general one carries the team's name alone."""
    name, latest = team.files.get("channels", ""), latest_moment()
    for nth, entry in enumerate(elements(archive, name, noted) if name else (), 1):
        where = f"{name}, record {nth}"
        key = text_in(entry.get("Id")) if isinstance(entry, dict) else ""
        if not key or len(key) > 200:
            yield Noted(reasons.BROKEN_RECORD, where)
            continue
        shown = text_in(entry.get("DisplayName"))
        is_general = key == team.general or shown.casefold() in ("general", "")
        kind = text_in(entry.get("MembershipType")).casefold()
        is_of_team = kind in ("standard", "")
        called = team.name or team.key
        yield Channel(
            CommunityRecord(
                key=key,
                name=called if is_general else f"{called} / {shown}",
                description=plain(text_in(entry.get("Description"))),
                access=team.access if is_of_team else "private",
                started_at=moment_in(entry.get("CreatedDateTime"), latest),
                is_closed=team.is_archived or entry.get("IsArchived") is True,
                where=where,
            ),
            is_of_team,
        )


def _learn(team: Team, entry: dict[str, Any]) -> None:
    team.name = text_in(entry.get("DisplayName")) or text_in(entry.get("Name")) or team.name
    team.general = text_in(entry.get("InternalId")) or team.general
    team.is_archived = team.is_archived or entry.get("IsArchived") is True
    if text_in(entry.get("Visibility")).casefold() == "public":
        team.access = "open"
