"""What changed between two texts, word by word."""

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

MOST_WORDS = 1_500
_WORD = re.compile(r"\S+|\s+")


class Change(NamedTuple):
    """A piece of text that stayed, that went, or that came."""

    sort: Literal["same", "gone", "new"]
    words: str


def differences(before: str, after: str) -> list[Change]:
    """The pieces of both texts in their order; those that are not "new" make up `before`, those not "gone" `after`.

    Where more than 1,500 words and gaps lie between the first change and the last, all of them went and came.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    begin = _alike(old, new)
    end = _alike(old[begin:][::-1], new[begin:][::-1])
    middle = old[begin : len(old) - end], new[begin : len(new) - end]
    pieces = [Change("same", "".join(old[:begin])), *_compared(*middle), Change("same", "".join(old[len(old) - end :]))]
    return [piece for piece in pieces if piece.words]


def _alike(one: list[str], other: list[str]) -> int:
    """How many words are the same from the beginning on."""
    shorter = min(len(one), len(other))
    return next((nth for nth in range(shorter) if one[nth] != other[nth]), shorter)


def _compared(old: list[str], new: list[str]) -> list[Change]:
    if max(len(old), len(new)) > MOST_WORDS:
        return [Change("gone", "".join(old)), Change("new", "".join(new))]
    pieces: list[Change] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            pieces.append(Change("same", "".join(old[a:b])))
        else:
            pieces += [Change("gone", "".join(old[a:b])), Change("new", "".join(new[c:d]))]
    return pieces
