"""Everything that is done about people."""

from heard.foundation.people.actions.access import (
    begin_network,
    end_access,
    grant_role,
    restore_access,
    sign_out_everywhere,
    withdraw_role,
)
from heard.foundation.people.actions.adding import add_person, add_unit, claim_account, index_words, words_for
from heard.foundation.people.actions.bouncing import (
    ask_to_confirm_address,
    confirm_address,
    forget_bounce,
    note_bounce,
)
from heard.foundation.people.actions.inviting import (
    INVITATION_DAYS,
    accept_invitation,
    invite,
    invite_by_mail,
    withdraw_invitation,
)
from heard.foundation.people.actions.profiles import (
    change_profile,
    follow,
    note_move,
    unfollow,
)

__all__ = [
    "INVITATION_DAYS",
    "accept_invitation",
    "add_person",
    "add_unit",
    "ask_to_confirm_address",
    "begin_network",
    "change_profile",
    "claim_account",
    "confirm_address",
    "end_access",
    "follow",
    "forget_bounce",
    "grant_role",
    "index_words",
    "invite",
    "invite_by_mail",
    "note_bounce",
    "note_move",
    "restore_access",
    "sign_out_everywhere",
    "unfollow",
    "withdraw_invitation",
    "withdraw_role",
    "words_for",
]
