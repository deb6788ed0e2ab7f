"""Everything that is done with what is said, each kind of deed in a file of its own."""

from heard.foundation.conversation.actions.attaching import attach, describe, discard_attachment, remove_orphans
from heard.foundation.conversation.actions.editing import delete_message, edit_message, restore_message
from heard.foundation.conversation.actions.keeping import mark_read, save_thread, unsave_thread
from heard.foundation.conversation.actions.previewing import fetch_preview, forget_previews, remove_preview
from heard.foundation.conversation.actions.reacting import react, withdraw_reaction
from heard.foundation.conversation.actions.replying import reply_to
from heard.foundation.conversation.actions.reporting import hide_reported, report, settle_report
from heard.foundation.conversation.actions.starting import start_thread
from heard.foundation.conversation.actions.tending import (
    close_thread,
    hide_message,
    merge_thread,
    move_thread,
    pin_thread,
    reopen_thread,
    show_message,
    unpin_thread,
)
from heard.foundation.conversation.actions.withdrawing import withdraw_told, withdraw_told_of
from heard.foundation.conversation.actions.writing import go_on_telling

__all__ = [
    "attach",
    "close_thread",
    "delete_message",
    "describe",
    "discard_attachment",
    "edit_message",
    "fetch_preview",
    "forget_previews",
    "go_on_telling",
    "hide_message",
    "hide_reported",
    "mark_read",
    "merge_thread",
    "move_thread",
    "pin_thread",
    "react",
    "remove_orphans",
    "remove_preview",
    "reopen_thread",
    "reply_to",
    "report",
    "restore_message",
    "save_thread",
    "settle_report",
    "show_message",
    "start_thread",
    "unpin_thread",
    "unsave_thread",
    "withdraw_reaction",
    "withdraw_told",
    "withdraw_told_of",
]
