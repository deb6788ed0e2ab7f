"""What is kept of a document, and what somebody means by what they type. Knows no database."""

from heard.foundation.search.rules.asked import Asked, Stem, Term
from heard.foundation.search.rules.known import NAMES, OPEN, left_as_number, shorter
from heard.foundation.search.rules.marks import (
    HAS,
    KINDS,
    WHY_NOT,
    community_mark,
    days_between,
    has_mark,
    kind_mark,
    language_mark,
    person_mark,
    place_of,
    plain,
    tag_mark,
)
from heard.foundation.search.rules.understanding import day_of, understood

__all__ = [
    "HAS",
    "KINDS",
    "NAMES",
    "OPEN",
    "WHY_NOT",
    "Asked",
    "Stem",
    "Term",
    "community_mark",
    "day_of",
    "days_between",
    "has_mark",
    "kind_mark",
    "language_mark",
    "left_as_number",
    "person_mark",
    "place_of",
    "plain",
    "shorter",
    "tag_mark",
    "understood",
]
