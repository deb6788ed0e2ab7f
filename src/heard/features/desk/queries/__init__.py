"""Every way to look at the desk."""

from heard.features.desk.queries.listening import (
    Hearing,
    current_keys,
    hears,
    holder_names,
    is_heard,
    keys_of,
    listeners,
    may_make_key,
    named_keys,
)
from heard.features.desk.queries.reading import (
    Conversation,
    Letter,
    conversation,
    group_names,
    handled,
    letters,
    next_waiting,
    owed,
    piles,
    waiting,
)

__all__ = [
    "Conversation",
    "Hearing",
    "Letter",
    "conversation",
    "current_keys",
    "group_names",
    "handled",
    "hears",
    "holder_names",
    "is_heard",
    "keys_of",
    "letters",
    "listeners",
    "may_make_key",
    "named_keys",
    "next_waiting",
    "owed",
    "piles",
    "waiting",
]
