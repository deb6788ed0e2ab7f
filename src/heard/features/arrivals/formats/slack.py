"""Slack's export: a zip of lists of people and channels, and a folder of days for each channel."""

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from heard.features.arrivals.errors import ArchiveIsDamaged
from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.json_stream import elements
from heard.features.arrivals.formats.records import Noted, Record, Skipped
from heard.features.arrivals.formats.slack_channels import Channel, channels_of, community_of, memberships_of
from heard.features.arrivals.formats.slack_people import Directory
from heard.features.arrivals.formats.slack_talk import Talk
from heard.features.arrivals.formats.slack_text import Labels

_LISTS = ("channels.json", "groups.json", "dms.json", "mpims.json")
_PEOPLE = ("users.json", "org_users.json")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\.json")
_TEAM = re.compile(r"(teams/[^/]+/)(?:[^/]+\.json|[^/]+/\d{4}-\d{2}-\d{2}\.json)")


def recognises(archive: Archive) -> bool:
    """Whether this is an export of Slack, also of several workspaces (Enterprise Grid), also one that lacks a part."""
    if not archive.is_packed:
        return False
    roots = roots_of(archive)
    has_people = any(root + name in archive for root in roots for name in _PEOPLE)
    has_lists = any(root + name in archive for root in roots for name in _LISTS)
    return (has_people and has_lists) or ((has_people or has_lists) and bool(_day_folders(archive)))


def place_of(archive: Archive) -> str:
    """What stays the same in every export of one workspace: its id, or else that of its general channel."""
    teams: Counter[str] = Counter()
    ids: list[str] = []
    for name in (root + file for root in roots_of(archive) for file in _PEOPLE):
        for user in elements(archive, name) if name in archive else ():
            if isinstance(user, dict) and isinstance(user.get("team_id"), str):
                teams[user["team_id"]] += 1
    if teams:
        return max(sorted(teams), key=lambda team: teams[team])
    for channel in channels_of(archive, roots_of(archive)):
        if isinstance(channel, Channel):
            if channel.entry.get("is_general"):
                return channel.key
            ids.append(channel.key)
    return min(ids, default="")


def records(archive: Archive) -> Iterator[Record]:
    """Everything in it, people first, then each channel with its days in order."""
    roots = roots_of(archive)
    _refuse_half(archive, roots)
    labels = Labels()
    directory = Directory(labels)
    yield from directory.listed(archive, roots)
    channels: list[Channel] = []
    for found in channels_of(archive, roots):
        if isinstance(found, Noted):
            yield found
        else:
            channels.append(found)
    talked = [channel for channel in channels if channel.access is not None]
    labels.channels.update({channel.key: channel.name if channel.access == "open" else "" for channel in talked})
    days = _day_folders(archive)
    for channel in talked:
        yield community_of(channel, directory)
    for channel in talked:
        yield from memberships_of(channel, directory)
        folders = [folder for folder in channel.folders if folder in days]
        names = sorted(
            (name for folder in folders for name in days.pop(folder)), key=lambda name: name.rpartition("/")[2]
        )
        yield from Talk(archive, channel, directory).records(names)
    direct = {folder for channel in channels if channel.access is None for folder in channel.folders}
    yield from _left_behind(archive, days, direct)
    yield from _canvases(archive, roots)


def roots_of(archive: Archive) -> list[str]:
    """The folder of each workspace: the top, and on Enterprise Grid those below `teams`."""
    teams = {found[1] for name in archive.names if (found := _TEAM.fullmatch(name))}
    return ["", *sorted(teams)]


def _refuse_half(archive: Archive, roots: list[str]) -> None:
    for names in (_PEOPLE, _LISTS):
        if not any(root + name in archive for root in roots for name in names):
            raise ArchiveIsDamaged(archive.name, _("it has no “%(name)s”") % {"name": names[0]})


def _day_folders(archive: Archive) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for folder, names in archive.folders().items():
        days = [name for name in names if folder and _DAY.fullmatch(name.rpartition("/")[2])]
        if days:
            found[folder] = days
    return found


def _left_behind(archive: Archive, days: dict[str, list[str]], direct: set[str]) -> Iterator[Skipped]:
    """What stands in folders of direct messages, or that no list names, counted file by file."""
    for folder, names in days.items():
        is_direct = folder in direct or re.fullmatch(r"D[A-Z0-9]{8,}|mpdm-.+", folder.rpartition("/")[2])
        reason = reasons.DIRECT_MESSAGE if is_direct else reasons.UNKNOWN_FOLDER
        for name in names:
            if count := sum(1 for _message in elements(archive, name)):
                yield Skipped(reason, name, count)


def _canvases(archive: Archive, roots: list[str]) -> Iterator[Noted]:
    for name in (root + "canvases.json" for root in roots):
        if name in archive and (count := sum(1 for _canvas in elements(archive, name))):
            yield Noted(reasons.CANVAS, name, count)
