"""Replying in a thread, or answering a reply."""

from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from heard.foundation.communities.errors import CommunityIsClosed, NotAMember
from heard.foundation.communities.queries import membership_of
from heard.foundation.communities.rules import may_speak
from heard.foundation.conversation import errors
from heard.foundation.conversation.actions.previewing import preview_for
from heard.foundation.conversation.actions.writing import (
    EXCERPT,
    grow_version,
    in_html,
    note_names,
    sent_before,
    take_files,
    tell_readers,
)
from heard.foundation.conversation.models import Kind, Reply, Stage, Thread
from heard.foundation.notices.models import Why
from heard.foundation.people.models import Person
from heard.foundation.record.actions import happened
from heard.plumbing import realtime
from heard.plumbing.ids import timed_id
from heard.plumbing.text import storable


def reply_to(
    thread: Thread,
    *,
    by: Person,
    source: str,
    parent: Reply | None = None,
    files: Collection[str] = (),
    once: UUID | None = None,
) -> Reply:
    """Replies in a thread, or answers `parent`; an answer to an answer stands beside it, one level deep.

    Sent again with the same `once`, it is there once. Raises ThreadIsClosed, MessageIsGone, CommunityIsClosed,
    NotAMember, NothingSaid, TextIsTooLong or TooManyFiles.
    """
    if sent := sent_before(Reply, once, by=by):
        return sent
    refuse_unless_open(thread, by, parent)
    rendered = in_html(source, has_files=bool(files))
    try:
        with transaction.atomic():
            at = timezone.now()
            reply = Reply.objects.create(
                id=timed_id(at),
                thread=thread,
                parent_id=(parent.parent_id or parent.pk) if parent else None,
                author=by,
                source=storable(source.strip()),
                html=rendered.html,
                excerpt=rendered.excerpt(EXCERPT),
                created_at=at,
                once=once,
                preview=preview_for(rendered.html, thread.community_id, by=by),
            )
            take_files(files, by, thread, reply)
            answers = thread.kind != Kind.SHARE and thread.author_id != by.pk and thread.stage == Stage.SAID
            stage = {"stage": Stage.ANSWERED} if answers else {}
            grow_version(thread.pk, reply_count=F("reply_count") + 1, newest_at=at, **stage)
            named = note_names(thread, reply, rendered, is_new=True)
            happened("thread.replied", thread, by=by, reply=reply.pk)
            tell_readers(named, Why.MENTION, thread, reply, by=by)
            spoken_to = {thread.author_id, parent.author_id if parent else thread.author_id}
            tell_readers(spoken_to.difference(named), Why.REPLY, thread, reply, by=by)
            realtime.announce_on_commit(f"thread:{thread.pk}", "reply")
    except IntegrityError:
        if sent := sent_before(Reply, once, by=by):  # at the same moment
            return sent
        raise
    return reply


def refuse_unless_open(thread: Thread, by: Person, parent: Reply | None) -> None:
    """Raises what stands in the way of replying."""
    if thread.is_gone or (parent is not None and parent.is_gone):
        raise errors.MessageIsGone
    if thread.closed_at is not None:
        raise errors.ThreadIsClosed
    if not thread.community.is_open_to_words:
        raise CommunityIsClosed
    if not may_speak(thread.community, membership_of(by, thread.community)):
        raise NotAMember
