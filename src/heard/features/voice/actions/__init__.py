"""Everything that is done with conversations: by the writer, by listeners, by the clock."""

from heard.features.voice.actions.answering import answer, hide, note, offer_to_open, set_state, show_again
from heard.features.voice.actions.hearing import add_listener_key, hear, retire, rewrap
from heard.features.voice.actions.settling import deliver, forget_expired, settle
from heard.features.voice.actions.speaking import agree_to_open, begin, read, say, wait_no_longer

__all__ = [
    "add_listener_key",
    "agree_to_open",
    "answer",
    "begin",
    "deliver",
    "forget_expired",
    "hear",
    "hide",
    "note",
    "offer_to_open",
    "read",
    "retire",
    "rewrap",
    "say",
    "set_state",
    "settle",
    "show_again",
    "wait_no_longer",
]
