"""What tenders do with threads: close, pin, hide, move, merge, each with a way back where there can be one."""

from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from heard.foundation.communities.actions import address_of as community_address
from heard.foundation.communities.actions import note_thread, require_tender
from heard.foundation.communities.errors import CommunityIsClosed, NotAMember
from heard.foundation.communities.models import Community
from heard.foundation.communities.queries import membership_of
from heard.foundation.communities.rules import may_read, may_see, may_speak
from heard.foundation.conversation import errors, rules
from heard.foundation.conversation.actions.editing import follow_up, parts_of
from heard.foundation.conversation.actions.writing import address_of, grow_version
from heard.foundation.conversation.models import Attachment, Hashtag, Mention, Reaction, Reply, Report, Revision, Thread
from heard.foundation.notices.actions import tell
from heard.foundation.notices.models import Why
from heard.foundation.people.models import Person
from heard.foundation.people.rules import is_steward
from heard.foundation.record.actions import happened
from heard.plumbing import realtime
from heard.plumbing.later import later
from heard.plumbing.text import one_line

WITHDRAWING = "heard.foundation.conversation.tasks.withdraw_told_of"


def change_thread(thread: Thread, what: str, *, by: Person, **changes: object) -> None:
    """Sets `changes` on a thread in the name of a tender."""
    require_tender(thread.community, by)
    grow_version(thread.pk, **changes)
    happened(what, thread, by=by)
    realtime.announce_on_commit(f"thread:{thread.pk}", "edit")


@transaction.atomic
def close_thread(thread: Thread, *, by: Person) -> None:
    """Ends talk in a thread; who started it may do so too."""
    if thread.author_id == by.pk:
        grow_version(thread.pk, closed_at=timezone.now(), closed_by=by)
        happened("thread.closed", thread, by=by)
        realtime.announce_on_commit(f"thread:{thread.pk}", "edit")
        return
    change_thread(thread, "thread.closed", by=by, closed_at=timezone.now(), closed_by=by)


@transaction.atomic
def reopen_thread(thread: Thread, *, by: Person) -> None:
    """Lets talk go on; whoever closed their own thread may do so too."""
    if thread.author_id == by.pk == thread.closed_by_id:
        grow_version(thread.pk, closed_at=None, closed_by=None)
        happened("thread.reopened", thread, by=by)
        return
    change_thread(thread, "thread.reopened", by=by, closed_at=None, closed_by=None)


@transaction.atomic
def pin_thread(thread: Thread, *, by: Person) -> None:
    """Keeps a thread on top of its community."""
    change_thread(thread, "thread.pinned", by=by, pinned_at=timezone.now())


@transaction.atomic
def unpin_thread(thread: Thread, *, by: Person) -> None:
    """Lets it go down with the others."""
    change_thread(thread, "thread.unpinned", by=by, pinned_at=None)


@transaction.atomic
def hide_message(message: Thread | Reply, *, by: Person, because: str) -> None:
    """Takes a message out of sight for all but tenders; a steward may do so wherever it was reported."""
    thread, reply = parts_of(message)
    was_reported = Report.objects.filter(thread=thread, reply=reply).exists()
    if not (is_steward(by) and was_reported):
        require_tender(thread.community, by)
    if message.hidden_at is None:
        message.hidden_at, message.hidden_by = timezone.now(), by
        message.hidden_because = one_line(because)[:300]
        message.save(update_fields=["hidden_at", "hidden_by", "hidden_because"])
        follow_up(message, -1)
        happened("message.hidden", message, by=by, because=message.hidden_because)


@transaction.atomic
def show_message(message: Thread | Reply, *, by: Person) -> None:
    """Puts a hidden message back."""
    thread, _reply = parts_of(message)
    require_tender(thread.community, by)
    if message.hidden_at is not None:
        message.hidden_at = message.hidden_by = None
        message.save(update_fields=["hidden_at", "hidden_by"])
        follow_up(message, 1)
        happened("message.shown", message, by=by)


def refuse_wider(source: Community, target: Community, by: Person) -> None:
    """Raises what stands in the way of words going from one community to another."""
    require_tender(source, by)
    if not target.is_open_to_words:
        raise CommunityIsClosed
    if not may_speak(target, membership_of(by, target)):
        raise NotAMember
    if not rules.may_move_between(source, target):
        raise errors.WouldBeSeenByMore


def tell_author(thread: Thread, why: Why, now: Thread, target: Community, *, by: Person, address: str) -> None:
    """Tells who started a thread where it went and is `now`; of a community that they may not see, only that it went.

    Other people's words are not quoted: those could be taken back, or be hidden from the author.
    """
    mine = membership_of(thread.author, target)
    words = f"{thread} → {target.name}" if may_see(target, mine) else str(thread)
    where = address if may_read(target, mine) else community_address(thread.community)
    tell([thread.author_id], why, now, by=by, address=where, words=words)


@transaction.atomic
def move_thread(thread: Thread, target: Community, *, by: Person) -> None:
    """Moves a thread to another community where no more people can read it; by a tender who may speak there."""
    source = thread.community
    refuse_wider(source, target, by)
    if source.pk == target.pk:
        return
    grow_version(thread.pk, community=target, pinned_at=None)
    later(WITHDRAWING, thread.pk)
    if thread.is_listed:
        note_thread(source.pk, at=thread.created_at, change=-1)
        note_thread(target.pk, at=thread.created_at)
    tell_author(thread, Why.MOVED, thread, target, by=by, address=address_of(thread))
    happened("thread.moved", thread, by=by, source=source.pk, target=target.pk)
    realtime.announce_on_commit(f"thread:{thread.pk}", "membership")


@transaction.atomic
def merge_thread(thread: Thread, into: Thread, *, by: Person) -> Reply:
    """Makes a thread and its replies part of another: its first words become a reply, its address leads there."""
    if thread.pk == into.pk or into.merged_into_id is not None:
        raise errors.SameThread
    if thread.is_gone or into.is_gone or thread.merged_into_id is not None:
        raise errors.MessageIsGone
    refuse_wider(thread.community, into.community, by)
    opening = Reply.objects.create(
        id=thread.pk,
        thread=into,
        author_id=thread.author_id,
        source=f"**{thread.title}**\n\n{thread.source}" if thread.title else thread.source,
        html=(f"<p><strong>{escape(thread.title)}</strong></p>\n" if thread.title else "") + thread.html,
        excerpt=thread.excerpt,
        created_at=thread.created_at,
        edited_at=thread.edited_at,
        reactions=thread.reactions,
        unnamed_reactions=thread.unnamed_reactions,
        preview_id=thread.preview_id,
    )
    for model in (Reaction, Revision, Mention, Attachment, Report):
        model.objects.filter(thread=thread, reply=None).update(thread=into, reply=opening)
        model.objects.filter(thread=thread).update(thread=into)
    tags = thread.hashtags.values_list("tag", flat=True)
    Hashtag.objects.bulk_create((Hashtag(thread=into, tag=tag) for tag in tags), ignore_conflicts=True)
    thread.replies.filter(parent=None).exclude(pk=opening.pk).update(parent=opening)
    thread.replies.update(thread=into)
    count = Reply.objects.filter(thread=into, deleted_at=None, hidden_at=None).count()
    grow_version(into.pk, reply_count=count, newest_at=max(thread.newest_at, into.newest_at))
    grow_version(thread.pk, merged_into=into, is_listed=False, reply_count=0)
    note_thread(thread.community_id, at=thread.created_at, change=-1)
    later(WITHDRAWING, thread.pk)
    tell_author(thread, Why.MERGED, into, into.community, by=by, address=address_of(into, opening))
    happened("thread.merged", thread, by=by, into=into.pk)
    for one in (thread, into):
        realtime.announce_on_commit(f"thread:{one.pk}", "edit")
    return opening
