"""Folds text into the words by which people and communities are found, and names into handles."""

import re
import unicodedata
from collections.abc import Callable, Iterable

LONGEST = 40
# Letters that Unicode does not take apart, as people type them who do not have them on their keyboard.
PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"})


def fold(text: str) -> str:
    """Lower case, without accents: `Novák` and `novak` are one, `Łódź` and `lodz` too."""
    parts = unicodedata.normalize("NFKD", text.casefold()).translate(PLAIN)
    return "".join(part for part in parts if not unicodedata.combining(part))


def words_of(*texts: str) -> set[str]:
    """Every folded word in `texts`, each at most 40 characters."""
    return {word[:LONGEST] for text in texts for word in re.findall(r"\w+", fold(text))}


def handle_from(name: str, is_taken: Callable[[str], bool]) -> str:
    """A handle such as `joana.ribeiro` that nobody has: `joana.ribeiro2` where it is taken."""
    latin = fold(name).encode("ascii", "ignore").decode()
    stem = ".".join(re.findall(r"[a-z0-9]+", latin))[:56] or "person"
    stem = stem if len(stem) > 1 else f"{stem}.{stem}"
    nth = 1
    while is_taken(handle := stem if nth == 1 else f"{stem}{nth}"):
        nth += 1
    return handle


def slug_from(name: str, is_taken: Callable[[str], bool]) -> str:
    """An address for `name` that is free; letters of every script may stand in it."""
    stem = "-".join(re.findall(r"\w+", fold(name)))[:80].strip("-_") or "community"
    nth = 1
    while is_taken(slug := stem if nth == 1 else f"{stem}-{nth}"):
        nth += 1
    return slug


def missing(wanted: Iterable[str], there: Iterable[str]) -> tuple[set[str], set[str]]:
    """What must be added to `there`, and what removed, to make it `wanted`."""
    want, have = set(wanted), set(there)
    return want - have, have - want
