"""Small Zulip archives of our own, in both kinds."""

from typing import Any

from tests.features.arrivals.exports import a_zip

BEGUN = 1_577_836_800
ANNA = {
    "id": 11,
    "full_name": "Anna Lind",
    "delivery_email": "Anna.Lind@example.org",
    "email": "user11@zulip.example.org",
    "is_active": True,
    "is_bot": False,
    "role": 400,
    "timezone": "Europe/Stockholm",
}
BO = {"id": 12, "full_name": "Bo Ek", "delivery_email": None, "email": "bo@example.org", "role": 600, "is_active": True}
BOT = {"id": 5, "full_name": "Notification Bot", "email": "notification-bot@zulip.com", "is_bot": True}
GENERAL = {
    "id": 1,
    "name": "general",
    "description": "For *everybody*",
    "invite_only": False,
    "deactivated": False,
    "date_created": BEGUN,
    "creator": 11,
}
SECRET = {"id": 2, "name": "plans", "description": "", "invite_only": True}
REALM = {
    "zerver_realm": [{"id": 1, "string_id": "bakery", "uuid": "6e4b", "name": "The bakery"}],
    "zerver_recipient": [
        {"id": 101, "type": 2, "type_id": 1},
        {"id": 102, "type": 2, "type_id": 2},
        {"id": 103, "type": 1, "type_id": 11},
        {"id": 104, "type": 3, "type_id": 7},
    ],
    "zerver_subscription": [
        {"id": 1, "user_profile": 11, "recipient": 101, "active": True},
        {"id": 2, "user_profile": 12, "recipient": 101, "active": False},
        {"id": 3, "user_profile": 12, "recipient": 102, "active": True},
        {"id": 4, "user_profile": 99, "recipient": 102, "active": True},
    ],
    "zerver_userprofile": [ANNA, BO],
    "zerver_userprofile_crossrealm": [BOT],
    "zerver_stream": [GENERAL, SECRET],
    "zerver_reaction": [],
}


def in_topic(number: int, content: Any, by: Any = "Anna Lind", **more: Any) -> dict[str, Any]:
    """A message as the archive tool writes it."""
    return {"id": number, "sender_full_name": by, "timestamp": BEGUN + number, "content": content, **more}


def sent(number: int, content: Any, topic: Any = "bread", by: Any = 11, to: Any = 101, **more: Any) -> dict[str, Any]:
    """A message as the export of a server has it."""
    return {
        "id": number,
        "sender": by,
        "recipient": to,
        "subject": topic,
        "content": content,
        "date_sent": BEGUN + number + 0.5,
        "last_edit_time": None,
        "edit_history": None,
        **more,
    }


def an_archive(path, topics):
    """A zip of topics, each by its channel's folder and its file."""
    return a_zip(path / "zulip.zip", {f"zulip_json/{name}": messages for name, messages in topics.items()})


def an_export(path, *files, extra=None, **tables):
    """A zip as a server exports it: its lists, and each of `files` a list of messages."""
    members = {"realm.json": REALM | tables} | {
        f"messages-{nth:06}.json": {"zerver_message": messages, "zerver_usermessage": [{"id": 1}]}
        for nth, messages in enumerate(files, 1)
    }
    return a_zip(
        path / "export.zip", {f"zulip-export/{name}": content for name, content in (members | (extra or {})).items()}
    )
