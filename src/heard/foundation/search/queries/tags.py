"""Hashtags that begin as somebody types, of threads that they may read."""

from heard.foundation.people.models import Person
from heard.foundation.search.queries.knowing import tags_begun
from heard.plumbing.text import fold_hashtag

MOST = 6


def tags_to_offer(viewer: Person, typed: str) -> list[str]:
    """Up to six, in their order."""
    prefix = fold_hashtag(typed.strip().lstrip("#"))
    if not prefix or "\0" in prefix:
        return []
    return tags_begun(viewer, prefix, limit=MOST)
