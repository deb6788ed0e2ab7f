"""Reads tables as they come out of offices: any delimiter, any encoding, titles above the header, uneven rows."""

import codecs
import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _

from heard.features.arrivals.errors import ArchiveIsDamaged
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.references import clean

type CsvReader = Any

_DELIMITERS = (",", ";", "\t", "|")
_ROWS_TO_HEADER = 12
_SAMPLE = 65_536
_LONGEST_FIELD = 3 * 2**19
_LONGEST_LINE = 16 * 2**20
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
    raw = archive.head(name, _SAMPLE).encode("utf-8", "replace")
    encoding, _was_mended = _encoding_of([raw])
    try:
        for _nth, row in zip(range(_ROWS_TO_HEADER), _reader(_lines([raw], encoding, name)), strict=False):
            if is_header(row):
                return list(row)
    except (csv.Error, ArchiveIsDamaged):
        pass
    return []


def table(archive: Archive, name: str, is_header: Callable[[list[str]], bool]) -> Table | None:
    """The table in `name`, or nothing where no row near its top is a header; rows are read as they are asked for."""
    encoding, was_mended = _encoding_of(archive.chunks(name))
    reader = _reader(_lines(archive.chunks(name), encoding, name))
    try:
        for _nth, row in zip(range(_ROWS_TO_HEADER), reader, strict=False):
            if is_header(row):
                return Table(row, _rows(reader, name), was_mended)
    except csv.Error as error:
        raise ArchiveIsDamaged(name, _("line %(line)s cannot be read") % {"line": reader.line_num}) from error
    return None


def rows_without_header(archive: Archive, name: str) -> Iterator[Row]:
    """The rows of a table whose columns are known by their place."""
    encoding, _was_mended = _encoding_of(archive.chunks(name))
    return _rows(_reader(_lines(archive.chunks(name), encoding, name)), name)


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


def _reader(lines: Iterator[str]) -> CsvReader:
    csv.field_size_limit(_LONGEST_FIELD)
    first = next(lines, "")
    if first.lower().startswith("sep=") and len(first.strip()) == 5:
        return csv.reader(lines, delimiter=first.strip()[4])
    seen, length = [first], len(first)
    for line in lines:
        seen.append(line)
        length += len(line)
        if length > _SAMPLE:
            break
    sample = "".join(seen)[:_SAMPLE]
    delimiter = max(_DELIMITERS, key=lambda sign: _evenness(sample, sign))
    return csv.reader(chain(seen, lines), delimiter=delimiter, skipinitialspace=True)


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


def _lines(pieces: Iterable[bytes], encoding: str, name: str) -> Iterator[str]:
    """Clean lines of a text, however long it is."""
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)("replace"), translate=True)
    rest, is_first = "", True
    for piece in chain(pieces, [b""]):
        text = clean(decoder.decode(piece, not piece))
        if is_first:
            text, is_first = text.removeprefix("\ufeff"), False
        *lines, rest = (rest + text).split("\n")
        if len(rest) > _LONGEST_LINE:
            raise ArchiveIsDamaged(name, _("one of its records is too long"))
        yield from (f"{line}\n" for line in lines)
    if rest:
        yield rest


def _encoding_of(pieces: Iterable[bytes]) -> tuple[str, bool]:
    """The encoding of a text, and whether some of it cannot be read in it."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    western = codecs.getincrementaldecoder("cp1252")("replace")
    broken = foreign = unknown = 0
    is_first = True
    for piece in chain(pieces, [b""]):
        if is_first:
            is_first = False
            encoding = json.detect_encoding(piece[:4]) if piece else "utf-8"
            if encoding.startswith(("utf-16", "utf-32")):
                return encoding, False
        text = decoder.decode(piece, not piece)
        if not text.isascii():
            wrong = text.count("\ufffd")
            broken += wrong - min(wrong, piece.count(b"\xef\xbf\xbd"))
            foreign += sum(sign > "\x7f" for sign in text)
            unknown += western.decode(piece).count("\ufffd")
    if not broken:
        return "utf-8", False
    # Not UTF-8 at all: what Windows writes in western Europe.
    return ("utf-8", True) if foreign > 2 * broken else ("cp1252", bool(unknown))
