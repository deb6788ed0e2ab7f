"""What a figure says: scores, shares and changes, each with an interval that knows how many there are at all.

Sources: Wilson (1927) for shares; for the difference of two shares the variance (p + d - (p - d)²) / n of the answers
with half an answer added to each category (Jeffreys); both narrowed by √((N - n) / (N - 1)), since a group is finite.
"""

from dataclasses import dataclass
from math import sqrt

Z = 1.96


@dataclass(frozen=True)
class Score:
    """A number from -100 to 100 and its 95 % interval."""

    value: float
    low: float
    high: float

    @property
    def margin(self) -> float:
        """Half of the interval's width."""
        return (self.high - self.low) / 2


@dataclass(frozen=True)
class Share:
    """A share in per cent and its 95 % interval."""

    value: float
    low: float
    high: float


def narrowing(n: int, invited: int) -> float:
    """By how much the interval of `n` answers shrinks where only so many were asked at all."""
    return sqrt(max(invited - n, 0) / (invited - 1)) if invited > 1 else 0.0


@dataclass(frozen=True)
class Sides:
    """How many of `n` answers stand on either side, of so many who were asked.

    Where something was left open, both are the middle of what they can be, and `slack` is by how many answers their
    difference can be more or less.
    """

    positive: float
    negative: float
    n: int
    invited: int
    slack: float = 0.0


def net(sides: Sides) -> Score:
    """The share of one side minus that of the other, times 100: net agreement, or the recommend score.

    The interval holds those of all that was left open.
    """
    n, difference = sides.n, sides.positive - sides.negative
    value, left_open = difference / n, sides.slack / n
    spread = sqrt(variance(sides)) * narrowing(n, sides.invited)
    middle = difference / (n + 1.5)
    low, high = min(value, middle - Z * spread), max(value, middle + Z * spread)
    if n >= sides.invited:
        low = high = value
    return Score(100 * value, max(-100.0, 100 * (low - left_open)), min(100.0, 100 * (high + left_open)))


def variance(sides: Sides) -> float:
    """That of the difference of the two shares: the largest of whatever was left open."""
    n = sides.n + 1.5
    either = min(sides.positive + sides.negative + sides.slack, sides.n) + 1
    apart = max(abs(sides.positive - sides.negative) - sides.slack, 0)
    return (either / n - (apart / n) ** 2) / n


def share(count: int, n: int, invited: int) -> Share:
    """A share of `n` answers by Wilson's interval."""
    z = Z * narrowing(n, invited)
    p = count / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return Share(100 * p, max(0.0, 100 * (middle - half)), min(100.0, 100 * (middle + half)))


def change(now: Sides, before: Sides) -> Score:
    """By how much a net score changed; clear only where its interval leaves out 0."""
    difference = (now.positive - now.negative) / now.n - (before.positive - before.negative) / before.n
    spread = sqrt(sum(variance(one) * narrowing(one.n, one.invited) ** 2 for one in (now, before)))
    reach = Z * spread + now.slack / now.n + before.slack / before.n
    return Score(100 * difference, 100 * (difference - reach), 100 * (difference + reach))


def band(used: int, invited: int) -> int:
    """In which quarter participation lies, 0 to 3; a group is never shown more exactly."""
    return min(3, 4 * used // invited) if invited else 0
