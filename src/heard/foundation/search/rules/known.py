"""Known words: in which pool one is kept, and by what two are told to be a slip apart."""

import zlib

OPEN, NAMES = 0, -1
"""Pools of known words: of what all may read, and of the names by which colleagues are found."""


def shorter(word: str) -> set[str]:
    """A word with each of its letters missing."""
    return {word[:nth] + word[nth + 1 :] for nth in range(len(word))}


def left_as_number(left: str) -> int:
    """What is left of a word, as slips are kept."""
    return zlib.crc32(left.encode())
