"""Raising how small a group may be; there is no way back."""

from django.db import transaction
from django.utils import timezone

from heard.features.rolls import rules
from heard.features.rolls.errors import MayNotRaise, OnlyEverRaised, RaisedTooFar
from heard.features.rolls.models import Raised
from heard.features.rolls.queries import how_many_count, smallest_group
from heard.foundation.people.models import Person
from heard.foundation.record.actions import happened


@transaction.atomic
def raise_smallest(k: int, *, by: Person) -> None:
    """Lets groups hold at least `k` people from the next ask on; the number that is set already changes nothing.

    Raises MayNotRaise, OnlyEverRaised, and RaisedTooFar where no two such groups could be formed of all who are asked.
    """
    if not rules.may_raise_smallest(by):
        raise MayNotRaise
    now = smallest_group()
    if k < now:
        raise OnlyEverRaised(now)
    if k == now:
        return
    at = timezone.now()
    people = how_many_count(at)
    if not rules.leaves_two_groups(k, people):
        raise RaisedTooFar(k, people)
    happened("rolls.raised", Raised.objects.create(k=k, raised_by=by, raised_at=at), by=by, k=k)
