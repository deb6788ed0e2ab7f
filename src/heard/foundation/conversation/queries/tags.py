"""Hashtags that the viewer may know of: those of threads they may read."""

from datetime import timedelta

from django.db.models import Count, QuerySet
from django.utils import timezone

from heard.foundation.conversation.models import Hashtag
from heard.foundation.conversation.queries.messages import thread_readable_by
from heard.foundation.people.models import Person
from heard.plumbing.ids import timed_id
from heard.plumbing.text import fold_hashtag

RECENT = 2000
LATELY = timedelta(days=90)


def tags_beginning(person: Person, typed: str, *, limit: int = 8) -> list[str]:
    """Tags that begin with `typed`, the ones most used among the latest first."""
    return [tag for tag, _n in counted(tags_read_by(person), fold_hashtag(typed), limit)]


def popular_tags(person: Person, *, limit: int = 12) -> list[tuple[str, int]]:
    """The tags most used in threads of the last 90 days, each with how often; an archive's count by their own time."""
    return counted(tags_read_by(person).filter(thread__gte=timed_id(timezone.now() - LATELY, 0)), "", limit)


def tags_read_by(person: Person) -> QuerySet[Hashtag]:
    """Every tag on a thread that the person may read."""
    return Hashtag.objects.filter(thread__is_listed=True, thread__in=thread_readable_by(person).values("pk"))


def counted(tagged: QuerySet[Hashtag], prefix: str, limit: int) -> list[tuple[str, int]]:
    """Tags beginning with `prefix` among the latest 2,000 uses of these."""
    if prefix:
        tagged = tagged.filter(tag__gte=prefix, tag__lt=prefix + "\U0010ffff")
    latest = tagged.order_by("-thread_id").values_list("pk", flat=True)[:RECENT]
    rows = Hashtag.objects.filter(pk__in=list(latest)).values_list("tag").annotate(n=Count("id")).order_by("-n", "tag")
    return list(rows[:limit])
