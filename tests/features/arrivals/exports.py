"""Small archives of our own, made as the programs they come from make them."""

import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from heard.features.arrivals.formats import format_of
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.records import Noted, Record, Skipped

ANNA = {
    "id": "U0ANNA001",
    "team_id": "T0TEAM001",
    "name": "anna.lind",
    "real_name": "Anna Lind",
    "tz": "Europe/Stockholm",
    "profile": {"real_name": "Anna Lind", "display_name": "anna", "email": "Anna.Lind@example.org", "title": "Baker"},
}
BO = {
    "id": "U0BO00002",
    "team_id": "T0TEAM001",
    "name": "bo",
    "real_name": "Bo Ek",
    "profile": {"real_name": "Bo Ek", "email": "bo.ek@example.org"},
}
GENERAL = {
    "id": "C0GENERAL",
    "name": "general",
    "created": 1577836800,
    "creator": "U0ANNA001",
    "is_archived": False,
    "is_general": True,
    "members": ["U0ANNA001", "U0BO00002"],
    "topic": {"value": "", "creator": "", "last_set": 0},
    "purpose": {"value": "For everybody", "creator": "", "last_set": 0},
}


def said(second: int | str, text: str, by: str = "U0ANNA001", **more: Any) -> dict[str, Any]:
    """A Slack message, so many seconds after the first of January 2020."""
    stamp = second if isinstance(second, str) else stamp_of(second)
    return {"type": "message", "ts": stamp, "user": by, "text": text, **more}


def stamp_of(second: int) -> str:
    """The time stamp of that second."""
    return f"{1577836800 + second}.000100"


def a_zip(path: Path, members: Mapping[str, Any]) -> Path:
    """A zip of these members: text and bytes as they are, everything else as JSON."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content if isinstance(content, str | bytes) else json.dumps(content))
    return path


def a_slack(path: Path, days: Mapping[str, Any] | None = None, **lists: Any) -> Path:
    """A Slack export of one team; `days` are its day files, `lists` its lists by name without `.json`."""
    lists = {"users": [ANNA, BO], "channels": [GENERAL], **lists}
    return a_zip(path / "slack.zip", {f"{name}.json": rows for name, rows in lists.items()} | dict(days or {}))


def records_of(path: Path, wanted: str = "any") -> list[Record]:
    """Everything that an archive gives."""
    with Archive(path) as archive:
        return list(format_of(archive, wanted).records(archive))


def of_kind[T](kind: type[T], records: Iterable[Record]) -> list[T]:
    """Those of the records that are of one kind."""
    return [record for record in records if isinstance(record, kind)]


def reasons_in(records: Iterable[Record], kind: type[Skipped | Noted] = Skipped) -> dict[str, int]:
    """How often each reason is given."""
    counts: dict[str, int] = {}
    for record in records:
        if isinstance(record, kind):
            counts[record.reason] = counts.get(record.reason, 0) + record.count
    return counts
