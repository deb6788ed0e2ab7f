"""Hashtags that the viewer may know of: those of threads they may read."""

from django.db.models import Count

from heard.foundation.conversation.models import Hashtag
from heard.foundation.conversation.queries.messages import thread_readable_by
from heard.foundation.people.models import Person
from heard.plumbing.text import fold_hashtag

RECENT = 2000


def tags_beginning(person: Person, typed: str, *, limit: int = 8) -> list[str]:
    """Tags that begin with `typed`, the ones most used among the latest first."""
    return [tag for tag, _n in counted(person, fold_hashtag(typed), limit)]


def popular_tags(person: Person, *, limit: int = 12) -> list[tuple[str, int]]:
    """The tags most used among the latest, each with how often."""
    return counted(person, "", limit)


def counted(person: Person, prefix: str, limit: int) -> list[tuple[str, int]]:
    """Tags beginning with `prefix` among the latest 2,000 uses that the person may read."""
    tagged = Hashtag.objects.filter(thread__is_listed=True, thread__in=thread_readable_by(person).values("pk"))
    if prefix:
        tagged = tagged.filter(tag__gte=prefix, tag__lt=prefix + "\U0010ffff")
    latest = tagged.order_by("-thread_id").values_list("pk", flat=True)[:RECENT]
    rows = Hashtag.objects.filter(pk__in=list(latest)).values_list("tag").annotate(n=Count("id")).order_by("-n", "tag")
    return list(rows[:limit])
