"""The channels of a Slack workspace, and which folders hold what was said in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.json_stream import elements
from heard.features.arrivals.formats.records import Access, CommunityRecord, MembershipRecord, Noted
from heard.features.arrivals.formats.references import clean
from heard.features.arrivals.formats.slack_people import Directory
from heard.features.arrivals.formats.slack_text import markdown

_LISTS: tuple[tuple[str, Access | None], ...] = (
    ("channels.json", "open"),
    ("groups.json", "private"),
    ("mpims.json", None),
    ("dms.json", None),
)


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel and the folder of its days; `access` is None for direct messages, which stay behind."""

    key: str
    name: str
    access: Access | None
    folders: tuple[str, ...]
    pins: frozenset[str] = frozenset()
    entry: dict[str, Any] = field(default_factory=dict, compare=False)
    where: str = ""


def channels_of(archive: Archive, roots: list[str]) -> Iterator[Channel | Noted]:
    """Every conversation that a list names, each id once."""
    seen: set[str] = set()
    noted: list[Noted] = []
    for root in roots:
        for file, access in _LISTS:
            name = root + file
            for nth, entry in enumerate(elements(archive, name, noted) if name in archive else (), 1):
                where = f"{name}, record {nth}"
                if not (isinstance(entry, dict) and _string(entry.get("id"))):
                    yield Noted(reasons.BROKEN_RECORD, where)
                elif (channel := _channel(entry, access, root, where)).key not in seen:
                    seen.add(channel.key)
                    yield channel
    yield from noted


def community_of(channel: Channel, directory: Directory) -> CommunityRecord:
    """The community that a channel becomes: its purpose and topic describe it, archived means closed."""
    entry = channel.entry
    said = [_value(entry.get("purpose")), _value(entry.get("topic"))]
    described = " · ".join(dict.fromkeys(text for text in said if text))
    created = entry.get("created")
    return CommunityRecord(
        key=channel.key,
        name=channel.name,
        description=markdown(described, directory.labels),
        access=channel.access or "private",
        started_at=_moment(created),
        started_by_key=_string(entry.get("creator")).upper(),
        is_closed=bool(entry.get("is_archived")),
        where=channel.where,
    )


def memberships_of(channel: Channel, directory: Directory) -> Iterator[MembershipRecord | Noted]:
    """Who belongs to it; whoever made it looks after it."""
    members = channel.entry.get("members")
    creator = _string(channel.entry.get("creator")).upper()
    keys = [_string(member).upper() for member in members] if isinstance(members, list) else []
    for key in dict.fromkeys(keys):
        if not directory.is_known(key):
            yield Noted(reasons.UNKNOWN_MEMBER, channel.where)
        else:
            yield MembershipRecord(channel.key, key, is_tender=key == creator, where=channel.where)


def _channel(entry: dict[str, Any], access: Access | None, root: str, where: str) -> Channel:
    key = _string(entry["id"]).upper()
    name = _string(entry.get("name")) or _string(entry["id"])
    if entry.get("is_im") or entry.get("is_mpim"):
        access = None
    elif access == "open" and entry.get("is_private"):
        access = "private"
    pins = entry.get("pins")
    pinned = (
        frozenset(pin["id"] for pin in pins if isinstance(pin, dict) and isinstance(pin.get("id"), str))
        if isinstance(pins, list)
        else frozenset()
    )
    folders = tuple(dict.fromkeys((root + name, root + entry["id"])))
    return Channel(key, name, access, folders, pinned, entry, where)


def _value(described: Any) -> str:
    return _string(described.get("value")) if isinstance(described, dict) else _string(described)


def _moment(seconds: Any) -> datetime | None:
    if isinstance(seconds, int | float) and 946_684_800 < seconds < 4_102_444_800:
        return datetime.fromtimestamp(seconds, UTC)
    return None


def _string(value: Any) -> str:
    return clean(value).strip() if isinstance(value, str) else ""
