"""What anybody may see of a roll: its groups, what was issued, who is in one's own group, who moved before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Count, OuterRef, QuerySet, Subquery

from heard.features.rolls import rules
from heard.features.rolls.models import Group, Issued, Member, Roll, Wait
from heard.foundation.people.models import Person


def roll_of(ballot: str) -> Roll:
    """The roll of a ballot; raises Roll.DoesNotExist."""
    return Roll.objects.get(ballot=ballot)


def rolls_of(ballots: Iterable[str]) -> dict[str, Roll]:
    """The rolls of several ballots, by ballot."""
    return {roll.ballot: roll for roll in Roll.objects.filter(ballot__in=list(ballots))}


def tree(roll: Roll) -> list[Group]:
    """Every group and everything that sums groups, from the top, each after what it is part of."""
    return list(Group.objects.filter(roll=roll).order_by("place"))


def group_codes_below(ballot: str, code: str) -> set[str]:
    """The groups that have a key and are part of this one, itself included."""
    groups = tree(roll_of(ballot))
    inside = {group.pk for group in groups if group.code == code}
    for group in groups:  # each stands after what it is part of
        if group.parent_id in inside:
            inside.add(group.pk)
    return {group.code for group in groups if group.pk in inside and group.is_key}


def issued_counts(roll: Roll) -> dict[str, int]:
    """How many tokens were issued in each group that has a key, by the group's code."""
    sums = dict.fromkeys(Group.objects.filter(roll=roll, is_key=True).values_list("code", flat=True), 0)
    where = Member.objects.filter(roll=roll, person=OuterRef("person")).values("group__code")
    issued = Issued.objects.filter(roll=roll).annotate(group=Subquery(where)).values("group")
    return sums | {group: n for group, n in issued.annotate(n=Count("pk")).values_list("group", "n") if group}


def place_of(person: Person, roll: Roll) -> Group | None:
    """The group in which `person` stands, or nothing where they are not on the roll."""
    found = Member.objects.filter(roll=roll, person=person).select_related("group").first()
    return found.group if found else None


def too_new_until(person: Person, roll: Roll) -> datetime | None:
    """From when on `person` counts, where the groups were frozen too soon for that; else nothing."""
    if person.claimed_at is None or rules.counts(person.claimed_at, roll.made_at):
        return None
    return person.claimed_at + rules.KNOWN_FOR


def ballots_of(person: Person, among: Iterable[str] | None = None) -> set[str]:
    """Every ballot on whose roll they stand, or those of them that are `among` some."""
    places = Member.objects.filter(person=person)
    if among is not None:
        places = places.filter(roll__ballot__in=list(among))
    return set(places.values_list("roll__ballot", flat=True))


def issued_to(person: Person, roll: Roll) -> int:
    """How many tokens were issued in the name of `person`."""
    return Issued.objects.filter(roll=roll, person=person).count()


def people_in(roll: Roll, group: Group) -> QuerySet[Person]:
    """Everybody frozen into a group with a key, by name; those who left since are still there."""
    inside = Member.objects.filter(roll=roll, group=group).values("person")
    return Person.objects.filter(pk__in=inside).select_related("unit").order_by("name", "id")


def member_ids(roll: Roll) -> list[int]:
    """The ids of everybody on a roll who still works here."""
    here = Member.objects.filter(roll=roll, person__left_at=None)
    return list(here.values_list("person_id", flat=True))


def places_in(ballots: Iterable[str]) -> Iterator[dict[str, str]]:
    """Of everybody on any of these rolls, in which group of each they stand: group by ballot. Nobody is named."""
    rows = Member.objects.filter(roll__ballot__in=list(ballots)).order_by("person_id")
    named = rows.values_list("person_id", "roll__ballot", "group__code").iterator(chunk_size=5_000)
    for _person, places in groupby(named, key=lambda row: row[0]):
        yield {ballot: group for _pk, ballot, group in places}


@dataclass(frozen=True)
class Move:
    """That somebody went from one unit to another in the week before the groups were frozen."""

    name: str
    before: str
    after: str


def moves_before(roll: Roll) -> list[Move]:
    """Who changed units in the week before the groups were frozen, by name."""
    return [Move(**move) for move in roll.moves]


def rolls_to_take(person: Person, now: datetime) -> QuerySet[Member]:
    """The places of `person` on rolls that are not closed yet, with roll and group."""
    open_ones = Member.objects.filter(person=person, roll__closes_at__gt=now)
    return open_ones.select_related("roll", "group").order_by("roll__opens_at", "roll__ballot")


def wait_of(person: Person, roll: Roll) -> Wait | None:
    """Until when somebody who came late waits, if they do."""
    return Wait.objects.filter(roll=roll, person=person).first()
