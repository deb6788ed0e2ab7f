"""The organograms that United Kingdom departments publish: senior posts one by one, junior posts as counts."""

from collections.abc import Iterator

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.people_csv import address_in, is_vacant
from heard.features.arrivals.formats.records import Noted, PersonRecord, Skipped
from heard.features.arrivals.formats.staff import Post, staff
from heard.features.arrivals.formats.tables import Row, header_in, table, tables_in

_UNNAMED = frozenset(("", "n/d", "nd", "n/a", "not disclosed", "-", "unknown", "name withheld", "tbc"))
_SENIOR = {"Post Unique Reference", "Reports to Senior Post"}
_JUNIOR = {"Reporting Senior Post", "Generic Job Title"}


def is_header(row: list[str]) -> bool:
    """Whether a row heads a table of senior or of junior posts."""
    titles = {title.strip() for title in row}
    return titles >= _SENIOR or titles >= _JUNIOR


def recognises(archive: Archive) -> bool:
    """Whether any table in it is one of posts."""
    return any(header_in(archive, name, is_header) for name in tables_in(archive))


def place_of(archive: Archive) -> str:
    """Posts are known by department and reference, so all organograms are one place."""
    return "organogram"


def records(archive: Archive) -> Iterator[PersonRecord | Skipped | Noted]:
    """The senior posts as people, whose holders are named or not; junior posts are counted."""
    names = [name for name in tables_in(archive) if header_in(archive, name, is_header)]
    yield from staff(lambda: (post for name in names for post in _posts(archive, name)))


def _posts(archive: Archive, name: str) -> Iterator[Post | Skipped | Noted]:
    found = table(archive, name, is_header)
    if found is None:
        return
    prefix = f"{name}, " if archive.is_packed else ""
    columns = {title.strip(): nth for nth, title in reversed(list(enumerate(found.header)))}
    is_junior = columns.keys() >= _JUNIOR
    if found.was_mended:
        yield Noted(reasons.MENDED, name)
    for row in found.rows:
        where = f"{prefix}line {row.line}"
        if is_junior:
            yield Skipped(reasons.COUNT_OF_POSTS, where)
        else:
            yield from _post(row, columns, where)


def _post(row: Row, columns: dict[str, int], where: str) -> Iterator[Post | Skipped | Noted]:
    def cell(title: str) -> str:
        nth = columns.get(title, -1)
        return row.values[nth].strip() if 0 <= nth < len(row.values) else ""

    name, title, reference = cell("Name"), cell("Job Title"), cell("Post Unique Reference")
    is_named = name.casefold() not in _UNNAMED
    if not (is_named or title):
        yield Skipped(reasons.NOBODY, where)
        return
    address, is_bad = address_in(cell("Contact E-mail"))
    if is_bad:
        yield Noted(reasons.BAD_ADDRESS, where)
    if any("\ufffd" in value for value in row.values):
        yield Noted(reasons.MENDED, where)
    scope = f"{cell('Parent Department') or cell('Organisation')}/"
    units = (cell("Parent Department"), cell("Organisation"), cell("Unit"))
    yield Post(
        person=PersonRecord(
            key=f"{scope}{reference}" if reference else "",
            name=name if is_named else title,
            # What reaches a whole office reaches nobody whose name is withheld.
            email=address if is_named else "",
            title=title,
            unit=tuple(dict.fromkeys(unit for unit in units if unit and unit.casefold() not in _UNNAMED)),
            telephone=cell("Contact Phone"),
            about=cell("Job/Team Function"),
            where=where,
        ),
        boss=cell("Reports to Senior Post"),
        scope=scope,
        is_vacant=is_vacant(name) or is_vacant(title),
        is_named=is_named,
    )
