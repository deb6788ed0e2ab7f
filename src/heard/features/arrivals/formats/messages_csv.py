"""A table of messages from any system: columns known by their names, or by what somebody said of them."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.columns import folded
from heard.features.arrivals.formats.messages_laid import Message, Messages
from heard.features.arrivals.formats.messages_told import told
from heard.features.arrivals.formats.records import Noted, Record, Skipped
from heard.features.arrivals.formats.tables import header_in, table, tables_in

FIELDS = (
    "id", "thread", "parent", "community", "access", "author", "email", "time", "title", "text", "edited", "deleted",
    "tags", "reactions", "link", "kind",
)  # fmt: skip
_LONGEST_KEY = 200


def mapping_of(header: list[str], said: Mapping[str, str]) -> dict[str, str]:
    """Which column holds which field, by header; what somebody `said` of a column counts before its name.

    A field that is said to be empty is no column's. Of several columns of one field, the first is taken.
    """
    wanted = {folded(title): field for title, field in said.items()}
    found: dict[str, str] = {}
    for is_said in (True, False):
        for title in header:
            key = folded(title)
            field = (
                wanted.get(key, "") if is_said else ("" if key in wanted else _names().get(key.replace(" ", ""), ""))
            )
            if field in FIELDS and field not in found.values():
                found[title] = field
    return found


def recognises(archive: Archive) -> bool:
    """Whether this is a table, or a zip of tables, in which people say something at some time."""
    return any(header_in(archive, name, _is_header(archive)) for name in tables_in(archive))


def place_of(archive: Archive) -> str:
    """Tables name no place of their own: that of each is its file's name without what changes from day to day."""
    stem = archive.name.rpartition(".")[0] or archive.name
    return "".join(sign for sign in stem.casefold() if sign.isalpha())[:100] or "table"


def records(archive: Archive) -> Iterator[Record]:
    """Everything that was said, conversation by conversation, whatever order the rows are in."""
    messages = Messages()
    for name in tables_in(archive):
        yield from _lay(archive, name, messages)
    yield from told(messages)


def _lay(archive: Archive, name: str, messages: Messages) -> Iterator[Record]:
    found = table(archive, name, _is_header(archive))
    if found is None:
        return
    prefix = f"{name}, " if archive.is_packed else ""
    mapping = mapping_of(found.header, archive.mapping)
    columns = {mapping[title]: nth for nth, title in reversed(list(enumerate(found.header))) if title in mapping}
    if found.was_mended:
        yield Noted(reasons.MENDED, name)
    for title in found.header:
        if title.strip() and title not in mapping:
            yield Noted(reasons.UNKNOWN_COLUMN, f"{prefix}“{title.strip()[:60]}”")
    stem = "" if "community" in columns else name.rpartition("/")[2].rpartition(".")[0] or name
    for row in found.rows:
        cells = {field: row.values[nth].strip() for field, nth in columns.items() if nth < len(row.values)}
        where = f"{prefix}line {row.line}"
        key = cells.get("id", "")[:_LONGEST_KEY] or _made_key(cells)
        cells.setdefault("community", stem)
        if not messages.lay(Message(key, cells, where)):
            yield Skipped(reasons.SAID_TWICE, where)


def _made_key(cells: Mapping[str, str]) -> str:
    """The same in every table that holds the message, where it has no number of its own."""
    names = ("community", "author", "email", "time", "text", "title")
    return hashlib.sha256("\n".join(cells.get(name, "") for name in names).encode("utf-8", "replace")).hexdigest()[:24]


def _is_header(archive: Archive):  # type: ignore[no-untyped-def]
    def is_header(row: list[str]) -> bool:
        there = set(mapping_of(row, archive.mapping).values())
        return {"text", "time"} <= there and bool(there & {"author", "email"})

    return is_header


@cache
def _names() -> dict[str, str]:
    listed = files("heard.features.arrivals.formats").joinpath("message_columns.txt").read_text("utf-8")
    rows = [line.partition(":") for line in listed.splitlines() if line and not line.startswith("#")]
    return {folded(name).replace(" ", ""): field for field, _colon, names in rows for name in names.split(";")}
