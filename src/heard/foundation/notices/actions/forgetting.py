"""Taking back what people were told, and forgetting it when it is old."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from heard.foundation.notices.models import Notice, Spent, Why
from heard.foundation.notices.rules import QUOTING
from heard.plumbing.ids import timed_id

SEEN_FOR, UNSEEN_FOR, SPENT_FOR = timedelta(days=90), timedelta(days=365), timedelta(days=14)
BATCH = 500


def forget_words(about: Iterable[int], message_id: int) -> None:
    """Leaves no quotation in anybody's notices of a message that was taken back.

    `about` are ids of the threads that the notices may be about; the address of each ends with the message's id, and
    that of a reply with its place on the page as well. What a thread was called goes with the thread.
    """
    quoting = Notice.objects.filter(leads_to(message_id), about="thread", about_id__in=set(about))
    quoting.exclude(words="").update(words="")
    Notice.objects.filter(about="thread", about_id=message_id).exclude(title="").update(title="")


def quote_anew(about: Iterable[int], message_id: int, words: str) -> None:
    """Lets everybody's notices quote what a message says now; what was taken back stays so.

    `about` are ids of the threads that the notices may be about.
    """
    quoting = Notice.objects.filter(leads_to(message_id), about="thread", about_id__in=set(about), why__in=QUOTING)
    quoting.exclude(words="").update(words=words[:300])


def call_anew(thread_id: int, title: str, *, within: str) -> None:
    """Lets everybody's notices of a thread name it as it is called now: `title` of itself, `within` of its replies."""
    naming = Notice.objects.filter(about="thread", about_id=thread_id, why__in=QUOTING)
    naming.filter(leads_to(thread_id)).exclude(title=title[:200]).update(title=title[:200])
    naming.exclude(leads_to(thread_id)).exclude(title=within[:200]).update(title=within[:200])


def leads_to(message_id: int) -> Q:
    """Notices whose address is that of a message."""
    return Q(address__endswith=f"/{message_id}/") | Q(address__endswith=f"/{message_id}/#r{message_id}")


def forget_unreadable(about: str, ids: Iterable[int], *, of: Iterable[int]) -> None:
    """Takes back from the people `of` (ids) what they were told about things that they may read no longer.

    `about` and `ids` say what these are. What tells authors where their own thread went stays.
    """
    told = Notice.objects.filter(about=about, about_id__in=set(ids), person__in=set(of))
    went = Q(why__in=[Why.MOVED, Why.MERGED], address__startswith="/communities/") | Q(address="/reports/")
    told.exclude(went).delete()


def forget_notices(about: str, ids: Iterable[int]) -> None:
    """Takes back what people were told about things (of the kind `about`) that are no longer here."""
    Notice.objects.filter(about=about, about_id__in=set(ids)).delete()


def forget_old(*, after: int = 0) -> int | None:
    """Removes a short batch of notices: those seen after 90 days, others after a year; gives where to go on.

    Ids sort by time, so that the oldest are found by walking up from `after`.
    """
    now = timezone.now()
    old = Notice.objects.filter(id__gt=after, id__lt=timed_id(now - SEEN_FOR, 0)).order_by("id")
    batch = list(old.values_list("id", "seen_with")[:BATCH])
    last = timed_id(now - UNSEEN_FOR, 0)
    Notice.objects.filter(pk__in=[pk for pk, seen_with in batch if seen_with is not None or pk < last]).delete()
    if len(batch) == BATCH:
        return int(batch[-1][0])
    Spent.objects.filter(day__lt=(now - SPENT_FOR).date()).delete()
    return None
