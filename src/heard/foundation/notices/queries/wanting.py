"""How a person wants to be told."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import batched

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.db.models import Q, QuerySet

from heard.foundation.notices.models import Device, Preferences, Rhythm, Switch, Way, Why
from heard.foundation.notices.rules import MUTABLE, because, ways_of
from heard.plumbing.rows import IN_ONE_LIST

RHYTHMS, WAYS = Rhythm.choices, Way.choices


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kind with the ways it goes for somebody."""

    why: Why
    because: str
    ways: set[str]


def preferences_of(person: AbstractBaseUser) -> Preferences:
    """What somebody wants; what most want where they never said. Not saved."""
    return Preferences.objects.filter(pk=person.pk).first() or Preferences(person_id=person.pk)


def kinds_for(person: AbstractBaseUser) -> list[Wanted]:
    """Every kind and the ways it goes, in the order of the table of settings."""
    said: dict[str, list[tuple[str, bool]]] = {}
    for why, way, is_on in Switch.objects.filter(person_id=person.pk, about_id=0).values_list("why", "way", "is_on"):
        said.setdefault(why, []).append((way, is_on))
    return [Wanted(why, because(why), ways_of(why, said.get(why, []))) for why in Why]


def wanted_by(people: Collection[int], why: str, thread_id: int | None) -> tuple[dict[int, set[str]], set[int]]:
    """The ways that a kind goes for each of `people` (ids), in one query; and those who have a device to push to.

    Nothing goes any way to somebody who muted the thread, where the kind may be muted.
    """
    if not people:
        return {}, set()
    mute = thread_id if thread_id and why in MUTABLE else -1
    said: dict[int, list[tuple[str, bool]]] = {}
    muted, reachable = set(), set()
    for some in batched(people, IN_ONE_LIST, strict=False):
        for person, way, about, is_on in chosen_by(some, why, mute):
            if way == "device":
                reachable.add(person)
            elif about:
                muted.add(person)
            else:
                said.setdefault(person, []).append((way, bool(is_on)))
    usual = ways_of(why, [])
    ways = {one: ways_of(why, said[one]) if one in said else usual for one in people if one not in muted}
    return ways, reachable


def chosen_by(people: Collection[int], why: str, mute: int) -> list[tuple[int, str, int, bool]]:
    """What each of some people chose: person, way or "device", thread that is muted or 0, and whether it is on."""
    marks = ", ".join(["%s"] * len(people))
    sql = (
        f"SELECT person_id, way, about_id, is_on FROM notices_switch WHERE person_id IN ({marks}) "
        "AND ((about_id = 0 AND why = %s) OR (about_id = %s AND why = '')) "
        f"UNION ALL SELECT person_id, 'device', 0, TRUE FROM notices_device WHERE person_id IN ({marks})"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*people, why, mute, *people])
        return list(cursor.fetchall())


def muted_among(person: AbstractBaseUser, threads: Iterable[int]) -> set[int]:
    """Those of `threads` (ids) that somebody muted."""
    wanted = set(threads)
    if not wanted:
        return set()
    found = Switch.objects.filter(person_id=person.pk, about_id__in=wanted, why="")
    return set(found.values_list("about_id", flat=True))


def muted_and_off(person: AbstractBaseUser, threads: Iterable[int]) -> tuple[set[int], set[str]]:
    """Those of `threads` (ids) that somebody muted, and the kinds that they turned off as a whole, in one query."""
    of_kinds = Q(about_id=0, way="", is_on=False)
    found = Switch.objects.filter(of_kinds | Q(about_id__in=set(threads), why=""), person_id=person.pk)
    said = list(found.values_list("about_id", "why"))
    return {about for about, _why in said if about}, {why for about, why in said if not about}


def is_muted(person: AbstractBaseUser, thread_id: int) -> bool:
    """Whether somebody muted a thread."""
    return bool(muted_among(person, [thread_id]))


def muted_count(person: AbstractBaseUser) -> int:
    """How many threads they muted."""
    return Switch.objects.filter(person_id=person.pk, why="", about_id__gt=0).count()


def devices_of(person: AbstractBaseUser) -> QuerySet[Device]:
    """The browsers that show somebody's notices, the latest first."""
    return Device.objects.filter(person_id=person.pk).order_by("-added_at", "-id")


def device_of(person: AbstractBaseUser, device_id: int) -> Device:
    """One of them; raises Device.DoesNotExist for anybody else's."""
    return Device.objects.get(person_id=person.pk, pk=device_id)


def goes(person_id: int, why: str, way: Way) -> bool:
    """Whether a kind still goes this way for somebody."""
    switches = Switch.objects.filter(person_id=person_id, about_id=0, why=why).values_list("way", "is_on")
    return way.value in ways_of(why, switches)
