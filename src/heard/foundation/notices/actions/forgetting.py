"""Taking back what people were told, and forgetting it when it is old."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from heard.foundation.notices.models import Notice, Spent
from heard.plumbing.ids import timed_id

SEEN_FOR, UNSEEN_FOR, SPENT_FOR = timedelta(days=90), timedelta(days=365), timedelta(days=14)
BATCH = 500


def forget_words(about: Iterable[int], message_id: int) -> None:
    """Leaves no quotation in anybody's notices of a message that was taken back.

    `about` are ids of the threads that the notices may be about; the address of each ends with the message's id, and
    that of a reply with its place on the page as well. What a thread was called goes with the thread.
    """
    leads_there = Q(address__endswith=f"/{message_id}/") | Q(address__endswith=f"/{message_id}/#r{message_id}")
    quoting = Notice.objects.filter(leads_there, about="thread", about_id__in=set(about))
    quoting.exclude(words="").update(words="")
    Notice.objects.filter(about="thread", about_id=message_id).exclude(title="").update(title="")


def forget_notices(about: str, ids: Iterable[int]) -> None:
    """Takes back what people were told about things (of the kind `about`) that are no longer here."""
    Notice.objects.filter(about=about, about_id__in=set(ids)).delete()


def forget_old(*, after: int = 0) -> int | None:
    """Removes a short batch of notices: those seen after 90 days, others after a year; gives where to go on.

    Ids sort by time, so that the oldest are found by walking up from `after`.
    """
    now = timezone.now()
    old = Notice.objects.filter(id__gt=after, id__lt=timed_id(now - SEEN_FOR, 0)).order_by("id")
    batch = list(old.values_list("id", "seen_at")[:BATCH])
    last = timed_id(now - UNSEEN_FOR, 0)
    Notice.objects.filter(pk__in=[pk for pk, seen_at in batch if seen_at is not None or pk < last]).delete()
    if len(batch) == BATCH:
        return int(batch[-1][0])
    Spent.objects.filter(day__lt=(now - SPENT_FOR).date()).delete()
    return None
