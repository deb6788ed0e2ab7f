"""How a roll's groups come about, when a token is handed out, and how small a group may be: pure, no queries."""

from heard.features.rolls.rules.arranging import Planned, arranged
from heard.features.rolls.rules.gathering import ROOT, Gathered, gathered, inner_units
from heard.features.rolls.rules.waiting import (
    FLOOR,
    HIGHEST,
    KNOWN_FOR,
    MOVES_FOR,
    counts,
    leaves_two_groups,
    may_raise_smallest,
    smallest,
    waits_until,
)

__all__ = [
    "FLOOR",
    "HIGHEST",
    "KNOWN_FOR",
    "MOVES_FOR",
    "ROOT",
    "Gathered",
    "Planned",
    "arranged",
    "counts",
    "gathered",
    "inner_units",
    "leaves_two_groups",
    "may_raise_smallest",
    "smallest",
    "waits_until",
]
