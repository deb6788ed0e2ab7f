"""Every way to look at rolls."""

from heard.features.rolls.queries.looking import (
    Move,
    ballots_of,
    group_codes_below,
    issued_counts,
    issued_to,
    member_ids,
    moves_before,
    people_in,
    place_of,
    places_in,
    roll_of,
    rolls_of,
    rolls_to_take,
    too_new_until,
    tree,
    wait_of,
)
from heard.features.rolls.queries.planning import Audience, how_many_count, plan, smallest_group
from heard.features.rolls.queries.taking import ToTake, to_take

__all__ = [
    "Audience",
    "Move",
    "ToTake",
    "ballots_of",
    "group_codes_below",
    "how_many_count",
    "issued_counts",
    "issued_to",
    "member_ids",
    "moves_before",
    "people_in",
    "place_of",
    "places_in",
    "plan",
    "roll_of",
    "rolls_of",
    "rolls_to_take",
    "smallest_group",
    "to_take",
    "too_new_until",
    "tree",
    "wait_of",
]
