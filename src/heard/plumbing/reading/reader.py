"""The process that reads one file from its standard input and writes its words; run by `asking.py`, never imported.

It knows nothing of Heard, opens nothing, and limits itself before it looks at the first byte.
"""

import contextlib
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat

MOST_UNPACKED = 60_000_000
MOST_PAGES = 2_000
PIECE = 1 << 16
PARTS = {
    "docx": re.compile(r"word/(document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml"),
    "pptx": re.compile(r"ppt/(slides|notesSlides)/\w+\.xml"),
    "xlsx": re.compile(r"xl/(sharedStrings|worksheets/\w+)\.xml"),
    "odf": re.compile(r"content\.xml"),
}


class TooMuch(Exception):
    """More than a file is worth."""


class Locked(Exception):
    """It opens with a password only."""


def main() -> None:
    """Says in the first line how it went, and then the words."""
    kind, most, seconds, megabytes = sys.argv[1], *map(int, sys.argv[2:5])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    out = sys.stdout.buffer
    try:
        text = read(kind, most)
    except (TooMuch, MemoryError, RecursionError):
        out.write(b"too much\n")
    except Locked:
        out.write(b"locked\n")
    except Exception:
        out.write(b"broken\n")
    else:
        out.write(b"read\n" + text.encode("utf-8", "replace"))


def read(kind: str, most: int) -> str:
    """The words, `most` characters of them or a little more."""
    if kind == "text":
        return sys.stdin.buffer.read(most * 4).decode("utf-8", "replace")[:most]
    parts: list[str] = []
    length = 0
    for part in pdf() if kind == "pdf" else office(PARTS[kind]):
        parts.append(part)
        length += len(part)
        if length > most:
            break
    return "".join(parts)


def pdf() -> Iterator[str]:
    """The words of each page."""
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError

    content = BytesIO(sys.stdin.buffer.read())
    try:
        document = PdfReader(content, strict=False)
        if document.is_encrypted and not document.decrypt(""):
            raise Locked
        pages = len(document.pages)
        for nth in range(min(pages, MOST_PAGES)):
            # A page that is broken does not hide the others.
            with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError, IndexError):
                yield document.pages[nth].extract_text() + "\n"
    except FileNotDecryptedError as error:
        raise Locked from error


def office(parts: re.Pattern[str]) -> Iterator[str]:
    """The words of the parts of an Office file that hold any."""
    archive = zipfile.ZipFile(sys.stdin.buffer)
    unpacked = 0
    for entry in sorted(archive.infolist(), key=lambda one: one.filename):
        if not parts.fullmatch(entry.filename):
            continue
        if entry.flag_bits & 1:
            raise Locked
        with archive.open(entry) as file:
            taken = Words()
            while piece := file.read(PIECE):
                unpacked += len(piece)
                if unpacked > MOST_UNPACKED:
                    raise TooMuch
                taken.parser.Parse(piece)
                yield from taken.out()
            taken.parser.Parse(b"", True)
            yield from taken.out()


class Words:
    """Takes the words out of XML: all text within elements named `t`, or in paragraphs of OpenDocument."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.hear
        # No Office file declares entities; whoever does wants to grow.
        self.parser.EntityDeclHandler = self.refuse
        self.depth = 0
        self.parts: list[str] = []

    def refuse(self, *_declared: object) -> None:
        raise TooMuch

    def begin(self, name: str, _attributes: object) -> None:
        space, _, local = name.rpartition(" ")
        if local == "t" or ("opendocument" in space and local in {"p", "h"}):
            self.depth += 1
        elif local in {"tab", "br", "s", "line-break"}:
            self.parts.append(" ")

    def end(self, name: str) -> None:
        space, _, local = name.rpartition(" ")
        if local == "t" or ("opendocument" in space and local in {"p", "h"}):
            self.depth -= 1
        if local in {"p", "h", "si", "is", "tr"}:
            self.parts.append("\n")

    def hear(self, text: str) -> None:
        if self.depth:
            self.parts.append(text)

    def out(self) -> list[str]:
        """What was heard since it was last asked for."""
        heard, self.parts = self.parts, []
        return heard


if __name__ == "__main__":
    main()
