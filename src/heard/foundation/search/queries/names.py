"""Colleagues whose names were mistyped."""

from heard.foundation.people.models import Person
from heard.foundation.search.queries.correcting import LONGEST, SHORTEST, lefts_of, most_slips, slips_between
from heard.foundation.search.queries.knowing import names_like
from heard.foundation.search.queries.walking import run
from heard.plumbing.beginnings import begins
from heard.plumbing.tongues import split

MOST = 6


def names_meant(viewer: Person, typed: str) -> str:
    """What was typed, with names in the place of words that name nobody; "" where no name is near."""
    words = [word.folded for word in split(typed)][:MOST]
    meant = [nearest_name(word) for word in words]
    return " ".join(meant) if all(meant) and meant != words else ""


def nearest_name(word: str) -> str:
    """The word itself where it begins one by which somebody is found, else the nearest such; "" if none is near."""
    is_so, begun = begins("word", word)
    if run(f"SELECT 1 FROM people_word WHERE {is_so} LIMIT 1", begun):
        return word
    if not word.isalpha() or not SHORTEST <= len(word) <= LONGEST:
        return ""
    most = most_slips(word)
    far = {other: slips_between(word, other, most=most) for other in names_like(lefts_of(word))}
    near = [other for other, slips in far.items() if 0 < slips <= most]
    marks = ", ".join(["%s"] * len(near)) or "NULL"
    borne = [other for (other,) in run(f"SELECT DISTINCT word FROM people_word WHERE word IN ({marks})", near)]
    return min(borne, key=lambda other: (far[other], other[0] != word[0], other), default="")
