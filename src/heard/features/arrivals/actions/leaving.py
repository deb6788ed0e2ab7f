"""How messages go when a run is taken back: whatever somebody answered or changed since stays."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count, F, Max, Q

from heard.features.arrivals.actions.batches import Pace
from heard.features.arrivals.actions.referring import EXCERPT
from heard.features.arrivals.actions.staying import Staying, changed_here, touched_since
from heard.features.arrivals.formats import reasons
from heard.features.arrivals.models import Arrived, Mark, Mended, Run, Sort
from heard.foundation.communities.models import Community
from heard.foundation.conversation.actions.attaching import throw_away
from heard.foundation.conversation.models import Attachment, Kind, Mention, Reply, Revision, Stage, Thread
from heard.foundation.notices.actions import forget_notices
from heard.plumbing.text import excerpt

LATE = reasons.LATE_REACTION
_AT_ONCE = 50


def mend(run: Run, kept: Counter[str], pace: Pace) -> None:
    """Gives messages of earlier runs the words back that this run changed, unless they were changed here since."""
    last = 0
    while rows := list(
        Mended.objects.filter(run=run, pk__gt=last).select_related("revision").order_by("pk")[:_AT_ONCE]
    ):
        last = rows[-1].pk
        with pace.held():
            for row in rows:
                _mend_one(row, kept)


def _mend_one(row: Mended, kept: Counter[str]) -> None:
    before = row.revision
    model, pk = (Reply, before.reply_id) if before.reply_id else (Thread, before.thread_id)
    later = Revision.objects.filter(thread=before.thread_id, reply=before.reply_id, pk__gt=before.pk)
    message = model.objects.filter(pk=pk, deleted_at=None).first()
    if message is None or later.exists():
        kept[reasons.CHANGED_SINCE] += 1
        return
    earlier = Revision.objects.filter(thread=before.thread_id, reply=before.reply_id, pk__lt=before.pk)
    model.objects.filter(pk=pk).update(
        source=before.source,
        html=before.html,
        excerpt=excerpt(before.html, EXCERPT),
        edited_at=earlier.aggregate(at=Max("edited_at"))["at"],
        version=F("version") + 1,
    )
    sort = Sort.REPLY if before.reply_id else Sort.THREAD
    Arrived.objects.filter(place=row.run.place, sort=sort, target=pk).update(words=row.words)
    before.delete()


def take_replies(run: Run, part: list[Arrived], kept: Counter[str]) -> list[Arrived]:
    """Deletes replies; those that somebody answered, changed or touched here stay, and what they answer with them."""
    ids = [row.target for row in part]
    staying = Staying(run)
    answers = Reply.objects.filter(parent__in=ids).exclude(pk__in=ids)
    staying.answered(answers, "parent")
    staying.add(changed_here(Q(reply__in=ids), "reply"), reasons.CHANGED_SINCE)
    staying.add(touched_since(run, ids, "reply"), reasons.TOUCHED_SINCE)
    staying.carry(dict(Reply.objects.filter(pk__in=ids).exclude(parent=None).values_list("pk", "parent")))
    kept.update(staying.why.values())
    going = [row for row in part if row.target not in staying.why]
    gone = [row.target for row in going]
    threads = set(Reply.objects.filter(pk__in=gone).values_list("thread", flat=True))
    _throw_files_away(Q(reply__in=gone))
    Reply.objects.filter(pk__in=gone).delete()
    Mark.objects.filter(message__in=gone).delete()
    of_this_run = Arrived.objects.filter(run=run, sort=Sort.THREAD, target__in=threads)
    count_anew(threads.difference(of_this_run.values_list("target", flat=True)))
    return going


def take_threads(run: Run, part: list[Arrived], kept: Counter[str]) -> list[Arrived]:
    """Deletes threads with what hangs on them; those in which anything stays, or that were touched here, stay."""
    ids = [row.target for row in part]
    staying = Staying(run)
    staying.answered(Reply.objects.filter(thread__in=ids), "thread")
    merged = Thread.objects.filter(merged_into__in=ids).exclude(pk__in=ids)
    staying.add(merged.values_list("merged_into", flat=True), reasons.ANSWERED_SINCE)
    staying.add(changed_here(Q(thread__in=ids, reply=None), "thread"), reasons.CHANGED_SINCE)
    staying.add(touched_since(run, ids, "thread"), reasons.TOUCHED_SINCE)
    kept.update(staying.why.values())
    going = [row for row in part if row.target not in staying.why]
    gone = [row.target for row in going]
    communities = set(Thread.objects.filter(pk__in=gone).values_list("community", flat=True))
    _throw_files_away(Q(thread__in=gone))
    forget_notices("thread", gone)
    Thread.objects.filter(pk__in=gone).delete()
    Mark.objects.filter(message__in=gone).delete()
    count_anew(staying.why)
    for pk in communities:
        listed = Thread.objects.filter(community=pk, merged_into=None)
        Community.objects.filter(pk=pk).update(
            thread_count=listed.filter(deleted_at=None, hidden_at=None).count(),
            newest_thread_at=listed.aggregate(at=Max("created_at"))["at"],
        )
    return going


def count_anew(threads: Iterable[int]) -> None:
    """Counts the replies of threads, from which some went."""
    for thread in Thread.objects.filter(pk__in=set(threads)):
        there = Reply.objects.filter(thread=thread, deleted_at=None, hidden_at=None)
        found = there.aggregate(count=Count("id"), newest=Max("created_at"))
        is_answered = thread.kind != Kind.SHARE and there.exclude(author=thread.author_id).exists()
        stage = thread.stage
        if stage in (Stage.SAID, Stage.ANSWERED):
            stage = Stage.ANSWERED if is_answered else Stage.SAID
        Thread.objects.filter(pk=thread.pk).update(
            reply_count=found["count"],
            newest_at=found["newest"] or thread.created_at,
            stage=stage,
            version=F("version") + 1,
        )


def named_here(person: int) -> bool:
    """Whether anything that stays names somebody."""
    return Mention.objects.filter(person=person).exists()


def _throw_files_away(where: Q) -> None:
    for attachment in Attachment.objects.filter(where):
        throw_away(attachment)
