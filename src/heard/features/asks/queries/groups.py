"""The groups in which an ask counts people: how many were invited, how many tokens were issued, who is in one."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from heard.features.asks.models import Ask
from heard.features.asks.queries.participation import Participation
from heard.features.rolls.queries import issued_counts, people_in, place_of, roll_of, tree
from heard.foundation.people.models import Person
from heard.foundation.people.queries import Page, page_by_name


@dataclass(frozen=True)
class Row:
    """A group in the table of an ask: counts by name. `band` is there once it is closed."""

    code: str
    name: str
    depth: int
    invited: int
    issued: int
    is_key: bool
    is_mine: bool
    band: int | None


def rows_of(ask: Ask, mine: str, participation: Participation | None) -> list[Row]:
    """The table of groups, from the top, with sums."""
    roll = roll_of(ask.ballot or "")
    groups = tree(roll)
    issued = issued_counts(roll)
    bands = participation.bands if participation else {}
    sums: Counter[int] = Counter()
    for group in reversed(groups):
        sums[group.pk] += issued.get(group.code, 0)
        if group.parent_id:
            sums[group.parent_id] += sums[group.pk]
    return [
        Row(
            group.code,
            group.name,
            group.depth,
            group.invited,
            sums[group.pk],
            group.is_key,
            group.code == mine,
            bands.get(group.code),
        )
        for group in groups
    ]


def people_of(person: Person, ask: Ask, *, after: str) -> tuple[Row, Page]:
    """The group of `person` and a page of everybody in it; raises Ask.DoesNotExist where they are in none."""
    roll = roll_of(ask.ballot) if ask.ballot else None
    place = place_of(person, roll) if roll else None
    if roll is None or place is None:
        raise Ask.DoesNotExist
    row = Row(place.code, place.name, 0, place.invited, 0, True, True, None)
    return row, page_by_name(people_in(roll, place), after)


def issued_of(ballot: str) -> dict[str, Any]:
    """Issued counts by group code, and how many were invited; raises Roll.DoesNotExist."""
    roll = roll_of(ballot)
    invited = {group.code: group.invited for group in tree(roll) if group.is_key}
    issued = issued_counts(roll)
    return {
        "ballot": roll.ballot,
        "per_member": roll.per_member,
        "smallest": roll.k,
        "invited": invited,
        "issued": issued,
    }
