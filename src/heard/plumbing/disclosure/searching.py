"""Small groups among the combinations of eliminated rows."""

from collections.abc import Hashable, Mapping
from fractions import Fraction
from typing import Final

# After so many steps the search gives up, and says that it found something: it errs towards hiding.
MOST_STEPS: Final = 20_000


class Search[C: Hashable]:
    """Looks for groups of cells that weigh less than k and are a sum of these rows, each of which leads with its own
    cell.

    In a group every cell is taken once or not at all, so every row is, too: the one that leads with a cell is taken if
    and only if the cell is in the group. Rows are decided one after another. A choice is given up as soon as it weighs
    too much, or some cell can become neither 0 nor 1 any more, whatever is decided about the rows to come.
    """

    def __init__(self, rows: Mapping[C, Mapping[C, int]], weights: Mapping[C, int], k: int) -> None:
        self.weights, self.k = weights, k
        self.rows = [{cell: Fraction(value, row[lead]) for cell, value in row.items()} for lead, row in rows.items()]
        self.leads = list(rows)
        # By row and cell, the least and the most that the rows after it can still add.
        self.to_come: list[dict[C, tuple[Fraction, Fraction]]] = []
        least: dict[C, Fraction] = {}
        most: dict[C, Fraction] = {}
        nothing = Fraction(0)
        for row in reversed(self.rows):
            self.to_come.append({cell: (least.get(cell, nothing), most.get(cell, nothing)) for cell in row})
            for cell, value in row.items():
                side = least if value < 0 else most
                side[cell] = side.get(cell, nothing) + value
        self.to_come.reverse()
        self.steps = 0

    def groups(self) -> list[frozenset[C]]:
        """The smallest groups, or the cell of one row where there are too many combinations to be sure of none."""
        found: list[frozenset[C]] = []
        waiting: list[tuple[int, int, dict[C, Fraction]]] = [(0, 0, {})]
        while waiting:
            place, weight, total = waiting.pop()
            self.steps += 1
            if self.steps > MOST_STEPS:
                return [*found, frozenset(self.leads[:1])]
            if place == len(self.rows):
                if total and sum(self.weights[cell] for cell in total) < self.k:
                    found.append(frozenset(total))
                continue
            if self._may_be(place, total):
                waiting.append((place + 1, weight, total))
            heavier = weight + self.weights[self.leads[place]]
            if heavier < self.k:
                with_row = _plus(total, self.rows[place])
                if self._may_be(place, with_row):
                    waiting.append((place + 1, heavier, with_row))
        return [group for group in found if not any(other < group for other in found)]

    def _may_be(self, place: int, total: Mapping[C, Fraction]) -> bool:
        """Whether each cell of the row decided last can still become 0 or 1."""
        return all(
            now + least <= 0 <= now + most or now + least <= 1 <= now + most
            for cell, (least, most) in self.to_come[place].items()
            for now in [total.get(cell, 0)]
        )


def _plus[C: Hashable](total: Mapping[C, Fraction], row: Mapping[C, Fraction]) -> dict[C, Fraction]:
    result = dict(total)
    for cell, value in row.items():
        result[cell] = result.get(cell, Fraction(0)) + value
        if not result[cell]:
            del result[cell]
    return result
