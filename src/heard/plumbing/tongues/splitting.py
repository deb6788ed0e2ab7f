"""Text taken apart into words; scripts that are written without spaces into pairs of characters."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from heard.plumbing.words import LONGEST, fold

# Chinese, Japanese, Thai, Lao, Burmese and Khmer part no words, so every two neighbours count as one.
_JOINED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Vowel signs of Indian scripts and other marks, which `\w` leaves out.
_MARKS = "".join(chr(code) for code in range(0x300, 0xE00) if unicodedata.category(chr(code)) in {"Mn", "Mc"})
_RUN = re.compile(rf"(?P<joined>[{_JOINED}]+)|(?P<word>(?:[^\W_{_JOINED}]+|[{_MARKS}])+)")


class Word(NamedTuple):
    """One word: where it stands in the text, as it was written, and as it is looked for."""

    start: int
    end: int
    written: str
    folded: str
    is_joined: bool = False


def split(text: str) -> Iterator[Word]:
    """Every word of `text` in its order; what is longer than 40 characters is found by its beginning."""
    for run in _RUN.finditer(text):
        written = run.group()
        if run.lastgroup == "joined":
            yield from _pairs(run.start(), written)
        elif folded := _folded(written):
            yield Word(run.start(), run.end(), written, folded)


def joined_script(written: str) -> bool:
    """Whether this is of a script that parts no words."""
    return bool((run := _RUN.fullmatch(written)) and run.lastgroup == "joined")


def _pairs(start: int, run: str) -> Iterator[Word]:
    if len(run) == 1:
        yield Word(start, start + 1, run, _spelt_out(run), True)
    for nth, (first, second) in enumerate(pairwise(run)):
        pair = first + second
        yield Word(start + nth, start + nth + 2, pair, _spelt_out(pair), True)


def _spelt_out(pair: str) -> str:
    # Here marks part words, and only the width of letters does not.
    return unicodedata.normalize("NFKC", pair)


@lru_cache(maxsize=50_000)
def _folded(written: str) -> str:
    # Folding may bring characters that part words, as ½ becomes 1⁄2.
    return "".join(part for part in fold(written) if part.isalnum() or part in _MARKS)[:LONGEST]
