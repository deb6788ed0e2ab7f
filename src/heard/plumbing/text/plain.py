"""Words without their dress: plain text out of parsed Markdown, and the beginning of it."""

import re
from collections.abc import Iterable
from unicodedata import combining

from markdown_it.token import Token

_SPACES = re.compile(r"\s+")
_JOINS_NEXT = ("\u200d", "\ufe0f", "\U0001f3fb", "\U0001f3fc", "\U0001f3fd", "\U0001f3fe", "\U0001f3ff")


def plain_text(tokens: Iterable[Token]) -> str:
    """What the tokens say, a line for a block, row or line; pictures by what stands in their place."""
    parts: list[str] = []
    for token in tokens:
        if token.type == "inline":
            parts.append("".join(_inline(token.children or ())))
        elif token.type in {"fence", "code_block"}:
            parts += (token.content.rstrip("\n"), "\n")
        elif token.type in {"paragraph_close", "heading_close", "tr_close"}:
            parts.append("\n")
        elif token.type in {"td_close", "th_close"}:
            parts.append(" ")
    lines = (line.rstrip() for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _inline(tokens: Iterable[Token]) -> Iterable[str]:
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            yield "\n"
        elif token.type == "image":
            yield from _inline(token.children or ())
        else:
            yield token.content


def excerpt(text: str, n: int) -> str:
    """The beginning of plain text on one line, `n` characters at most, ended by … where something is missing.

    It ends at the end of a word where one ends in its second half, and never within an emoji.
    """
    line = _SPACES.sub(" ", text).strip()
    if len(line) <= n:
        return line
    if n < 1:
        return ""
    cut = line[: n - 1]
    at_word = cut.rfind(" ") if line[n - 1] != " " else n - 1
    if at_word >= n // 2:
        return cut[:at_word].rstrip(" ,;:–-") + "…"
    end = n - 1
    while end > 0 and (line[end] in _JOINS_NEXT or line[end - 1] == "\u200d" or combining(line[end])):
        end -= 1
    return line[:end] + "…"
