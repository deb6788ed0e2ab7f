"""A table of people as personnel departments keep it: columns known by their names, managers by number or address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from heard.features.arrivals.errors import TableIsUnreadable
from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.columns import columns_of
from heard.features.arrivals.formats.dates import day_in
from heard.features.arrivals.formats.records import Noted, PersonRecord, Skipped
from heard.features.arrivals.formats.staff import Post, staff
from heard.features.arrivals.formats.tables import Row, header_in, table, tables_in

_NO_ADDRESS = frozenset(("n/a", "na", "n/d", "none", "-", "null", "unknown", "tbc"))
_VACANT = frozenset(
    [
        "vacant",
        "vacancy",
        "vacant post",
        "unfilled",
        "tbc",
        "tba",
        "tbd",
        "to be confirmed",
        "to be appointed",
        "not in post",
    ]
)
_GONE = frozenset(
    [
        "left",
        "leaver",
        "inactive",
        "terminated",
        "former",
        "disabled",
        "false",
        "no",
        "0",
        "ausgetreten",
        "inactif",
        "inactivo",
        "n",
    ]
)
_IN_BRACKETS = re.compile(r".+[(\[](?P<inside>[\w.@+-]+)[)\]]\s*")
_LEVELS = re.compile(r"\s+[>/»›→]\s+|\s*[>»›→]\s*")


def is_header(row: list[str]) -> bool:
    """Whether a row names at least two columns that we know, one of them by which somebody is known."""
    columns = columns_of(row)
    return len(columns) >= 2 and bool(columns.keys() & {"name", "first", "last", "email", "number"})


def recognises(archive: Archive) -> bool:
    """Whether this is a table, or a zip of tables, with people in it."""
    return any(header_in(archive, name, is_header) for name in tables_in(archive))


def place_of(archive: Archive) -> str:
    """There is one personnel department: each table of it is about the same people."""
    return "people"


def records(archive: Archive) -> Iterator[PersonRecord | Skipped | Noted]:
    """The people of every table, in reading order."""
    names = [name for name in tables_in(archive) if header_in(archive, name, is_header)]
    for name in names:
        _refuse_without_people(archive, name)
    yield from staff(lambda: (post for name in names for post in _posts(archive, name)))


def address_in(value: str) -> tuple[str, bool]:
    """A clean e-mail address, or nothing, and whether something else stood there."""
    value = value.strip().strip("<>").removeprefix("mailto:").lower()
    if not value or value in _NO_ADDRESS:
        return "", False
    try:
        validate_email(value)
    except ValidationError:
        return "", True
    return (value, False) if len(value) <= 254 else ("", True)


def is_vacant(name: str) -> bool:
    """Whether a name says that nobody holds the post."""
    return name.strip().strip(".()[]").casefold() in _VACANT


def _refuse_without_people(archive: Archive, name: str) -> None:
    columns = columns_of(header_in(archive, name, is_header))
    if not columns.keys() & {"name", "first", "last", "email"}:
        raise TableIsUnreadable(
            _("“%(name)s” has no column for names or e-mail addresses, so it says nothing about who is who.")
            % {"name": name}
        )


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of one row by the field they hold."""

    row: Row
    columns: dict[str, int]

    def __getitem__(self, field: str) -> str:
        nth = self.columns.get(field, -1)
        return self.row.values[nth].strip() if 0 <= nth < len(self.row.values) else ""

    def several(self, field: str) -> tuple[str, ...]:
        parts = (part.strip() for part in re.split(r"[;,|\n]", self[field]))
        return tuple(dict.fromkeys(part[:60] for part in parts if part))


def _posts(archive: Archive, name: str) -> Iterator[Post | Skipped | Noted]:
    found = table(archive, name, is_header)
    if found is None:
        return
    prefix = f"{name}, " if archive.is_packed else ""
    columns = columns_of(found.header)
    if found.was_mended:
        yield Noted(reasons.MENDED, name)
    used = set(columns.values())
    for nth, title in enumerate(found.header):
        if title.strip() and nth not in used:
            yield Noted(reasons.UNKNOWN_COLUMN, f"{prefix}“{title.strip()[:60]}”")
    for row in found.rows:
        yield from _post(_Cells(row, columns), f"{prefix}line {row.line}")


def _post(cells: _Cells, where: str) -> Iterator[Post | Skipped | Noted]:
    name = cells["name"] or " ".join(part for part in (cells["first"], cells["last"]) if part)
    if "," in name and not cells["first"] and name.count(",") == 1:
        name = " ".join(part.strip() for part in reversed(name.split(",")))
    address, is_bad = address_in(cells["email"])
    if not name and address:
        name = re.sub(r"[._-]+", " ", address.partition("@")[0]).title()
    if not name or name.casefold() in _NO_ADDRESS:
        yield Skipped(reasons.NOBODY, where)
        return
    started, is_bad_start = day_in(cells["started"])
    left, is_bad_end = day_in(cells["left"])
    remarks = {reasons.BAD_ADDRESS: is_bad, reasons.BAD_DATE: is_bad_start or is_bad_end}
    remarks[reasons.MENDED] = any("\ufffd" in cells[field] for field in cells.columns)
    yield from (Noted(reason, where) for reason, is_so in remarks.items() if is_so)
    boss = cells["manager"]
    yield Post(
        person=PersonRecord(
            key=cells["number"],
            name=name,
            handle=cells["handle"],
            email=address,
            staff_number=cells["number"],
            title=cells["title"],
            unit=_unit(cells),
            place=cells["place"],
            telephone=cells["telephone"],
            about=cells["about"],
            started_on=started,
            time_zone=cells["time_zone"],
            skills=cells.several("skills"),
            languages=cells.several("languages"),
            left_at=_left_at(cells["status"], left),
            where=where,
        ),
        boss=found["inside"] if (found := _IN_BRACKETS.fullmatch(boss)) else boss,
        is_vacant=is_vacant(name),
    )


def _unit(cells: _Cells) -> tuple[str, ...]:
    levels = [level for field in ("company", "division", "department", "team") for level in levels_in(cells[field])]
    return tuple(level for nth, level in enumerate(levels) if level and (nth == 0 or level != levels[nth - 1]))


def levels_in(cell: str) -> list[str]:
    """The units in a cell, the widest first."""
    return [level.strip()[:200] for level in _LEVELS.split(" ".join(cell.split()))]


def _left_at(status: str, left: date | None) -> datetime | None:
    if left is not None and left <= datetime.now(UTC).date():
        return datetime.combine(left, time(), UTC)
    return datetime.now(UTC) if status.casefold() in _GONE else None
