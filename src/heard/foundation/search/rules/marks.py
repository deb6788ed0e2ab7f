"""What stands in every document of the index: its place in time, and marks of who said it, where and what it is."""

import re
from html import unescape

from django.utils.translation import gettext_lazy as _

from heard.plumbing.ids import LOW_BITS
from heard.plumbing.text import fold_hashtag

FEWER_BITS = 10
A_DAY = 86_400_000
KINDS = ("share", "ask", "suggest", "reply", "file")
HAS = ("file", "picture", "link")
WHY_NOT = {
    "locked": _("Only its name is found: the file opens with a password."),
    "broken": _("Only its name is found: the file is damaged, or is not what its name says."),
    "too much": _("Only its name is found: the file takes too long to read."),
    "nothing": _("Only its name is found: there are pictures in it and no words."),
}
_TAG = re.compile(r"<[^>]*>")


def plain(html: str) -> str:
    """What rendered words say, without their dress."""
    return unescape(_TAG.sub(" ", html))


def place_of(timed_id: int) -> int:
    """The id of a document of this moment. With ten bits less, the index is a third smaller."""
    return timed_id >> FEWER_BITS


def days_between(place: int, later: int) -> int:
    """Whole days from one place to a later one, without making dates of them."""
    return ((later << FEWER_BITS >> LOW_BITS) - (place << FEWER_BITS >> LOW_BITS)) // A_DAY


def person_mark(pk: object) -> str:
    """Stands in every document by this author."""
    return f"p{pk}"


def community_mark(pk: object) -> str:
    """Stands in every document of this community."""
    return f"c{pk}"


def kind_mark(kind: str) -> str:
    """Stands in every document of this kind, of KINDS."""
    return f"k{kind}"


def has_mark(what: str) -> str:
    """Stands in every document that has such a thing, of HAS."""
    return f"h{what}"


def language_mark(language: str) -> str:
    """Stands in every document in this language, of those that were indexed since languages are marked."""
    return f"l{language}"


def tag_mark(tag: str) -> str:
    """Stands in every document of a thread with this hashtag."""
    return "t" + re.sub(r"[\x00-\x2c\x2e\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\x7f]", "_", fold_hashtag(tag))[:60]
