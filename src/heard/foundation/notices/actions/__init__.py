"""Telling people things, noting that they saw them, how they want to be told, and what went out."""

from heard.foundation.notices.actions.devices import (
    add_device,
    forget_device,
    forget_devices,
    forget_endpoint,
    note_refusal,
    note_silence,
    note_taken,
)
from heard.foundation.notices.actions.forgetting import (
    call_anew,
    forget_notices,
    forget_old,
    forget_unreadable,
    forget_words,
    quote_anew,
)
from heard.foundation.notices.actions.going import (
    ask_for_digest,
    begin_digests,
    claim_digest,
    postpone,
    settle,
    skip_digest,
)
from heard.foundation.notices.actions.mixing import leave_no_order
from heard.foundation.notices.actions.seeing import go_on_seeing, see_notice, see_notices, see_thread, unsee_notices
from heard.foundation.notices.actions.telling import tell
from heard.foundation.notices.actions.wanting import (
    mute_thread,
    prefer,
    switch_kinds,
    turn_off,
    turn_on,
    turn_on_way,
    unmute_all,
    unmute_thread,
)

__all__ = [
    "add_device",
    "ask_for_digest",
    "begin_digests",
    "call_anew",
    "claim_digest",
    "forget_device",
    "forget_devices",
    "forget_endpoint",
    "forget_notices",
    "forget_old",
    "forget_unreadable",
    "forget_words",
    "go_on_seeing",
    "leave_no_order",
    "mute_thread",
    "note_refusal",
    "note_silence",
    "note_taken",
    "postpone",
    "prefer",
    "quote_anew",
    "see_notice",
    "see_notices",
    "see_thread",
    "settle",
    "skip_digest",
    "switch_kinds",
    "tell",
    "turn_off",
    "turn_on",
    "turn_on_way",
    "unmute_all",
    "unmute_thread",
    "unsee_notices",
]
