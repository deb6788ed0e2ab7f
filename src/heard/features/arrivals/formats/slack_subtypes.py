"""Which of Slack's many kinds of message are somebody's words, and why the others stay behind."""

from typing import Any

from heard.features.arrivals.formats import reasons

_BEHIND = {
    reasons.JOINED_OR_LEFT: "channel_join channel_leave group_join group_leave",
    reasons.CHANNEL_CHANGED: (
        "channel_topic channel_purpose channel_name channel_archive channel_unarchive channel_posting_permissions "
        "channel_convert_to_private channel_convert_to_public group_topic group_purpose group_name group_archive "
        "group_unarchive channel_posting_permissions_updated channel_canvas_updated"
    ),
    reasons.PINNED: "pinned_item unpinned_item",
    reasons.APP_CHANGED: "bot_add bot_remove bot_enable bot_disable app_conversation_join app_conversation_leave",
    reasons.CALL_STARTED: (
        "sh_room_created sh_room_shared reminder_add reminder_delete document_mention tabbed_canvas_updated "
        "document_comment_root canvas_access_request"
    ),
    reasons.COPY_OF_REPLY: "reply_broadcast",
    reasons.EVENT: "message_replied",
    reasons.WITHHELD: "ekm_access_denied",
}
_REASONS = {subtype: reason for reason, subtypes in _BEHIND.items() for subtype in subtypes.split()}
_ALWAYS = (reasons.COPY_OF_REPLY, reasons.EVENT)


def reason_to_skip(message: dict[str, Any]) -> str:
    """Why this message is nobody's words, or nothing where it is: also an event is kept if people replied to it."""
    subtype = message.get("subtype")
    if message.get("type", "message") != "message":
        return reasons.NO_MESSAGE
    if subtype == "tombstone" and not message.get("reply_count"):
        return reasons.DELETED
    reason = _REASONS.get(subtype, "") if isinstance(subtype, str) else ""
    return "" if message.get("reply_count") and reason not in _ALWAYS else reason
