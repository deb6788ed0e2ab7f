"""How far published figures narrow down what a group answered: linear programming, by SciPy's HiGHS."""

import random
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from heard.plumbing.disclosure.figures import margin_of
from heard.plumbing.disclosure.known import Bound, Cell
from heard.plumbing.disclosure.spans import told_apart

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A group is narrowed down too far unless some category may hold one answer more or less. Rounding is not narrowing.
GAP: Final = 1
ROUNDING: Final = 1e-6
# So many corners of what is possible are looked at, before each group that was not seen to vary is asked for by itself.
CORNERS: Final = 6


def narrowed(bounds: Sequence[Bound], sizes: Mapping[Cell, int], k: int) -> list[frozenset[Cell]]:
    """Groups that are known too well: fewer than k answers, all of whose categories are known to less than GAP; or of
    any size, if more of them are known to have answered alike than `margin_of` leaves open.

    How many answers each cell holds is taken to be known. Cells that nothing tells apart are one group.
    """
    classes = list(told_apart((bound.cells for bound in bounds), sizes).values())
    place_of = {cell: place for place, cells in enumerate(classes) for cell in cells}
    weights = [sum(sizes[cell] for cell in cells) for cells in classes]
    rows = [(sorted({place_of[cell] for cell in bound.cells if cell in place_of}), bound) for bound in bounds]
    found: list[frozenset[Cell]] = []
    for places, together in _connected([row for row in rows if row[0]], len(classes)):
        known = _Known(places, weights, together)
        found.extend(frozenset(classes[place]) for place in known.too_well(k))
    return found


def _connected(
    rows: Sequence[tuple[list[int], Bound]], count: int
) -> Iterable[tuple[list[int], list[tuple[list[int], Bound]]]]:
    """Groups and rows that have to do with one another."""
    leader = list(range(count))

    def first(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    for places, _ in rows:
        for place in places[1:]:
            leader[first(place)] = first(places[0])
    members: dict[int, list[int]] = {}
    for place in range(count):
        members.setdefault(first(place), []).append(place)
    together: dict[int, list[tuple[list[int], Bound]]] = {}
    for row in rows:
        together.setdefault(first(row[0][0]), []).append(row)
    return [(members[lead], of_lead) for lead, of_lead in together.items()]


class _Known:
    """One connected part: what is possible in it, and the least and most that each category was seen to hold."""

    def __init__(self, places: list[int], weights: Sequence[int], rows: list[tuple[list[int], Bound]]) -> None:
        self.places = places
        self.weights = [weights[place] for place in places]
        self.rows = rows
        self.width = len(rows[0][1].low)
        self.low = [[weight] * self.width for weight in map(float, self.weights)]
        self.high = [[0.0] * self.width for _ in places]

    def too_well(self, k: int) -> list[int]:
        """The groups that are known too well."""
        if len(self.places) == 1:
            self._look_at_one()
            return [self.places[at] for at in self._suspects(k)]
        program = _Program(self)
        chance = random.Random(0)  # noqa: S311  Any corners will do.
        size = len(self.places) * self.width
        for _ in range(CORNERS):
            if not self._suspects(k):
                return []
            self._see(program.corner([chance.gauss(0, 1) for _ in range(size)]))
        for at in self._suspects(k):
            for category in range(self.width):
                objective = [0.0] * size
                for sign in (1.0, -1.0):
                    objective[at * self.width + category] = sign
                    self._see(program.corner(objective))
        return [self.places[at] for at in self._suspects(k)]

    def _suspects(self, k: int) -> list[int]:
        return [
            at
            for at, weight in enumerate(self.weights)
            if (weight < k and all(b - a < GAP - ROUNDING for a, b in zip(self.low[at], self.high[at], strict=True)))
            or any(low > weight - margin_of(weight) + ROUNDING for low in self.low[at])
        ]

    def _look_at_one(self) -> None:
        """A group by itself needs no program: its ranges cross, and the categories add up."""
        weight = self.weights[0]
        lows = [max(0, *(bound.low[place] for _, bound in self.rows)) for place in range(self.width)]
        highs = [min(weight, *(bound.high[place] for _, bound in self.rows)) for place in range(self.width)]
        self.low = [[float(max(low, weight - sum(highs) + high)) for low, high in zip(lows, highs, strict=True)]]
        self.high = [[float(min(high, weight - sum(lows) + low)) for low, high in zip(lows, highs, strict=True)]]

    def _see(self, corner: Sequence[float] | None) -> None:
        if corner is None:
            return
        for at in range(len(self.places)):
            for category in range(self.width):
                value = corner[at * self.width + category]
                self.low[at][category] = min(self.low[at][category], value)
                self.high[at][category] = max(self.high[at][category], value)


class _Program:
    """The linear program of one connected part: a number of answers for each group and category."""

    def __init__(self, known: _Known) -> None:
        # Only a release needs them, and a process that serves pages should not carry them.
        import numpy as np
        from scipy.sparse import csr_array

        at = {place: index for index, place in enumerate(known.places)}
        width = known.width
        entries: list[tuple[int, int]] = []
        low: list[float] = []
        high: list[float] = []
        for places, bound in known.rows:
            for category in range(width):
                entries.extend((len(low), at[place] * width + category) for place in places)
                low.append(bound.low[category])
                high.append(bound.high[category])
        for index, weight in enumerate(known.weights):
            entries.extend((len(low), index * width + category) for category in range(width))
            low.append(weight)
            high.append(weight)
        lines, columns = np.array(entries).T
        self.sums: Any = csr_array((np.ones(len(entries)), (lines, columns)), shape=(len(low), len(at) * width))
        self.low: NDArray[Any] = np.array(low, dtype=float)
        self.high: NDArray[Any] = np.array(high, dtype=float)
        self.most: NDArray[Any] = np.repeat(np.array(known.weights, dtype=float), width)

    def corner(self, objective: Sequence[float]) -> list[float] | None:
        """A possible state of things in which the objective is least; None if nothing is possible."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        result = milp(
            objective, bounds=Bounds(0, self.most), constraints=LinearConstraint(self.sums, self.low, self.high)
        )
        return None if result.x is None else [float(value) for value in result.x]
