"""Raising how small a group may be; there is no way back."""

from django.db import transaction
from django.utils import timezone

from heard.features.rolls import rules
from heard.features.rolls.errors import MayNotRaise, OnlyEverRaised
from heard.features.rolls.models import Raised
from heard.features.rolls.queries import smallest_group
from heard.foundation.people.models import Person
from heard.foundation.record.actions import happened


@transaction.atomic
def raise_smallest(k: int, *, by: Person) -> None:
    """Lets groups hold at least `k` people from the next ask on; the number that is set already changes nothing."""
    if not rules.may_raise_smallest(by):
        raise MayNotRaise
    now = smallest_group()
    if k < now:
        raise OnlyEverRaised(now)
    if k > now:
        happened("rolls.raised", Raised.objects.create(k=k, raised_by=by, raised_at=timezone.now()), by=by, k=k)
