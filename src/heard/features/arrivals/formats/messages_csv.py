"""A table of messages from any system: columns known by their names, or by what somebody said of them."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import islice
from zlib import crc32

from django.utils.translation import gettext as _

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.columns import folded
from heard.features.arrivals.formats.domains import home_domain
from heard.features.arrivals.formats.messages_laid import Message, Messages
from heard.features.arrivals.formats.messages_told import told, why_not
from heard.features.arrivals.formats.moments import latest_moment
from heard.features.arrivals.formats.office_moments import is_month_first, moment_of_cell
from heard.features.arrivals.formats.records import Noted, Record, Skipped
from heard.features.arrivals.formats.tables import header_in, table, tables_in

FIELDS = (
    "id", "thread", "parent", "community", "access", "author", "handle", "email", "time", "title", "text",
    "edited", "deleted", "tags", "reactions", "likes", "link", "kind", "files",
)  # fmt: skip
_LONGEST_KEY = 200
_SAMPLE = 5_000


def why_no_messages(fields: Iterable[str], *, is_packed: bool) -> str:
    """Why columns that hold these fields give no messages, in one sentence, or nothing.

    Of several tables in one archive, each may have a column for the same field.
    """
    counts = Counter(field for field in fields if field)
    if "text" not in counts or "time" not in counts or not counts.keys() & {"author", "handle", "email"}:
        return _("One column must hold the text, one the time, and one the author, their handle or their e-mail.")
    twice = sorted(field for field, count in counts.items() if count > 1)
    if twice and not is_packed:
        return _("Two columns cannot both hold “%(field)s”. Choose one of them.") % {"field": twice[0]}
    return ""


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
    """Tables name no place: it is that of the people in them, told apart from others by what the columns are called."""
    addresses: list[str] = []
    titles: set[str] = set()
    for name in tables_in(archive):
        found = table(archive, name, _is_header(archive))
        if found is not None:
            titles.update(folded(title) for title in found.header)
            nth = _columns(archive, found.header).get("email", -1)
            addresses += [row.values[nth] for row in islice(found.rows, _SAMPLE) if 0 <= nth < len(row.values)]
    return f"{home_domain(addresses)} {crc32(' '.join(sorted(titles)).encode()):08x}".strip()


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
    mapping, columns = mapping_of(found.header, archive.mapping), _columns(archive, found.header)
    month_first, latest = _is_month_first(archive, name, columns["time"]), latest_moment()
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
        at = moment_of_cell(cells.get("time", ""), latest, month_first=month_first)
        cells.setdefault("community", stem)
        if reason := why_not(cells, at):
            yield Skipped(reason, where)
        elif at is not None and not _is_laid(messages, Message(key, at, cells, where), prefix):
            yield Skipped(reasons.SAID_TWICE, where)


def _is_laid(messages: Messages, message: Message, prefix: str) -> bool:
    """Keeps a message. In several tables, the same number in another one is another message."""
    if messages.lay(message):
        return True
    if not prefix or messages.place_of(message.key).startswith(prefix):
        return False
    return messages.lay(replace(message, key=f"{prefix}{message.key}"[:_LONGEST_KEY]))


def _columns(archive: Archive, header: list[str]) -> dict[str, int]:
    mapping = mapping_of(header, archive.mapping)
    return {mapping[title]: nth for nth, title in reversed(list(enumerate(header))) if title in mapping}


def _is_month_first(archive: Archive, name: str, nth: int) -> bool:
    again = table(archive, name, _is_header(archive))
    return again is not None and is_month_first(row.values[nth] for row in again.rows if nth < len(row.values))


def columns_of(archive: Archive) -> dict[str, str]:
    """Every column of the tables, with the field that it is taken for, or nothing."""
    found: dict[str, str] = {}
    for name in tables_in(archive):
        header = header_in(archive, name, _is_header(archive))
        mapping = mapping_of(header, archive.mapping)
        found |= {title.strip()[:60]: mapping.get(title, "") for title in header if title.strip()}
    return found


def _made_key(cells: Mapping[str, str]) -> str:
    """The same in every table that holds the message, where it has no number of its own."""
    names = ("community", "author", "handle", "email", "time", "text", "title")
    return hashlib.sha256("\n".join(cells.get(name, "") for name in names).encode("utf-8", "replace")).hexdigest()[:24]


def _is_header(archive: Archive) -> Callable[[list[str]], bool]:
    def is_header(row: list[str]) -> bool:
        there = set(mapping_of(row, archive.mapping).values())
        return {"text", "time"} <= there and bool(there & {"author", "handle", "email"})

    return is_header


@cache
def _names() -> dict[str, str]:
    listed = files("heard.features.arrivals.formats").joinpath("message_columns.txt").read_text("utf-8")
    rows = [line.partition(":") for line in listed.splitlines() if line and not line.startswith("#")]
    return {folded(name).replace(" ", ""): field for field, _colon, names in rows for name in names.split(";")}
