"""Everything that is done at the desk: naming, keys, months, answering."""

from heard.features.desk.actions.answering import (
    decide,
    finish,
    hide,
    leave_no_order,
    note,
    offer_to_open,
    reopen,
    reply,
    see,
    show_again,
)
from heard.features.desk.actions.months import begin_month, forget_old, hear_again
from heard.features.desk.actions.naming import change_passphrase, keep_key, name_listener, withdraw_listener

__all__ = [
    "begin_month",
    "change_passphrase",
    "decide",
    "finish",
    "forget_old",
    "hear_again",
    "hide",
    "keep_key",
    "leave_no_order",
    "name_listener",
    "note",
    "offer_to_open",
    "reopen",
    "reply",
    "see",
    "show_again",
    "withdraw_listener",
]
