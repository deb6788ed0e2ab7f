"""The rows of what hangs on messages: reactions, files, mentions, hashtags."""

import secrets
from collections.abc import Iterable
from typing import Any

from heard.features.arrivals.actions.drafts import Message
from heard.features.arrivals.formats.records import ReplyRecord, ThreadRecord
from heard.features.arrivals.models import Mark
from heard.foundation.conversation.models import Attachment
from heard.plumbing.text import fold_hashtag


def reactions(fresh: Iterable[Message]) -> Iterable[dict[str, Any]]:
    return (
        {
            **message.at,
            "person_id": person,
            "emoji": emoji,
            "reacted_at": record.reacted_at or message.record.said_at,
        }
        for message in fresh
        for (person, emoji), record in message.reactions.items()
    )


def attachments(fresh: Iterable[Message]) -> Iterable[dict[str, Any]]:
    """Files of which the archive holds no more than the name."""
    return (
        {
            **message.at,
            "code": secrets.token_urlsafe(18),
            "owner_id": message.row.author_id,
            "name": file.name[:200],
            "mime": file.media_type[:100],
            "size": file.size,
            "uploaded_at": message.record.said_at,
        }
        for message in fresh
        for file in message.files
        if file.key not in message.stored
    )


def hang_stored(message: Message) -> None:
    codes = [stored.code for stored in message.stored.values()]
    if codes:
        Attachment.objects.filter(code__in=codes).update(**message.at, uploaded_at=message.record.said_at)


def mentions(batch: Iterable[Message]) -> Iterable[dict[str, Any]]:
    return (
        {**message.at, "person_id": person} for message in batch for person in dict.fromkeys(message.text.mentioned)
    )


def marks(fresh: Iterable[Message], run: int) -> Iterable[dict[str, Any]]:
    """What the source said of messages and other features will pick up: accepted answers, and votes."""
    for message in fresh:
        record = message.record
        if isinstance(record, ReplyRecord) and record.is_accepted:
            yield {"run_id": run, "message": message.row.id, "what": Mark.What.ACCEPTED, "number": 1}
        if record.score is not None:
            score = max(-(2**31), min(2**31 - 1, record.score))
            yield {"run_id": run, "message": message.row.id, "what": Mark.What.SCORE, "number": score}


def hashtags(batch: Iterable[Message]) -> Iterable[dict[str, Any]]:
    tags: dict[tuple[int, str], None] = {}
    for message in batch:
        record = message.record
        more = [fold_hashtag(tag) for tag in record.tags] if isinstance(record, ThreadRecord) else []
        for tag in (*message.text.rendered.hashtags, *more):
            tags[message.row.thread_id, tag[:60]] = None
    return ({"thread_id": thread, "tag": tag} for thread, tag in tags)
