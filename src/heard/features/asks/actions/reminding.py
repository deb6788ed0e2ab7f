"""Reminding everybody, and ending a schedule."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from heard.features.asks import errors, rules
from heard.features.asks.actions.announcing import day_of, tell_all
from heard.features.asks.models import Ask
from heard.features.asks.queries import schedule_of
from heard.features.asks.queries.reaching import looks_after
from heard.features.rolls.queries import roll_of
from heard.foundation.notices.actions import tell
from heard.foundation.notices.models import Why
from heard.foundation.people.models import Person
from heard.foundation.people.queries import stewards
from heard.foundation.record.actions import happened


@transaction.atomic
def remind(ask: Ask, *, by: Person) -> None:
    """Reminds everybody on the roll: nobody knows who answered. Raises MayNotLookAfter and TooSoonToRemind."""
    refuse_others(ask, by)
    found = Ask.objects.select_for_update().get(pk=ask.pk)
    now = timezone.now()
    if not found.ballot or not rules.may_remind(now, found.opens_at, found.closes_at, found.reminded_at):
        raise errors.TooSoonToRemind
    found.reminded_at = now
    found.save(update_fields=["reminded_at"])
    tell_all(found, roll_of(found.ballot), reminder(found))
    happened("ask.reminded", found, by=by)


def reminder(ask: Ask) -> str:
    """What a reminder says."""
    words = _("Open until %(day)s. This reminder goes to everybody, since nobody knows who has answered.")
    return words % {"day": day_of(ask.closes_at)}


@transaction.atomic
def end_schedule(ask: Ask) -> None:
    """Asks this no more, since whoever asked may not ask these people any more, and tells those who may; once."""
    if not Ask.objects.filter(pk=ask.pk, stopped_at=None).update(stopped_at=timezone.now()):
        return
    happened("ask.stopped", ask, by=None)
    words = _(
        "It is not asked again: whoever asked it may not ask these people any more. If it is to go on, ask it anew."
    )
    address = f"/asks/{ask.code}/"
    tell(stewards(), Why.NOT_ASKED, ask, by=None, address=address, title=ask.title, words=words)


@transaction.atomic
def stop_schedule(ask: Ask, *, by: Person) -> None:
    """Asks this no more; what is announced already goes on. Raises MayNotLookAfter and NotOnASchedule."""
    refuse_others(ask, by)
    if not schedule_of(ask).update(stopped_at=timezone.now(), stopped_by=by):
        raise errors.NotOnASchedule
    happened("ask.stopped", ask, by=by)


def refuse_others(ask: Ask, by: Person) -> None:
    """Raises MayNotLookAfter for whoever neither asked nor looks after the network."""
    if not looks_after(by, ask):
        raise errors.MayNotLookAfter
