"""How much work a text would be: a few characters can ask for a hundred thousand cells, or a megabyte of address."""

import re
from collections.abc import Iterable

from markdown_it.token import Token

from .markdown import DEEPEST

MOST_CELLS = 5_000
MOST_NESTED_LINES = 50_000
"""Lines, each counted as often as the blocks around it are deep: each of those looks at every one of them."""
LARGEST_HTML = 400_000
"""Characters; tables and quotations of the longest message come to three quarters of it."""

_MARKERS = re.compile(r"(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t])))*[ \t]*")
_MARKER = re.compile(r">|[-*+]|\d+[.)]")
_OF_DELIMITERS = frozenset("|-: \t>")


def is_much_work(source: str) -> bool:
    """Whether finding the tables and nested blocks of a text would hold up others; errs towards yes."""
    cells = nested = lines = columns = depth = 0
    for line in (*source.split("\n"), ""):
        if line.strip(" \t>\r"):
            lines += 1
            depth = max(depth, _depth_of(line))
            columns = max(columns, _columns_of(line))
            continue
        cells, nested = cells + lines * columns, nested + lines * depth
        lines = columns = depth = 0
    return cells > MOST_CELLS or nested > MOST_NESTED_LINES


def is_much_html(tokens: Iterable[Token]) -> bool:
    """Whether so many addresses come out of the tokens that the HTML is sure to be too large."""
    size = 0
    for token in tokens:
        for child in token.children or ():
            size += sum(len(str(value)) for value in child.attrs.values())
    return size > LARGEST_HTML


def _depth_of(line: str) -> int:
    """How deep what stands on a line may lie: two blanks before it or a mark for each block."""
    found = _MARKERS.match(line)
    before = found[0] if found else ""
    blanks = before.count(" ") + 4 * before.count("\t")
    return min(DEEPEST, blanks // 2 + len(_MARKER.findall(before)))


def _columns_of(line: str) -> int:
    """Of a line that may stand below the head of a table, into how many columns it parts what follows."""
    return line.count("|") + 1 if "|" in line and "-" in line and _OF_DELIMITERS.issuperset(line.rstrip("\r")) else 0
