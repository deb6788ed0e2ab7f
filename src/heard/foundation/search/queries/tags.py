"""Hashtags of threads that somebody may read: those that begin as they type, and those that they may have meant."""

from heard.foundation.people.models import Person
from heard.foundation.search.queries.correcting import most_slips, slips_between
from heard.foundation.search.queries.knowing import tags_begun
from heard.plumbing.text import fold_hashtag

MOST = 6
RIGHT = 2
COMPARED = 500


def tags_to_offer(viewer: Person, typed: str) -> list[str]:
    """Up to six, in their order; none for several words, as in none is a blank."""
    prefix = fold_hashtag(typed.strip().lstrip("#"))
    if not prefix or "\0" in prefix or " " in prefix:
        return []
    return tags_begun(viewer, prefix, limit=MOST)


def tags_meant(viewer: Person, typed: str) -> list[str]:
    """Up to six that are spelt nearly so and begin with the same two letters, the nearest first."""
    tag = fold_hashtag(typed)
    if len(tag) <= RIGHT or "\0" in tag:
        return []
    most = most_slips(tag)
    far = {other: slips_between(tag, other, most=most) for other in tags_begun(viewer, tag[:RIGHT], limit=COMPARED)}
    near = [other for other, slips in far.items() if 0 < slips <= most]
    return sorted(near, key=lambda other: (far[other], other))[:MOST]
