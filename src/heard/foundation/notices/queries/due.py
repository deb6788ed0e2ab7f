"""What is due to go out, and how much of a person's budget for the day is left."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.db.models import QuerySet

from heard.foundation.notices.models import Delivery, Notice, Preferences, Spent, Way
from heard.foundation.notices.queries.wanting import preferences_of
from heard.foundation.notices.rules import next_digest, quiet_ends

MAIL, PUSH = Way.MAIL, Way.PUSH
MOST_TOGETHER = 200


def people_due(way: Way, now: datetime, *, after: int = 0, limit: int = 100) -> list[int]:
    """The ids of up to `limit` people to whom something is due this way, in their order, beginning after one."""
    sql = (
        "SELECT DISTINCT person_id FROM notices_delivery WHERE outcome = '' AND way = %s AND person_id > %s "
        f"AND due_at <= %s ORDER BY person_id LIMIT {limit:d}"
    )
    at = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(sql, [way.value, after, at])
        return [row[0] for row in cursor.fetchall()]


def due_for(person_id: int, way: Way, now: datetime) -> list[Delivery]:
    """What is due to one person this way, oldest first."""
    due = Delivery.objects.filter(person=person_id, outcome="", way=way, due_at__lte=now)
    return list(due.select_related("notice__by").order_by("notice")[:MOST_TOGETHER])


def spent_on(person_id: int, way: Way, day: date) -> int:
    """How many letters or pushes somebody got on a day of theirs."""
    return Spent.objects.filter(person=person_id, way=way, day=day).values_list("count", flat=True).first() or 0


@dataclass(frozen=True, slots=True)
class Budget:
    """What somebody got today and what they get at most, and until when they are left in peace, if they are now."""

    mails: int
    most_mails: int
    pushes: int
    most_pushes: int
    quiet_until: datetime | None
    digest_due_at: datetime | None


def budget_of(person: AbstractBaseUser, now: datetime, zone: tzinfo) -> Budget:
    """How much of today's budget is spent, by the person's clock."""
    wanted = preferences_of(person)
    spent = dict(Spent.objects.filter(person_id=person.pk, day=now.astimezone(zone).date()).values_list("way", "count"))
    ends = quiet_ends(wanted, now, zone)
    return Budget(
        spent.get(Way.MAIL, 0),
        wanted.most_mails,
        spent.get(Way.PUSH, 0),
        wanted.most_pushes,
        ends if ends > now else None,
        wanted.digest_due_at or next_digest(wanted, now, zone),
    )


def digests_due_to(now: datetime, *, after: int = 0, limit: int = 100) -> list[int]:
    """The ids of up to `limit` people whose digest is due, in their order, beginning after one."""
    due = Preferences.objects.filter(digest_due_at__lte=now, person__gt=after)
    return list(due.order_by("person").values_list("person_id", flat=True)[:limit])


def untold_by_mail(person_id: int, since: datetime | None) -> QuerySet[Notice]:
    """What somebody has not seen and no letter told, newest first: one for each fold."""
    waiting = Notice.objects.filter(person=person_id, is_listed=True, seen_with=None)
    waiting = waiting.filter(told_at__gt=since) if since else waiting
    mailed = Delivery.objects.filter(person=person_id, way=Way.MAIL, outcome=Delivery.Outcome.SENT)
    return waiting.exclude(pk__in=mailed.values("notice")).select_related("by").order_by("-id")
