"""Reads the rows of an XML file of any length one at a time, mending what is broken in its encoding."""

import codecs
import re
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from heard.features.arrivals.errors import ArchiveIsDamaged, ArchiveIsUnsafe
from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.records import Noted

_LONGEST_ROW = 64 * 2**20
# What no XML may hold, as itself or by its number; real dumps do.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,9}));")
_CUT_OFF = frozenset(
    [
        expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
        expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
        expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
    ]
)


def rows(archive: Archive, name: str, noted: list[Noted] | None = None) -> Iterator[dict[str, str]]:
    """The attributes of each `row` in a file; refuses a file that is not whole, or that declares entities."""
    yield from _Reader(archive, name, noted).rows()


def count_of_rows(archive: Archive, name: str) -> int:
    """How many rows a file has, without looking into them."""
    count, rest = 0, b""
    for piece in archive.chunks(name):
        rest += piece
        count += rest.count(b"<row ")
        rest = rest[-4:]
    return count


class _Reader:
    def __init__(self, archive: Archive, name: str, noted: list[Noted] | None) -> None:
        self.archive, self.name, self.noted = archive, name, noted
        self.found: list[dict[str, str]] = []
        self.since_row = 0
        self.parser: Any = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self._start
        self.parser.StartDoctypeDeclHandler = self._refuse_declarations
        self.parser.buffer_text = True

    def rows(self) -> Iterator[dict[str, str]]:
        for text in self._pieces():
            self._parse(text, is_last=False)
            found, self.found = self.found, []
            yield from found
            self.since_row = 0 if found else self.since_row + len(text)
            if self.since_row > _LONGEST_ROW:
                raise ArchiveIsDamaged(self.name, _("one of its records is too long"))
        self._parse("", is_last=True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            self.found.append(attributes)

    def _refuse_declarations(self, *_declared: object) -> None:
        raise ArchiveIsUnsafe(
            _("“%(name)s” declares entities of its own, which no export does, so it is not read.") % {"name": self.name}
        )

    def _parse(self, text: str, *, is_last: bool) -> None:
        try:
            self.parser.Parse(text, is_last)
        except expat.ExpatError as error:
            if error.code in _CUT_OFF and is_last:
                why = _("it ends in the middle")
            else:
                why = _("line %(line)s cannot be read") % {"line": error.lineno}
            raise ArchiveIsDamaged(self.name, why) from error

    def _pieces(self) -> Iterator[str]:
        decoder: codecs.IncrementalDecoder | None = None
        rest = ""
        for piece in self.archive.chunks(self.name):
            if decoder is None:
                is_wide = piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
                decoder = codecs.getincrementaldecoder("utf-16" if is_wide else "utf-8-sig")("replace")
            text = rest + decoder.decode(piece)
            if "\ufffd" in text and self.noted is not None and b"\xef\xbf\xbd" not in piece:
                self.noted.append(Noted(reasons.MENDED, self.name))
                self.noted = None
            # The number of a sign may go on in the next piece.
            at = text.rfind("&", -12)
            text, rest = (text[:at], text[at:]) if at >= 0 else (text, "")
            yield _allowed(text)
        yield _allowed(rest + (decoder.decode(b"", True) if decoder else ""))


def _allowed(text: str) -> str:
    if not text.isascii() or not text.isprintable():
        text = _FORBIDDEN.sub("", text)
    return _REFERENCE.sub(_kept, text) if "&#" in text else text


def _kept(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else int(found[2])
    is_fine = code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    return found[0] if is_fine else ""
