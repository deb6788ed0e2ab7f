"""Reads a file with one JSON object a line, whatever its length; no more than one line is in memory."""

import json
from collections.abc import Iterator
from typing import Any

from heard.features.arrivals.formats.archive import Archive

LONGEST_LINE = 32 * 2**20
_DECODER = json.JSONDecoder(strict=False)


def lines(archive: Archive, name: str) -> Iterator[tuple[int, bytes | None]]:
    """Every line that is not blank, with its number; nothing in place of one that is too long to be read."""
    number, kept, length = 1, list[bytes](), 0
    for piece in archive.chunks(name):
        *ended, rest = piece.split(b"\n")
        for part in ended:
            length += len(part)
            if length > LONGEST_LINE:
                yield number, None
            elif line := b"".join((*kept, part)).strip() if kept else part.strip():
                yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            number, kept, length = number + 1, [], 0
        length += len(rest)
        if rest and length <= LONGEST_LINE:
            kept.append(rest)
        elif length > LONGEST_LINE:
            kept = []
    if length > LONGEST_LINE:
        yield number, None
    elif line := b"".join(kept).strip():
        yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def value_of(line: bytes) -> tuple[Any, bool]:
    """What a line says, and whether its encoding had to be mended; raises ValueError where it is no JSON."""
    text = line.decode("utf-8", "replace")
    was_mended = "\ufffd" in text and b"\xef\xbf\xbd" not in line
    try:
        value, end = _DECODER.raw_decode(text)
    except RecursionError as error:
        raise ValueError from error
    if text[end:].strip():
        raise ValueError
    return value, was_mended
