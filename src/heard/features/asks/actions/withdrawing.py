"""Withdrawing what was announced or is about to be: before it opens, and never after."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from heard.features.asks import errors, rules
from heard.features.asks.actions.announcing import tell_all
from heard.features.asks.actions.reminding import refuse_others
from heard.features.asks.models import Ask, Kind
from heard.features.ballots.actions import release
from heard.features.rolls.actions import end
from heard.features.rolls.queries import roll_of
from heard.foundation.people.models import Person
from heard.foundation.record.actions import happened


@transaction.atomic
def withdraw(ask: Ask, *, by: Person) -> None:
    """Has it never open, now or by its schedule, and tells whoever was told of it; twice changes nothing.

    Its ballot is closed, so that no token of it counts. Raises MayNotLookAfter and CannotBeWithdrawn.
    """
    refuse_others(ask, by)
    found = Ask.objects.select_for_update().get(pk=ask.pk)
    if found.withdrawn_at:
        return
    now = timezone.now()
    if not rules.may_withdraw(now, found.opens_at, is_vote=found.kind == Kind.VOTE):
        raise errors.CannotBeWithdrawn
    found.withdrawn_at, found.withdrawn_by = now, by
    found.save(update_fields=["withdrawn_at", "withdrawn_by"])
    if found.ballot:
        release(found.ballot, is_last=True)
        roll = roll_of(found.ballot)
        end(roll)
        if found.kind == Kind.PULSE:  # of the others nobody was told so far
            tell_all(
                found, roll, _("It was withdrawn before it opened. Nothing will be asked, and there is nothing to do.")
            )
    happened("ask.withdrawn", found, by=by)
