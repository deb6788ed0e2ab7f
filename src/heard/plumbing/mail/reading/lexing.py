"""What stands in a structured header (RFC 5322): its comments are left out, and what is quoted means nothing."""

import re

LONGEST = 16_000
"""Characters of one header that are looked at."""
MASK = "\ufffd"
"""Stands for what would mean something if it were not quoted."""
_DIVIDES = re.compile(r"[\s<>,;:=\"()\\]")
_DIVIDES_ADDRESSES = re.compile(r"[\s<>,;:=\"()\\@]")
_COMMENT = re.compile(r"[()]|\\.|[^()\\]++|\\", re.DOTALL)
_OTHER = re.compile(r"\"(?P<quoted>(?:[^\"\\]|\\.)*+)\"|(?P<open>\()|(?P<plain>[^\"()\\]++|\\.)", re.DOTALL)


class NotWellFormed(ValueError):
    """A quotation or a comment that does not end, or ends without having begun; or a header that was cut."""


def lexed(value: str, *, of_addresses: bool = False) -> str:
    """A header that was not decoded, in which every comment is a space, and quoted text holds no sign that divides.

    Decoded first, it would say what whoever wrote it likes. Where it is `of_addresses`, nothing quoted is one.
    Raises NotWellFormed, also where it was cut.
    """
    if len(value) > LONGEST:
        raise NotWellFormed
    divides = _DIVIDES_ADDRESSES if of_addresses else _DIVIDES
    found: list[str] = []
    nth = 0
    while nth < len(value):
        piece = _OTHER.match(value, nth)
        if piece is None:
            raise NotWellFormed
        nth = piece.end()
        if piece["open"]:
            nth = _end_of_comment(value, nth)
            found.append(" ")
        elif piece["quoted"] is not None:
            found.append(divides.sub(MASK, re.sub(r"\\(.)", r"\1", piece["quoted"])) or MASK)
        else:
            found.append(piece["plain"])
    return "".join(found)


def _end_of_comment(value: str, nth: int) -> int:
    """Where a comment ends that begins before `nth`; comments nest."""
    depth = 1
    while depth:
        piece = _COMMENT.match(value, nth)
        if piece is None:
            raise NotWellFormed
        depth += {"(": 1, ")": -1}.get(piece[0], 0)
        nth = piece.end()
    return nth
