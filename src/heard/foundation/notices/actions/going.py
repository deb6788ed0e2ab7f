"""What goes out: put off, settled, counted against the day's budget; and when digests are due."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from heard.foundation.notices.models import Delivery, Preferences, Rhythm, Spent, Way
from heard.foundation.notices.rules import next_digest


@transaction.atomic
def postpone(deliveries: Collection[int], until: datetime) -> None:
    """Puts off what still waits."""
    Delivery.objects.filter(pk__in=deliveries, outcome="").update(due_at=until)


@transaction.atomic
def settle(outcomes: Mapping[str, Collection[int]], *, spends: tuple[int, Way, date] | None = None) -> bool:
    """Notes what became of deliveries (ids by outcome), and that one letter or push was spent on a person's day.

    Gives whether it was so: not where another worker was quicker with any of them, and then nothing is changed. Whoever
    sends does it in the same transaction, so that each goes out once.
    """
    for outcome, ids in outcomes.items():
        if Delivery.objects.filter(pk__in=ids, outcome="").update(outcome=outcome) != len(ids):
            transaction.set_rollback(True)
            return False
    if spends:
        person, way, day = spends
        Spent.objects.get_or_create(person_id=person, way=way, day=day)
        Spent.objects.filter(person_id=person, way=way, day=day).update(count=F("count") + 1)
    return True


@transaction.atomic
def begin_digests(people: Mapping[int, ZoneInfo]) -> None:
    """Sets when people who never said how they want it get their first digest, by the clock of each."""
    now = timezone.now()
    rows = [Preferences(person_id=pk, digest_at=now) for pk in people]
    for row in rows:
        row.digest_due_at = next_digest(row, now, people[row.pk])
    Preferences.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def claim_digest(wanted: Preferences, zone: ZoneInfo, *, was_sent: bool, tells: Iterable[int] = ()) -> bool:
    """Notes that the digest that is due was written, or had nothing to say, and when the next one is due.

    What it `tells` (ids of notices) is mailed no more. False where another worker was quicker with the digest or with a
    letter about any of that. What is sent is sent in the same transaction.
    """
    now = timezone.now()
    changes = {"digest_due_at": next_digest(wanted, now, zone), **({"digest_at": now} if was_sent else {})}
    mine = Preferences.objects.filter(pk=wanted.pk, digest_due_at=wanted.digest_due_at)
    if not mine.update(**changes):
        return False
    mails = Delivery.objects.filter(notice__in=list(tells), way=Way.MAIL)
    mails.filter(outcome="").update(outcome=Delivery.Outcome.DIGEST)
    if mails.filter(outcome=Delivery.Outcome.SENT).exists():
        transaction.set_rollback(True)
        return False
    return True


@transaction.atomic
def ask_for_digest(*, by: AbstractBaseUser) -> None:
    """Makes `by`'s digest due now, of the whole day or week, so that they see what it is like."""
    now = timezone.now()
    wanted, _is_new = Preferences.objects.get_or_create(pk=by.pk)
    wanted.digest_at = now - timedelta(days=7 if wanted.rhythm == Rhythm.WEEKLY else 1)
    wanted.digest_due_at = now
    wanted.save(update_fields=["digest_at", "digest_due_at"])


@transaction.atomic
def skip_digest(person_id: int) -> None:
    """Writes nothing to somebody who left, and looks again tomorrow whether they came back."""
    Preferences.objects.filter(pk=person_id).update(digest_due_at=timezone.now() + timedelta(days=1))
