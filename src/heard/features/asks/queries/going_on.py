"""What the clock has to look at: asks under way, those that wait to be announced, and schedules that go on."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from heard.features.asks.models import Ask

LEFT_AFTER = timedelta(hours=1)
"""What was written so long ago and was neither announced nor refused, its worker has left lying."""


def under_way(now: datetime) -> list[int]:
    """Ids of asks that the clock has to look at: announced, and not settled after their closing."""
    announced = Ask.objects.filter(ballot__isnull=False, withdrawn_at=None)
    found = announced.filter(closed_at=None, opens_at__lte=now).order_by("closes_at", "pk")
    return list(found.values_list("pk", flat=True))


def left_lying(now: datetime) -> list[int]:
    """Ids of asks that were written, and of which nobody heard anything since."""
    found = Ask.objects.filter(ballot=None, refused="", withdrawn_at=None, written_at__lte=now - LEFT_AFTER)
    return list(found.order_by("pk").values_list("pk", flat=True))


def schedules() -> list[int]:
    """Ids of asks that are asked again, and of which the next run is not written so far."""
    return list(going_on().order_by("pk").values_list("pk", flat=True))


def going_on() -> QuerySet[Ask]:
    """The last run of each schedule that goes on: one that was announced, or a later one that was refused."""
    last = Ask.objects.filter(every_weeks__gt=0, stopped_at=None, withdrawn_at=None, after=None)
    return last.filter(Q(ballot__isnull=False) | (Q(before__isnull=False) & ~Q(refused="")))


def schedule_of(ask: Ask) -> QuerySet[Ask]:
    """The last run of the schedule of `ask`, which is this or a refused one after it; none where it does not go on."""
    return going_on().filter(Q(pk=ask.pk) | Q(before=ask, ballot=None))
