"""Starting a thread."""

from collections.abc import Collection
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from heard.foundation.communities import rules as community_rules
from heard.foundation.communities.actions import note_thread
from heard.foundation.communities.errors import CommunityIsClosed, NotAMember
from heard.foundation.communities.models import Community
from heard.foundation.communities.queries import membership_of
from heard.foundation.conversation.actions.previewing import preview_for
from heard.foundation.conversation.actions.writing import (
    EXCERPT,
    in_html,
    note_names,
    sent_before,
    take_files,
    tell_eager,
    tell_readers,
)
from heard.foundation.conversation.models import Kind, Thread
from heard.foundation.notices.models import Why
from heard.foundation.people.models import Person
from heard.foundation.record.actions import happened
from heard.plumbing import realtime
from heard.plumbing.ids import timed_id
from heard.plumbing.text import TITLE_LIMIT, check_length, one_line, storable


def start_thread(
    *,
    community: Community,
    by: Person,
    source: str,
    kind: str = Kind.SHARE,
    title: str = "",
    files: Collection[str] = (),
    once: UUID | None = None,
) -> Thread:
    """Says something in a community; sent again with the same `once`, it is there once.

    `files` are the codes of attachments that `by` uploaded. Raises CommunityIsClosed, NotAMember, NothingSaid,
    TextIsTooLong or TooManyFiles.
    """
    if sent := sent_before(Thread, once, by=by):
        return sent
    if not community.is_open_to_words:
        raise CommunityIsClosed
    if not community_rules.may_speak(community, membership_of(by, community)):
        raise NotAMember
    title = one_line(title)
    check_length(title, TITLE_LIMIT)
    rendered = in_html(source, has_files=bool(files) or bool(title))
    try:
        with transaction.atomic():
            at = timezone.now()
            thread = Thread.objects.create(
                id=timed_id(at),
                community=community,
                author=by,
                kind=Kind(kind),
                title=title,
                source=storable(source.strip()),
                html=rendered.html,
                excerpt=rendered.excerpt(EXCERPT),
                created_at=at,
                newest_at=at,
                once=once,
                preview=preview_for(rendered.html, community.pk, by=by),
            )
            take_files(files, by, thread, None)
            named = note_names(thread, None, rendered, is_new=True)
            note_thread(community.pk, at=at)
            happened("thread.started", thread, by=by)
            tell_readers(named, Why.MENTION, thread, None, by=by)
            tell_eager(thread, by=by)
            realtime.announce_on_commit(f"community:{community.pk}", "thread")
    except IntegrityError:
        if sent := sent_before(Thread, once, by=by):  # at the same moment
            return sent
        raise
    return thread
