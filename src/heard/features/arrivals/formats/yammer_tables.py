"""The tables of a Viva Engage (Yammer) export, whose headers are matched by meaning and not by spelling."""

import re
from collections.abc import Iterator, Mapping
from functools import partial

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.records import Noted
from heard.features.arrivals.formats.tables import header_in, table

# Other names of a column; what stands first counts first.
_OTHER_NAMES = {
    "id": ("messageid", "userid", "groupid", "networkid", "topicid", "fileid"),
    "fileid": ("id",),
    "messageid": ("id",),
    "repliedtoid": ("repliedto", "inreplyto", "inreplytoid", "parentid"),
    "sendername": ("senderfullname", "sender", "fullname"),
    "senderemail": ("senderemailaddress", "email"),
    "inprivateconversation": ("isprivate", "privateconversation", "private"),
    "privacy": ("privacystatus", "groupprivacy"),
    "creatorid": ("creator", "createdbyid", "createdby"),
    "draftstate": ("draft", "isdraft", "state", "status"),
    "messagetype": ("type",),
    "title": ("announcementtitle",),
    "editedat": ("modifiedat", "updatedat", "versioncreatedat"),
    "name": ("fullname", "displayname"),
    "jobtitle": ("title",),
    "body": ("messagebody", "text"),
}
_NOTHING = frozenset(["null", "none", "nil", "\\n"])


class Cells:
    """One row by the meaning of its columns."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self.cells = cells

    def __getitem__(self, name: str) -> str:
        """What stands in a column, or nothing where there is no such column, or "null" stands in it."""
        for one in (name, *_OTHER_NAMES.get(name, ())):
            if one in self.cells:
                value = self.cells[one].strip()
                return "" if value.casefold() in _NOTHING else value
        return ""

    def says_yes(self, name: str) -> bool:
        """Whether a column says yes."""
        return self[name].casefold() in ("true", "yes", "1", "t")

    def says_no(self, name: str) -> bool:
        """Whether a column says no, and does not keep silent."""
        return self[name].casefold() in ("false", "no", "0", "f")


def folded(title: str) -> str:
    """A title without case, spaces and signs."""
    return re.sub(r"[^a-z0-9]", "", title.casefold())


def has_columns(archive: Archive, name: str, needed: frozenset[str]) -> bool:
    """Whether a table has these columns, by their folded titles."""
    return bool(header_in(archive, name, partial(_is_header, needed)))


def rows(
    archive: Archive, name: str, needed: frozenset[str] = frozenset(["id"]), noted: list[Noted] | None = None
) -> Iterator[tuple[Cells, str]]:
    """Every row of a table with its place; none where there is no such table."""
    found = table(archive, name, partial(_is_header, needed)) if name in archive else None
    if found is None:
        return
    if found.was_mended and noted is not None:
        noted.append(Noted(reasons.MENDED, name))
    titles = [folded(title) for title in found.header]
    for row in found.rows:
        cells: dict[str, str] = {}
        for title, value in zip(titles, row.values, strict=False):
            cells.setdefault(title, value)
        yield Cells(cells), f"{name}, line {row.line}"


def _is_header(needed: frozenset[str], row: list[str]) -> bool:
    titles = {folded(title) for title in row}
    return all(name in titles or titles & {*_OTHER_NAMES.get(name, ())} for name in needed)
