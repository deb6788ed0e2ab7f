"""Mattermost's bulk export: one JSON object a line, alone or in a zip with the files that were attached."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.acquaintances import Acquaintances
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.domains import home_domain
from heard.features.arrivals.formats.json_lines import lines, value_of
from heard.features.arrivals.formats.mattermost_lists import Channels, memberships_of, person_of, program_of
from heard.features.arrivals.formats.mattermost_talk import Talk
from heard.features.arrivals.formats.mattermost_text import Names
from heard.features.arrivals.formats.records import Noted, PersonRecord, Record, Skipped
from heard.features.arrivals.formats.values import dict_in, list_in, text_in

_FIRST = re.compile(r'\s*\{[^\n]{0,200}?"type"\s*:\s*"version"')
_KIND = re.compile(rb'\{\s*"type"\s*:\s*"([a-z_]{1,20})"')
_BEHIND = frozenset(["version", "role", "scheme", "emoji", "team", "channel", "user", "bot", "direct_channel"])


def recognises(archive: Archive) -> bool:
    """Whether its lines begin as those of Mattermost do."""
    return bool(_lines_in(archive))


def place_of(archive: Archive) -> str:
    """The export does not say which server it is of: most of its people's addresses do, or else its first team."""
    teams: list[str] = []

    def addresses() -> Iterator[str]:
        for kind, value, _where in _values(archive, ("team", "user")):
            if kind == "team":
                teams.append(text_in(value.get("name")).lower())
            else:
                yield text_in(value.get("email"))

    return home_domain(addresses()) or next(iter(teams), "")


def records(archive: Archive) -> Iterator[Record]:
    """Channels, people and posts, in three walks through the file: its lines may stand in any order."""
    channels, people = Channels(), Acquaintances()
    names = Names(people.names)
    for kind, value, where in _values(archive, ("team", "channel")):
        if kind == "team":
            channels.add_team(value)
        elif broken := channels.add_channel(value, where):
            yield broken
    for community in channels.communities():
        names.channels[community.key] = community.name if community.access != "private" else ""
        team = community.key.partition("/")[0]
        yield replace(community, description=names.markdown(community.description, team))
    for kind, value, where in _values(archive, ("user", "bot")):
        record = person_of(value, where) if kind == "user" else program_of(value, where)
        if isinstance(record, PersonRecord):
            if record.key in people:
                continue
            yield people.listed(record)
            yield from memberships_of(value, channels, where)
        else:
            yield record
    yield from _posts(archive, Talk(archive, _root_of(archive), people, names))


def _posts(archive: Archive, talk: Talk) -> Iterator[Record]:
    name = _lines_in(archive)
    for number, line in lines(archive, name):
        where = f"{name}, line {number}"
        if line is None:
            yield Skipped(reasons.BROKEN_LINE, where)
            continue
        if _kind_of(line) in _BEHIND:
            continue
        try:
            value, was_mended = value_of(line)
        except ValueError:
            yield Skipped(reasons.BROKEN_LINE, where)
            continue
        kind = value.get("type") if isinstance(value, dict) else None
        if was_mended:
            yield Noted(reasons.MENDED, where)
        if kind == "post":
            yield from talk.posted(value.get("post"), where)
        elif kind == "direct_post":
            replies = list_in(dict_in(value.get("direct_post")).get("replies"))
            yield Skipped(reasons.DIRECT_MESSAGE, where, 1 + len(replies))
        elif not (isinstance(kind, str) and kind in _BEHIND):
            yield Skipped(reasons.NO_MESSAGE, where)


def _values(archive: Archive, wanted: tuple[str, ...]) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The objects of these kinds; lines that cannot be read are counted with the posts."""
    name = _lines_in(archive)
    for number, line in lines(archive, name):
        if line is None or ((kind := _kind_of(line)) and kind not in wanted):
            continue
        try:
            value, _was_mended = value_of(line)
        except ValueError:
            continue
        kind = text_in(value.get("type")) if isinstance(value, dict) else ""
        if kind in wanted and isinstance(value.get(kind), dict):
            yield kind, value[kind], f"{name}, line {number}"


def _kind_of(line: bytes) -> str:
    """What kind of object a line holds, without reading it, where that stands first in it."""
    found = _KIND.match(line)
    return found[1].decode() if found else ""


def _lines_in(archive: Archive) -> str:
    """The file that holds the lines, or nothing."""
    for name in archive.names:
        is_likely = name.endswith(".jsonl") or (name.endswith(".json") and "/" not in name)
        if (is_likely or not archive.is_packed) and _FIRST.match(archive.head(name, 512).lstrip("\ufeff")):
            return name
    return ""


def _root_of(archive: Archive) -> str:
    folder, slash, _file = _lines_in(archive).rpartition("/")
    return folder + slash if archive.is_packed else ""
