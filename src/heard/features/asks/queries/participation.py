"""How many answered: of all with each release, of a group in quarters and once it is closed."""

from dataclasses import dataclass

from heard.features.asks import rules
from heard.features.asks.models import Ask
from heard.features.ballots.queries import releases
from heard.features.rolls.queries import roll_of, tree


@dataclass(frozen=True)
class Participation:
    """How many of all who were asked had answered when figures moved last; `bands` by group only after the closing."""

    used: int
    invited: int
    bands: dict[str, int]
    is_over: bool

    @property
    def percent(self) -> int:
        """Of hundred."""
        return round(100 * self.used / self.invited) if self.invited else 0


def participation_of(ask: Ask) -> Participation | None:
    """How many answered, as of the last release in which at least k more had; nothing before the first."""
    if not ask.ballot:
        return None
    roll = roll_of(ask.ballot)
    invited = {group.code: group.invited for group in tree(roll) if group.is_key}
    everybody, told, last = sum(invited.values()), 0, None
    for one in releases(ask.ballot):
        used = sum(counts["used"] for counts in one.counts.values())
        if used - told >= roll.k:
            told = used
        last = one
    if last is None or told < roll.k:
        return None
    bands = {}
    if ask.closed_at:
        bands = {code: rules.band(last.counts[code]["used"], count) for code, count in invited.items()}
    return Participation(told, everybody, bands, ask.closed_at is not None)
