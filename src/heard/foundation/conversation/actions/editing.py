"""Changing and taking back what one said oneself."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from heard.foundation.communities.actions import note_thread
from heard.foundation.conversation import errors, rules
from heard.foundation.conversation.actions.attaching import describe, hang_anew
from heard.foundation.conversation.actions.previewing import preview_after
from heard.foundation.conversation.actions.writing import EXCERPT, grow_version, in_html, note_names, tell_readers
from heard.foundation.conversation.models import Reply, Revision, Thread
from heard.foundation.conversation.queries.files import attachments_on
from heard.foundation.conversation.rules import MOST_FILES
from heard.foundation.notices.actions import call_anew, forget_words, quote_anew
from heard.foundation.notices.models import Why
from heard.foundation.people.models import Person
from heard.foundation.record.actions import happened
from heard.plumbing import realtime
from heard.plumbing.text import TITLE_LIMIT, check_length, one_line, storable


def parts_of(message: Thread | Reply) -> tuple[Thread, Reply | None]:
    """The thread that a message belongs to, and the reply if it is one."""
    return (message, None) if isinstance(message, Thread) else (message.thread, message)


def edit_message(
    message: Thread | Reply,
    *,
    by: Person,
    source: str,
    title: str = "",
    files: Collection[str] | None = None,
    described: Mapping[str, str] | None = None,
) -> None:
    """Changes the words; what they were is kept and can be read by whoever may read them now.

    `files` are the codes of what hangs on it from now on (None: what hung before), and `described` what its pictures
    show, by code; of both, only what there is now is kept.
    """
    if message.is_gone:
        raise errors.MessageIsGone
    if not rules.may_edit(by, message):
        raise errors.NotYours
    thread, reply = parts_of(message)
    title = one_line(title) if reply is None else ""
    check_length(title, TITLE_LIMIT)
    before = thread.title if reply is None else ""
    is_said_anew = (source.strip(), title) != (message.source, before)
    has_files = bool(title) or bool(attachments_on(message) if files is None else files)
    rendered = in_html(source, has_files=has_files)
    if len(files or ()) > MOST_FILES:
        raise errors.TooManyFiles
    with transaction.atomic():
        hangs_anew = files is not None and hang_anew(message, files, by=by)
        is_described_anew = describe(described, by=by) if described else False
        if not (is_said_anew or hangs_anew or is_described_anew):
            return
        if is_said_anew:
            Revision.objects.create(
                thread=thread,
                reply=reply,
                title=before,
                source=message.source,
                html=message.html,
                edited_by=by,
                edited_at=timezone.now(),
            )
        message.preview = preview_after(message, rendered.html, thread.community_id, by=by)
        message.source, message.html = storable(source.strip()), rendered.html
        message.excerpt, message.edited_at = rendered.excerpt(EXCERPT), timezone.now()
        fields = ["source", "html", "excerpt", "edited_at", "preview"]
        if reply is None:
            thread.title = title
            fields.append("title")
        message.save(update_fields=fields)
        grow_version(thread.pk)
        if reply is not None:
            Reply.objects.filter(pk=reply.pk).update(version=F("version") + 1)
        quote_now(message)
        named = note_names(thread, reply, rendered)
        happened("message.edited", message, by=by)
        tell_readers(named, Why.MENTION, thread, reply, by=by)
        realtime.announce_on_commit(f"thread:{thread.pk}", "edit")


def quote_now(message: Thread | Reply) -> None:
    """Lets notices quote and name a message as it is now."""
    thread, reply = parts_of(message)
    merged = set(Thread.objects.filter(merged_into=thread).values_list("pk", flat=True))
    quote_anew({thread.pk, *merged}, message.pk, message.excerpt)
    if reply is None:
        call_anew(thread.pk, thread.title, within=str(thread))
    elif reply.pk in merged:  # it was a thread, and began with its title
        call_anew(reply.pk, "", within="")


@transaction.atomic
def delete_message(message: Thread | Reply, *, by: Person) -> None:
    """Takes one's words back: a tombstone stands in their place; deleting twice changes nothing."""
    if message.deleted_at is not None:
        return
    if not rules.may_delete(by, message):
        raise errors.NotYours
    message.deleted_at, message.deleted_by = timezone.now(), by
    message.save(update_fields=["deleted_at", "deleted_by"])
    follow_up(message, -1)
    happened("message.deleted", message, by=by)


@transaction.atomic
def restore_message(message: Thread | Reply, *, by: Person) -> None:
    """Puts back what one deleted oneself."""
    if message.deleted_at is None:
        return
    if message.author_id != by.pk or message.deleted_by_id != by.pk:
        raise errors.NotYours
    message.deleted_at = message.deleted_by = None
    message.save(update_fields=["deleted_at", "deleted_by"])
    follow_up(message, 1)
    happened("message.restored", message, by=by)


def follow_up(message: Thread | Reply, change: int) -> None:
    """Keeps lists, counts and open pages right after a message went (-1) or came back (+1)."""
    thread, reply = parts_of(message)
    if reply is None:
        is_listed = not thread.is_gone and thread.merged_into_id is None
        if Thread.objects.filter(pk=thread.pk).exclude(is_listed=is_listed).update(is_listed=is_listed):
            note_thread(thread.community_id, at=thread.created_at, change=change)
        grow_version(thread.pk)
    else:
        Reply.objects.filter(pk=reply.pk).update(version=F("version") + 1)
        count = Reply.objects.filter(thread=thread, deleted_at=None, hidden_at=None).count()
        grow_version(thread.pk, reply_count=count)
    if change < 0:
        merged = Thread.objects.filter(merged_into=thread).values_list("pk", flat=True)
        forget_words({thread.pk, *merged}, message.pk)
    realtime.announce_on_commit(f"thread:{thread.pk}", "edit")
