"""Reads tables as they come out of offices: any delimiter, any encoding, titles above the header, uneven rows."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from heard.features.arrivals.errors import ArchiveIsDamaged
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.references import clean

type CsvReader = Any

_DELIMITERS = (",", ";", "\t", "|")
_ROWS_TO_HEADER = 12
_LONGEST_FIELD = 2**20
_MOST_BYTES = 512 * 2**20
_TABLE_ENDINGS = (".csv", ".tsv", ".txt")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its values in the order of the header, and the line on which it ends."""

    line: int
    values: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the rows below it; `was_mended` where the text was in no encoding that holds."""

    header: list[str]
    rows: Iterator[Row]
    was_mended: bool


def tables_in(archive: Archive) -> list[str]:
    """The members of an archive that may be tables."""
    if not archive.is_packed:
        return list(archive.names)
    return [name for name in archive.names if name.lower().endswith(_TABLE_ENDINGS)]


def header_in(archive: Archive, name: str, is_header: Callable[[list[str]], bool]) -> list[str]:
    """The header of a table, or nothing where no row near its top is one."""
    text = _decoded(archive.head(name, 65_536).encode("utf-8", "replace"))[0]
    try:
        for _nth, row in zip(range(_ROWS_TO_HEADER), _reader(text), strict=False):
            if is_header(row):
                return list(row)
    except csv.Error:
        pass
    return []


def table(archive: Archive, name: str, is_header: Callable[[list[str]], bool]) -> Table | None:
    """The table in `name`, or nothing where no row near its top is a header."""
    pieces, length = [], 0
    for piece in archive.chunks(name):
        length += len(piece)
        if length > _MOST_BYTES:
            raise ArchiveIsDamaged(name, _("it is too large for a table"))
        pieces.append(piece)
    text, was_mended = _decoded(b"".join(pieces))
    reader = _reader(text)
    try:
        for _nth, row in zip(range(_ROWS_TO_HEADER), reader, strict=False):
            if is_header(row):
                return Table(row, _rows(reader, name), was_mended)
    except csv.Error as error:
        raise ArchiveIsDamaged(name, _("line %(line)s cannot be read") % {"line": reader.line_num}) from error
    return None


def _rows(reader: CsvReader, name: str) -> Iterator[Row]:
    while True:
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ArchiveIsDamaged(name, _("line %(line)s cannot be read") % {"line": reader.line_num}) from error
        if any(value.strip() for value in values):
            yield Row(reader.line_num, values)


def _reader(text: str) -> CsvReader:
    csv.field_size_limit(_LONGEST_FIELD)
    text = clean(text)
    first, _newline, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        return csv.reader(io.StringIO(rest), delimiter=first.strip()[4])
    sample = text[:65_536]
    delimiter = max(_DELIMITERS, key=lambda sign: _evenness(sample, sign))
    return csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True)


def _evenness(sample: str, delimiter: str) -> tuple[int, int]:
    """How many columns most rows share if `delimiter` parts them."""
    try:
        rows = [
            len(row) for _nth, row in zip(range(20), csv.reader(io.StringIO(sample), delimiter=delimiter), strict=False)
        ]
    except csv.Error:
        return (0, 0)
    usual = max(set(rows), key=rows.count, default=0)
    return (usual if usual > 1 else 0, rows.count(usual))


def _decoded(raw: bytes) -> tuple[str, bool]:
    """The text, and whether some of it could not be read."""
    encoding = json.detect_encoding(raw[:4]) if raw[:4] else "utf-8"
    if encoding.startswith(("utf-16", "utf-32")):
        return raw.decode(encoding, "replace").lstrip("\ufeff"), False
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        return raw.decode("utf-8"), False
    except UnicodeDecodeError:
        mended = raw.decode("utf-8", "replace")
    broken = mended.count("\ufffd")
    if sum(sign > "\x7f" for sign in mended) > 2 * broken:
        return mended, True
    # Not UTF-8 at all: what Windows writes in western Europe.
    western = raw.decode("cp1252", "replace")
    return western, "\ufffd" in western
