"""Exactly what follows from known sums: whether some small group is a sum and difference of groups that were shown.

Each known sum is a row over the cells that it adds up. Rows are eliminated over the whole numbers, without rounding.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from math import gcd
from typing import Self

from heard.plumbing.disclosure.searching import Search

type Row[C: Hashable] = dict[C, int]


class Span[C: Hashable]:
    """Everything that follows from the sums of some rows, over cells that hold something, each with its weight."""

    def __init__(self, weights: Mapping[C, int], k: int) -> None:
        self.weights = {cell: weight for cell, weight in weights.items() if weight}
        self.k = k
        # Large cells are eliminated first: where only small ones are left, something small follows.
        ordered = sorted(self.weights, key=lambda cell: self.weights[cell] < k)
        self.order: dict[C, int] = {cell: place for place, cell in enumerate(ordered)}
        self.known: dict[C, Row[C]] = {}
        # By lead, which of the marked rows it was made with.
        self.made_with: dict[C, frozenset[Hashable]] = {}

    def copy(self) -> Self:
        """The same, to which rows can be added without changing this."""
        other = type(self)({}, self.k)
        other.weights, other.order = self.weights, self.order
        other.known, other.made_with = dict(self.known), dict(self.made_with)
        return other

    def take_in(self, cells: Iterable[C], mark: Hashable | None = None) -> bool:
        """Adds a row; whether it tells anything new."""
        row: Row[C] = {cell: 1 for cell in cells if cell in self.order}
        made_with = frozenset() if mark is None else frozenset([mark])
        while row:
            lead = min(row, key=self.order.__getitem__)
            if lead not in self.known:
                self.known[lead], self.made_with[lead] = row, made_with
                return True
            row = without(row, self.known[lead], lead)
            made_with |= self.made_with[lead]
        return False

    def small(self) -> dict[frozenset[C], frozenset[Hashable]]:
        """The smallest groups that weigh less than k and whose sum follows; and the marked rows from which it does."""
        left = {lead: row for lead, row in self.known.items() if self.weights[lead] < self.k}
        return {
            group: frozenset().union(*(self.made_with[lead] for lead in block if lead in group))
            for block in _blocks(_reduced(left, self.order))
            for group in Search(block, self.weights, self.k).groups()
        }


def exposed[C: Hashable](rows: Sequence[Iterable[C]], sizes: Mapping[C, int], k: int) -> list[frozenset[C]]:
    """Groups of cells that hold fewer than k, though not nothing, and whose sums follow from the sums of `rows`.

    No group at all means that there is none: cells which nothing tells apart are one cell; a cell of k or more stands
    in no such group; so what can be dangerous is a sum of the eliminated rows in which only smaller cells are left.
    """
    classes = told_apart(rows, sizes)
    span = Span({key: sum(sizes[cell] for cell in cells) for key, cells in classes.items()}, k)
    for row in sorted(_rows_of(classes), key=len):
        span.take_in(row)
    return [frozenset(cell for key in keys for cell in classes[key]) for keys in span.small()]


def told_apart[C: Hashable](rows: Iterable[Iterable[C]], sizes: Mapping[C, int]) -> dict[tuple[int, ...], list[C]]:
    """The cells that hold something, gathered by the rows they stand in."""
    stands_in: dict[C, list[int]] = {}
    for number, row in enumerate(rows):
        for cell in row:
            if sizes.get(cell, 0):
                stands_in.setdefault(cell, []).append(number)
    classes: dict[tuple[int, ...], list[C]] = {}
    for cell, numbers in stands_in.items():
        classes.setdefault(tuple(numbers), []).append(cell)
    return classes


def _rows_of(classes: Iterable[tuple[int, ...]]) -> list[list[tuple[int, ...]]]:
    rows: dict[int, list[tuple[int, ...]]] = {}
    for key in classes:
        for number in key:
            rows.setdefault(number, []).append(key)
    return list(rows.values())


def without[C: Hashable](row: Row[C], other: Row[C], lead: C) -> Row[C]:
    """The row with `lead` taken out of it by the other."""
    ours, theirs = row[lead], other[lead]
    common = gcd(ours, theirs)
    ours, theirs = ours // common, theirs // common
    result = {cell: value * theirs for cell, value in row.items()}
    for cell, value in other.items():
        result[cell] = result.get(cell, 0) - ours * value
    result = {cell: value for cell, value in result.items() if value}
    divisor = gcd(*result.values())
    return {cell: value // divisor for cell, value in result.items()} if divisor > 1 else result


def _reduced[C: Hashable](known: Mapping[C, Row[C]], order: Mapping[C, int]) -> dict[C, Row[C]]:
    """The same rows, each without the cells that others lead with."""
    done: dict[C, Row[C]] = {}
    for lead in sorted(known, key=order.__getitem__, reverse=True):
        row = known[lead]
        for other in [cell for cell in row if cell in done]:
            row = without(row, done[other], other)
        done[lead] = row
    return done


def _blocks[C: Hashable](rows: dict[C, Row[C]]) -> Iterator[dict[C, Row[C]]]:
    """Rows that have cells in common; a group in several blocks has a smaller part in each."""
    by_cell: dict[C, list[C]] = {}
    for lead, row in rows.items():
        for cell in row:
            by_cell.setdefault(cell, []).append(lead)
    seen: set[C] = set()
    for start in rows:
        if start in seen:
            continue
        seen.add(start)
        block = [start]
        for lead in block:
            fresh = {other for cell in rows[lead] for other in by_cell[cell]} - seen
            seen |= fresh
            block.extend(fresh)
        yield {lead: rows[lead] for lead in block}
