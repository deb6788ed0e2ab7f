"""What one Slack message says, wherever in it the words stand, and the files and reactions it carries."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.emoji_names import emoji_named
from heard.features.arrivals.formats.records import FileRecord, Noted, PersonRecord, ReactionRecord
from heard.features.arrivals.formats.references import clean
from heard.features.arrivals.formats.slack_blocks import attached, layout
from heard.features.arrivals.formats.slack_people import Directory
from heard.features.arrivals.formats.slack_rich_text import rich_text
from heard.features.arrivals.formats.slack_text import Labels, markdown

_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_LONGEST_EMOJI = 40
_STAMP = re.compile(r"\d{1,12}(?:\.\d{1,9})?", re.ASCII)


def words_of(message: dict[str, Any], labels: Labels) -> str:
    """The Markdown of a message: its rich text, or its text, or an app's layout, and what is attached."""
    text = str(message.get("text") or "")
    subtype = message.get("subtype")
    if subtype == "file_comment" or (not text and isinstance(message.get("comment"), dict)):
        comment = message.get("comment")
        text = comment.get("comment", text) if isinstance(comment, dict) else text
    elif subtype == "file_share" and "uploaded a file" in text:
        text = _words_with_upload(message, text)
    rich = rich_text(message.get("blocks"), labels)
    words = rich or markdown(str(text), labels)
    if not rich and message.get("blocks"):
        arranged = layout(message["blocks"], labels)
        words = arranged if len(arranged) > len(words) else words
    if message.get("attachments"):
        more = attached(message["attachments"], labels, also_previews=not words)
        words = "\n\n".join(part for part in (words, more) if part)
    if subtype == "me_message" and words and "\n" not in words:
        words = f"_{words}_"
    return words or _event_in_words(message)


def files_of(message: dict[str, Any], message_key: str, archive: Archive, where: str) -> Iterator[FileRecord]:
    """The files of a message; their addresses, which let anybody in, are left out."""
    listed = message.get("files")
    one = message.get("file")
    found = listed if isinstance(listed, list) and listed else [one] if isinstance(one, dict) else []
    if message.get("subtype") == "file_comment":
        return
    for nth, file in enumerate(file for file in found if isinstance(file, dict)):
        key = _string(file.get("id")) or str(nth)
        name = _string(file.get("name")) or _string(file.get("title"))
        size = file.get("size")
        yield FileRecord(
            message_key=message_key,
            key=key,
            name=name or (_("a deleted file") if file.get("mode") == "tombstone" else _("a file without a name")),
            media_type=_string(file.get("mimetype")),
            size=size if isinstance(size, int) and 0 <= size < 1 << 50 else 0,
            member=_member(archive, key),
            where=where,
        )


def reactions_of(
    message: dict[str, Any], message_key: str, directory: Directory, where: str
) -> Iterator[ReactionRecord | PersonRecord | Noted]:
    """One record for each person and emoji; people counted without a name are nobody's reaction."""
    seen: set[tuple[str, str]] = set()
    listed = message.get("reactions")
    for reaction in listed if isinstance(listed, list) else ():
        if not isinstance(reaction, dict) or not (name := _string(reaction.get("name"))):
            continue
        emoji = emoji_named(name)
        if not emoji:
            emoji = f":{name[: _LONGEST_EMOJI - 2]}:"
            yield Noted(reasons.CUSTOM_EMOJI, where)
        people = reaction.get("users")
        for person in people if isinstance(people, list) else ():
            key = _string(person).upper()
            if (key, emoji) in seen or not key:
                yield Noted(reasons.SAME_REACTION, where)
                continue
            seen.add((key, emoji))
            yield from directory.met(key, where)
            yield ReactionRecord(message_key, key, emoji, where=where)


def reaction_count(message: dict[str, Any]) -> int:
    """How many people reacted to a message."""
    listed = message.get("reactions")
    people = [one.get("users") for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return sum(len(users) for users in people if isinstance(users, list))


def moment_of(stamp: Any, latest: datetime) -> datetime | None:
    """The time of a Slack time stamp, or nothing where it is none or cannot be."""
    if not _STAMP.fullmatch(stamp := str(stamp)):
        return None
    try:
        seconds, _dot, part = stamp.partition(".")
        moment = datetime.fromtimestamp(int(seconds), UTC).replace(microsecond=int(part.ljust(6, "0")[:6] or 0))
    except (ValueError, OverflowError, OSError):
        return None
    return moment if _EARLIEST <= moment <= latest else None


def _words_with_upload(message: dict[str, Any], text: str) -> str:
    """What was said with an upload, without the sentence that Slack put before it."""
    file = message.get("file")
    comment = file.get("initial_comment") if isinstance(file, dict) else None
    if isinstance(comment, dict) and isinstance(comment.get("comment"), str):
        return str(comment["comment"])
    _before, marker, after = text.partition("> and commented: ")
    return after if marker else ""


def _event_in_words(message: dict[str, Any]) -> str:
    if message.get("subtype") != "huddle_thread":
        return ""
    room = message.get("room")
    started, ended = (room.get("date_start"), room.get("date_end")) if isinstance(room, dict) else (None, None)
    if isinstance(started, int) and isinstance(ended, int) and ended > started:
        return _("A huddle took place, for %(minutes)s min.") % {"minutes": max(1, round((ended - started) / 60))}
    return _("A huddle took place.")


def _member(archive: Archive, key: str) -> str:
    """Where other tools put a file's content into the archive, if it is there."""
    return next(iter(archive.folders().get(f"__uploads/{key}", ())), "")


def _string(value: Any) -> str:
    return clean(value).strip() if isinstance(value, str) else ""
