"""Who counts, when a token is handed out, and how small a group may be."""

import random
from collections.abc import Iterable
from datetime import datetime, timedelta

from heard.foundation.people.models import Person
from heard.foundation.people.rules import is_administrator

FLOOR = 5
"""Below it no group is ever kept, whatever is set."""
HIGHEST = 100
KNOWN_FOR = timedelta(days=30)
"""How long ago somebody must have signed in for the first time to be asked."""
MOVES_FOR = timedelta(days=7)


def counts(claimed_at: datetime | None, at: datetime) -> bool:
    """Whether somebody who is here is asked, and counts in their group: signed in themselves, 30 days ago or more.

    Else whoever adds accounts could fill a group up with them, and subtract their answers from those of a colleague.
    """
    return claimed_at is not None and claimed_at <= at - KNOWN_FOR


def waits_until(
    now: datetime, opens_at: datetime, closes_at: datetime, seconds: tuple[int, int], chance: random.Random
) -> datetime | None:
    """When somebody who comes at `now` is given a token: at once before the opening, later by chance after it.

    The wait lies between the two numbers of `seconds`, and ends in time to answer; nothing where it is too late for
    that.
    """
    if now < opens_at:
        return now
    least, most = seconds
    most = min(most, int((closes_at - now).total_seconds()) - least)
    if most < least:
        return None
    return now + timedelta(seconds=chance.uniform(least, most))


def smallest(ever: Iterable[int]) -> int:
    """How small a group may be: the highest number that was ever set or used, and never below the floor."""
    return max(FLOOR, *ever)


def leaves_two_groups(k: int, people: int) -> bool:
    """Whether so many people can form two groups of `k`, as they must if the smallest group is raised to it."""
    return 2 * k <= people


def may_raise_smallest(person: Person) -> bool:
    """Administrators raise how small a group may be; nobody lowers it."""
    return is_administrator(person)
