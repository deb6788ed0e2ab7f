"""Keeps right what rows say of one another: counts, the newest time, the stage, and the history of a changed one."""

from collections import Counter
from datetime import datetime

from django.db import connection
from django.db.models import F

from heard.features.arrivals.actions.drafts import Draft, Message
from heard.foundation.communities.models import Community
from heard.foundation.conversation.models import Kind, Mention, Reply, Revision, Stage, Thread
from heard.plumbing.rows import for_database


def summarise(fresh: list[Message]) -> None:
    """Fills in what rows say of one another: counts and reactions, and one level of answers."""
    threads = {message.row.id: message.row for message in fresh if message.row.is_thread}
    parents = {message.row.id: message.row.parent_id for message in fresh if not message.row.is_thread}
    asked = {parent for parent in parents.values() if parent and parent not in parents}
    parents |= dict(Reply.objects.filter(pk__in=asked).values_list("pk", "parent_id")) if asked else {}
    for message in fresh:
        row = message.row
        row.unnamed_reactions = {emoji: record.count for emoji, record in message.counts.items()}
        row.reactions = dict(Counter(emoji for _person, emoji in message.reactions) + Counter(row.unnamed_reactions))
        if row.parent_id:
            row.parent_id = parents.get(row.parent_id) or row.parent_id
        thread = threads.get(row.thread_id)
        if thread is not None and thread is not row and row.deleted_at is None:
            thread.reply_count += 1
            thread.newest_at = max(thread.newest_at, row.created_at)
            if thread.kind != Kind.SHARE and thread.author_id != row.author_id:
                thread.stage = Stage.ANSWERED


def count_threads(threads: list[Draft]) -> None:
    newest: dict[int, datetime] = {}
    for thread in threads:
        newest[thread.community_id] = max(newest.get(thread.community_id, thread.created_at), thread.created_at)
    for community, count in Counter(thread.community_id for thread in threads).items():
        place = Community.objects.filter(pk=community)
        place.update(thread_count=F("thread_count") + count)
        place.exclude(newest_thread_at__gt=newest[community]).update(newest_thread_at=newest[community])


def count_replies(replies: list[Draft], new_threads: set[int]) -> None:
    """Replies to threads of earlier batches; those to new threads were counted with them."""
    late = [reply for reply in replies if reply.thread_id not in new_threads and reply.deleted_at is None]
    if not late:
        return
    newest: dict[int, datetime] = {}
    for reply in late:
        newest[reply.thread_id] = max(newest.get(reply.thread_id, reply.created_at), reply.created_at)
    counts = Counter(reply.thread_id for reply in late)
    moments = {pk: for_database(at) for pk, at in newest.items()}
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE conversation_thread SET reply_count = reply_count + %s, version = version + 1, "
            "newest_at = CASE WHEN newest_at < %s THEN %s ELSE newest_at END WHERE id = %s",
            [(count, moments[pk], moments[pk], pk) for pk, count in counts.items()],
        )
    asked = Thread.objects.filter(pk__in=list(counts), stage=Stage.SAID).exclude(kind=Kind.SHARE)
    authors = dict(asked.values_list("pk", "author_id"))
    answered = {one.thread_id for one in late if authors.get(one.thread_id, one.author_id) != one.author_id}
    if answered:
        Thread.objects.filter(pk__in=answered).update(stage=Stage.ANSWERED)


def change(message: Message) -> Revision:
    """A later version: what was said before is kept, as with an edit, and given back."""
    row, record = message.row, message.record
    found = (Thread if row.is_thread else Reply).objects.filter(pk=row.id)
    source, html = found.values_list("source", "html").get()
    before = Revision.objects.create(
        **message.at,
        source=source,
        html=html,
        edited_by_id=row.author_id,
        edited_at=record.edited_at or record.said_at,
    )
    Mention.objects.filter(**message.at).exclude(person__in=message.text.mentioned).delete()
    found.update(
        author_id=row.author_id,
        source=row.source,
        html=row.html,
        excerpt=row.excerpt,
        edited_at=row.edited_at,
        deleted_at=row.deleted_at,
        version=F("version") + 1,
    )
    if not row.is_thread:
        lost = 1 if row.deleted_at else 0
        Thread.objects.filter(pk=row.thread_id).update(reply_count=F("reply_count") - lost, version=F("version") + 1)
    return before
