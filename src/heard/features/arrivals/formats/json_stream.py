"""Reads a JSON list of any length one element at a time, mending what is broken in its encoding."""

import codecs
import json
from collections.abc import Container, Generator, Iterator
from contextlib import closing
from typing import Any

from django.utils.translation import gettext as _

from heard.features.arrivals.errors import ArchiveIsDamaged
from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.records import Noted

_WHITESPACE = " \t\n\r"
_LONGEST_ELEMENT = 64 * 2**20
_DEEPEST, _SMALL = 5, 2**20
_DECODER = json.JSONDecoder(strict=False)


def elements(archive: Archive, name: str, noted: list[Noted] | None = None) -> Iterator[Any]:
    """The elements of the list in `name`, in order; refuses with the file's name where it is no whole JSON list."""
    with closing(_Reader(archive, name, noted)) as reader:
        yield from reader.elements()


def table_elements(
    archive: Archive, name: str, wanted: Container[str], noted: list[Noted] | None = None
) -> Iterator[tuple[str, Any]]:
    """The elements of those lists of the object in `name` whose names are wanted, each with the name of its list.

    Lists of other names are read past, and what is no list is given as the one element of its name.
    """
    with closing(_Reader(archive, name, noted)) as reader:
        yield from reader.table_elements(wanted)


def parts(
    archive: Archive, name: str, within: Container[str], noted: list[Noted] | None = None
) -> Iterator[tuple[str, Any]]:
    """What stands in the object in `name`, by its names, or in the list, each without one.

    Of names that are `within`, lists are given element by element, and objects are gone into.
    """
    with closing(_Reader(archive, name, noted)) as reader:
        yield from reader.small_parts(within) if archive.size_of(name) <= _SMALL else reader.parts(within)


class _Reader:
    def __init__(self, archive: Archive, name: str, noted: list[Noted] | None) -> None:
        self.name = name
        self.pieces = self._text(archive, noted)
        self.buffer, self.at, self.is_over = "", 0, False

    def close(self) -> None:
        """Lets go of the file and of what was read of it, also where nobody asked for the rest."""
        self.pieces.close()
        self.buffer = ""

    def elements(self) -> Iterator[Any]:
        if self._next_sign() != "[":
            raise ArchiveIsDamaged(self.name, _("it is not a JSON list"))
        self.at += 1
        if self._next_sign() == "]":
            self.at += 1
        else:
            yield from self._rest()
        if self._next_sign():
            raise ArchiveIsDamaged(self.name, _("something stands after its end"))

    def table_elements(self, wanted: Container[str]) -> Iterator[tuple[str, Any]]:
        if self._next_sign() != "{":
            raise ArchiveIsDamaged(self.name, _("it is not a JSON object"))
        for table in self._names():
            for element in self._list_or_value():
                if table in wanted:
                    yield table, element

    def parts(self, within: Container[str]) -> Iterator[tuple[str, Any]]:
        if self._next_sign() == "[":
            yield from (("", element) for element in self.elements())
        elif self._next_sign() == "{":
            yield from self._parts_of_object(within, 0)
            if self._next_sign():
                raise ArchiveIsDamaged(self.name, _("something stands after its end"))
        else:
            raise ArchiveIsDamaged(self.name, _("it is neither a JSON list nor an object"))

    def small_parts(self, within: Container[str]) -> Iterator[tuple[str, Any]]:
        """The same of what fits into memory, in a tenth of the time."""
        if self._next_sign() not in ("[", "{"):
            raise ArchiveIsDamaged(self.name, _("it is neither a JSON list nor an object"))
        value = self._element()
        if self._next_sign():
            raise ArchiveIsDamaged(self.name, _("something stands after its end"))
        yield from _parts_within(value, within, 0)

    def _parts_of_object(self, within: Container[str], depth: int) -> Iterator[tuple[str, Any]]:
        for name in self._names():
            if name in within and self._next_sign() == "{" and depth < _DEEPEST:
                yield from self._parts_of_object(within, depth + 1)
            elif name in within:
                yield from ((name, element) for element in self._list_or_value())
            else:
                self._next_sign()
                yield name, self._element()
        self.at += 1

    def _names(self) -> Iterator[str]:
        """The names of an object, each while the reader stands before its value, which must be read before the next."""
        self.at += 1
        is_first = True
        while (sign := self._next_sign()) != "}":
            if not is_first:
                self._expect(sign, ",")
            is_first = False
            if (sign := self._next_sign()) != '"':
                self._expect(sign, '"')
            name = str(self._element())
            self._expect(self._next_sign(), ":")
            yield name

    def _list_or_value(self) -> Iterator[Any]:
        if self._next_sign() != "[":
            yield self._element()
            return
        self.at += 1
        if self._next_sign() == "]":
            self.at += 1
        else:
            yield from self._rest()

    def _expect(self, found: str, sign: str) -> None:
        if found != sign:
            why = _("it ends in the middle") if not found else _("it is not valid JSON")
            raise ArchiveIsDamaged(self.name, why)
        self.at += 1

    def _rest(self) -> Iterator[Any]:
        while True:
            self._next_sign()
            yield self._element()
            sign = self._next_sign()
            self.at += 1
            if sign == "]":
                return
            if sign != ",":
                why = _("it ends in the middle") if not sign else _("it is not valid JSON")
                raise ArchiveIsDamaged(self.name, why)

    def _element(self) -> Any:
        while True:
            try:
                element, end = _DECODER.raw_decode(self.buffer, self.at)
            except (ValueError, RecursionError) as error:  # a number of thousands of digits is a ValueError alone
                if self.is_over or not isinstance(error, json.JSONDecodeError):
                    why = _("it ends in the middle") if self._is_cut(error) else _("it is not valid JSON")
                    raise ArchiveIsDamaged(self.name, why) from error
                if len(self.buffer) - self.at > _LONGEST_ELEMENT:
                    raise ArchiveIsDamaged(self.name, _("one of its records is too long")) from error
                self._read(len(self.buffer) - self.at)
                continue
            # A number at the edge of what was read may go on in the next piece.
            if end == len(self.buffer) and not self.is_over:
                self._read(1)
                continue
            self.at = end
            return element

    def _is_cut(self, error: Exception) -> bool:
        return isinstance(error, json.JSONDecodeError) and (
            error.pos >= len(self.buffer.rstrip()) or "Unterminated" in error.msg
        )

    def _next_sign(self) -> str:
        while True:
            while self.at < len(self.buffer):
                if self.buffer[self.at] not in _WHITESPACE:
                    return self.buffer[self.at]
                self.at += 1
            if self.is_over:
                return ""
            self._read(1)

    def _read(self, at_least: int) -> None:
        kept, length = [self.buffer[self.at :]], 0
        while length < at_least:
            piece = next(self.pieces, None)
            if piece is None:
                self.is_over = True
                break
            kept.append(piece)
            length += len(piece)
        self.buffer, self.at = "".join(kept), 0

    def _text(self, archive: Archive, noted: list[Noted] | None) -> Generator[str]:
        decoder: codecs.IncrementalDecoder | None = None
        for piece in archive.chunks(self.name):
            if decoder is None:
                decoder = codecs.getincrementaldecoder(json.detect_encoding(piece))("replace")
            text = decoder.decode(piece)
            if "\ufffd" in text and noted is not None and b"\xef\xbf\xbd" not in piece:
                noted.append(Noted(reasons.MENDED, self.name))
                noted = None
            yield text
        if decoder:
            yield decoder.decode(b"", True)


def _parts_within(value: Any, within: Container[str], depth: int) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        yield from (("", element) for element in value)
        return
    for name, part in value.items():
        if name in within and isinstance(part, dict) and depth < _DEEPEST:
            yield from _parts_within(part, within, depth + 1)
        elif name in within:
            yield from ((name, element) for element in (part if isinstance(part, list) else [part]))
        else:
            yield name, part
