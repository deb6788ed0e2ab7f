"""Whom letters reach, and what they may read of what they were told."""

from heard.foundation.delivery.queries.digest import Digest, digest_for, digest_of
from heard.foundation.delivery.queries.listing import folds_shown_to
from heard.foundation.delivery.queries.reaching import Reader, reader, without_preferences
from heard.foundation.delivery.queries.showing import Shown, groups_of, shown_to, weightiest

__all__ = [
    "Digest",
    "Reader",
    "Shown",
    "digest_for",
    "digest_of",
    "folds_shown_to",
    "groups_of",
    "reader",
    "shown_to",
    "weightiest",
    "without_preferences",
]
