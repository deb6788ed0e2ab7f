"""Communities whose names were mistyped."""

from collections.abc import Collection

from heard.foundation.communities.models import Community
from heard.foundation.communities.queries import search as listed_by_words
from heard.foundation.people.models import Person
from heard.foundation.search.queries.correcting import LONGEST, RIGHT, SHORTEST, most_slips, slips_between
from heard.plumbing.tongues import split

MOST = 6
COMPARED = 500
FAR = 1_000


def places_meant(viewer: Person, typed: str) -> list[Community]:
    """Visible communities whose names are nearest to what was typed, all that are equally near; none if none is near.

    The first letters of its longest word are taken to be right.
    """
    wanted = [word.folded for word in split(typed)][:MOST]
    longest = max(wanted, key=len, default="")
    if len(longest) < SHORTEST:
        return []
    seen = listed_by_words(viewer, longest[:RIGHT]).order_by("-member_count", "id")[:COMPARED]
    far = {one: slips_in(one.name, wanted) for one in seen}
    least = min(far.values(), default=FAR)
    return [one for one, slips in far.items() if slips == least < FAR]


def slips_in(name: str, wanted: Collection[str]) -> int:
    """How many slips it takes that each of these words begins or is one of the name; FAR where one is not near."""
    there = [word.folded for word in split(name)]
    return min(FAR, sum(min((slips_to(word, other) for other in there), default=FAR) for word in wanted))


def slips_to(word: str, other: str) -> int:
    """None where `other` begins so; FAR where it can hardly have been meant."""
    if other.startswith(word):
        return 0
    if not word.isalpha() or not SHORTEST <= len(word) <= LONGEST:
        return FAR
    slips = slips_between(word, other, most=most_slips(word))
    return slips if slips <= most_slips(word) else FAR
