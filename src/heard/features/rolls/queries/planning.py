"""What groups an audience would be frozen into: what a page shows before anything is frozen, and what is then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Max, Q

from heard.features.rolls import rules
from heard.features.rolls.errors import NobodyIsMeant, TooFewPeople
from heard.features.rolls.models import Raised, Roll
from heard.features.rolls.rules import ROOT, Gathered, Planned
from heard.foundation.communities.models import Community
from heard.foundation.people.models import Person, Unit


@dataclass(frozen=True)
class Audience:
    """Whom an ask goes to: everybody, whole subtrees of units (`units`, ids), or a community (`community`, id).

    `is_together` makes one group of all of them.
    """

    units: Sequence[int] = ()
    community: int | None = None
    is_together: bool = False


def smallest_group() -> int:
    """How many people a group holds at least: what is set, unless a higher number was ever set or used."""
    raised = Raised.objects.aggregate(k=Max("k"))["k"] or 0
    used = Roll.objects.aggregate(k=Max("k"))["k"] or 0
    return rules.smallest([settings.HEARD_GROUP_MIN, raised, used])


def how_many_count(at: datetime) -> int:
    """How many people of the whole organisation would be asked."""
    return len(those_who_count(Audience(), [], at))


def plan(audience: Audience, *, k: int, at: datetime) -> list[Planned]:
    """The groups of an audience and what sums them; raises TooFewPeople and NobodyIsMeant."""
    units = {unit.pk: unit for unit in Unit.objects.all()} if audience.community is None else {}
    tops = topmost(audience.units, units)
    people = those_who_count(audience, tops, at)
    parents = parents_below(tops, units, is_everybody=not audience.units and audience.community is None)
    if audience.is_together or audience.community is not None:
        parents = {}
    places = {pk: unit if unit in parents else ROOT for pk, unit in people.items()}
    groups: list[Gathered] | None = rules.gathered(parents, places, k)
    if groups is None:
        raise TooFewPeople(len(people), k)
    names = {pk: unit.name for pk, unit in units.items()} | {ROOT: name_of(audience, tops, units)}
    return rules.arranged(groups, parents, names)


def topmost(chosen: Sequence[int], units: dict[int, Unit]) -> list[Unit]:
    """The chosen units that stand below no other chosen one; raises NobodyIsMeant where none is left."""
    there = [units[pk] for pk in dict.fromkeys(chosen) if pk in units]
    if chosen and not there:
        raise NobodyIsMeant
    return [one for one in there if not any(one is not top and one.path.startswith(top.path) for top in there)]


def those_who_count(audience: Audience, tops: list[Unit], at: datetime) -> dict[int, int | None]:
    """Everybody meant who is here and signed in long enough before `at`, with their unit."""
    here = Person.objects.filter(left_at=None, claimed_at__isnull=False)
    if audience.community is not None:
        here = here.filter(memberships__community=audience.community)
    elif tops:
        below = Q()
        for top in tops:
            below |= Q(unit__path__startswith=top.path)
        here = here.filter(below)
    listed = here.order_by("pk").values_list("pk", "unit", "claimed_at")
    return {pk: unit for pk, unit, claimed_at in listed if rules.counts(claimed_at, at)}


def parents_below(tops: list[Unit], units: dict[int, Unit], *, is_everybody: bool) -> dict[int, int]:
    """From each unit of the audience to the one above it, the topmost to ROOT; where one is chosen, it is ROOT."""
    if not is_everybody and len(tops) == 1:
        top = tops[0]
        inside = [one for one in units.values() if one.pk != top.pk and one.path.startswith(top.path)]
        return {one.pk: ROOT if one.parent_id == top.pk else one.parent_id or ROOT for one in inside}
    inside = [one for one in units.values() if is_everybody or any(one.path.startswith(top.path) for top in tops)]
    chosen = {top.pk for top in tops}
    return {one.pk: ROOT if one.pk in chosen or one.parent_id not in units else one.parent_id for one in inside}


def name_of(audience: Audience, tops: list[Unit], units: dict[int, Unit]) -> str:
    """What the audience as a whole is called: everybody as the one unit at the top is, or as the organisation."""
    if audience.community is not None:
        return Community.objects.values_list("name", flat=True).get(pk=audience.community)
    tops = tops or [unit for unit in units.values() if unit.parent_id is None]
    named = ", ".join(top.name for top in tops)[:200]
    return named if audience.units or len(tops) == 1 else str(settings.HEARD_ORGANISATION)
