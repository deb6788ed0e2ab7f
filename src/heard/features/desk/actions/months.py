"""The months in which members speak: their groups are frozen, and listeners are found for each of them."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from heard.features.desk import rules
from heard.features.desk.models import Circle, Month
from heard.features.desk.queries import is_heard, named_keys
from heard.features.rolls.actions import freeze
from heard.features.rolls.errors import NobodyIsMeant, TooFewPeople
from heard.features.rolls.queries import Audience, tree
from heard.features.voice import actions as voice
from heard.foundation.people.models import Unit

if TYPE_CHECKING:
    from heard.features.rolls.models import Roll

KEPT_FOR = timedelta(days=430)
"""A month is remembered so long after it closed: longer than any conversation that began in it without a word since."""


def begin_month(*, now: datetime | None = None, hours: tuple[datetime, datetime] | None = None) -> Month | None:
    """Freezes the groups of the next month when its time has come; nothing where it has not, or nobody listens.

    `hours` says when it opens and closes, for those who may not wait. Organisations too small for any group have none.
    """
    last = Month.objects.order_by("-closes_at").values_list("closes_at", flat=True).first()
    hours = hours or rules.month_after(last, now or timezone.now())
    if hours is None or not is_heard():
        return None
    page = {
        "title": _("Speaking unasked"),
        "intro": _("With a few tokens each month you can say something without your name."),
        "ask_url": "/listening/",
        "questions": [],
    }
    try:
        roll = freeze(
            by=None,
            audience=Audience(),
            what="voice",
            page=page,
            questions=(),
            opens_at=hours[0],
            closes_at=hours[1],
            per_member=rules.TOKENS_A_MONTH,
            then=remember,
        )
    except (TooFewPeople, NobodyIsMeant):
        return None
    return Month.objects.get(ballot=roll.ballot)


def remember(roll: "Roll") -> None:
    """What the desk needs of a roll once it is gone, and who hears its groups."""
    month = Month.objects.create(ballot=roll.ballot, opens_at=roll.opens_at, closes_at=roll.closes_at)
    for group in tree(roll):
        if group.is_key:
            Circle.objects.create(
                group=group.code, month=month, name=group.name, invited=group.invited, unit_id=group.unit_id
            )
    hear_again()


@transaction.atomic
def hear_again() -> None:
    """Finds the listeners of every group anew: somebody was named, left, or has another key."""
    named, chains = named_keys(), dict[int, list[int]]()
    for pk, path in Unit.objects.values_list("pk", "path"):
        chains[pk] = [int(step) for step in reversed(path.strip("/").split("/")) if step]
    heard = {("", ""): rules.listening_to([], named)}
    for group, ballot, unit in Circle.objects.values_list("group", "month__ballot", "unit_id"):
        heard[ballot, group] = rules.listening_to(chains.get(unit, []) if unit else [], named)
    voice.hear(heard)


def forget_old(*, now: datetime | None = None) -> None:
    """Months of which nothing is left to say."""
    Month.objects.filter(closes_at__lt=(now or timezone.now()) - KEPT_FOR).delete()
