"""In which range a total is shown, so that whatever was left open beneath it stays open.

A total is the sum of parts, each shown in a range. Given what is said of the total, every group beneath must still be
able to hold anything in its own range. For that the total must be able to come down to `high - down`, and up to `low +
up`: to leave a group of range [7, 10] open, a total of [7, 10] must come down by all 3, and up by all 3. Where a total
can do so whatever it is (since the parts have room enough for one another), it is shown exactly. Otherwise it is near
an end of what the parts allow, and all totals so near that end are shown alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`; how far up from `low` and down from `high` it has to reach, for the sake of what is
    beneath.
    """

    low: int
    high: int
    up: int
    down: int


def range_of_group(low: int, high: int) -> Range:
    """The range of a group by itself: all of it has to stay possible."""
    return Range(low, high, high - low, high - low)


def range_above(parts: Sequence[Range], total: int) -> Range:
    """The range in which the `total` of these parts is shown; which one it is tells nothing but itself.

    A part d is left open by totals from `first` to `last` if they let it come down to `d.high - d.down` while all
    others are as high as they can be, and up to `d.low + d.up` while all others are as low: if first <= high - d.down,
    and last >= low + d.up, where low and high are those of all parts together. A single total does that unless it is
    nearer to an end than the greatest of `up` or `down`; and so do all the totals from the end up to that distance.
    """
    low, high = sum(part.low for part in parts), sum(part.high for part in parts)
    up, down = max(part.up for part in parts), max(part.down for part in parts)
    if low == high or low + up >= high - down:
        return Range(low, high, up, down)
    if total <= low + up:
        return Range(low, low + up, up, 0)
    if total >= high - down:
        return Range(high - down, high, 0, down)
    return Range(total, total, 0, 0)
