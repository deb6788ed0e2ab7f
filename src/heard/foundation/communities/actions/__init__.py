"""Everything that is done about communities and those who belong to them, each kind of deed in a file of its own."""

from heard.foundation.communities.actions.joining import (
    add_member,
    admit,
    ask_to_join,
    decide_request,
    join,
    leave,
    remove_member,
    withdraw_request,
)
from heard.foundation.communities.actions.starting import (
    change_community,
    close_community,
    index_words,
    reopen_community,
    start_community,
)
from heard.foundation.communities.actions.tending import (
    address_of,
    choose_level,
    make_tender,
    note_thread,
    require_tender,
    take_over,
    withdraw_tender,
)

__all__ = [
    "add_member",
    "address_of",
    "admit",
    "ask_to_join",
    "change_community",
    "choose_level",
    "close_community",
    "decide_request",
    "index_words",
    "join",
    "leave",
    "make_tender",
    "note_thread",
    "remove_member",
    "reopen_community",
    "require_tender",
    "start_community",
    "take_over",
    "withdraw_request",
    "withdraw_tender",
]
