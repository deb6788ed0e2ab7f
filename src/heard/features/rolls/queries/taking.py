"""What a member's browser has to fetch now, with all that it needs to answer without asking again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from heard.features.rolls.models import Group, Issued, Roll, Wait
from heard.features.rolls.queries.looking import rolls_to_take
from heard.foundation.communities.queries import read_by
from heard.foundation.people.models import Person


@dataclass(frozen=True)
class ToTake:
    """A roll on which somebody stands that is not closed: in which group, how many tokens they had, until when to wait.

    `is_missed` says that it opened without them: they had no token by then and were given no wait so far. `is_withheld`
    says that a community is asked which they may not read any more.
    """

    roll: Roll
    group: Group
    issued: int
    wait_until: datetime | None
    is_missed: bool
    is_withheld: bool


def to_take(person: Person, now: datetime) -> list[ToTake]:
    """Everything announced or open for `person`, the first to open first.

    Of a community that they may not read any more there is only what they have a token for, and without its words: it
    counts as before.
    """
    places = list(rolls_to_take(person, now))
    rolls = [place.roll_id for place in places]
    mine = Issued.objects.filter(person=person, roll__in=rolls).values("roll").annotate(n=Count("pk"))
    issued = {row["roll"]: row["n"] for row in mine}
    waits = dict(Wait.objects.filter(person=person, roll__in=rolls).values_list("roll", "until"))
    withheld = withheld_from(person, [place.roll for place in places])
    return [
        ToTake(
            place.roll,
            place.group,
            issued.get(place.roll_id, 0),
            waits.get(place.roll_id),
            is_missed=place.roll_id not in issued and place.roll_id not in waits and place.roll.opens_at <= now,
            is_withheld=place.roll_id in withheld,
        )
        for place in places
        if place.roll_id not in withheld or place.roll_id in issued
    ]


def withheld_from(person: Person, rolls: Sequence[Roll]) -> set[int]:
    """The rolls (ids) of communities that they may not read any more."""
    asked = {roll.pk: roll.page["community"] for roll in rolls if "community" in roll.page}
    if not asked:
        return set()
    readable = set(read_by(person).filter(pk__in=set(asked.values())).values_list("pk", flat=True))
    return {roll for roll, community in asked.items() if community not in readable}
