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


_SCALARS = ("type", "subtype", "ts", "thread_ts", "user", "bot_id", "username", "text", "deleted_ts")


def tidied(message: dict[str, Any]) -> dict[str, Any]:
    """A message whose simple fields are strings, whatever stood there; a number becomes its digits."""
    odd = {name: value for name in _SCALARS if not isinstance(value := message.get(name), str | None)}
    if not odd:
        return message
    return message | {name: str(value) if type(value) in (int, float) else "" for name, value in odd.items()}


def reason_to_skip(message: dict[str, Any]) -> str:
    """Why this message is nobody's words, or nothing where it is: also an event is kept if people replied to it."""
    subtype = message.get("subtype") or ""
    if (message.get("type") or "message") != "message":
        return reasons.NO_MESSAGE
    if subtype == "tombstone" and not message.get("reply_count"):
        return reasons.DELETED
    reason = _REASONS.get(subtype, "")
    return "" if message.get("reply_count") and reason not in _ALWAYS else reason
