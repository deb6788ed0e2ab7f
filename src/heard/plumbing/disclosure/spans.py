"""Exactly what follows from known sums: whether some small group is a sum and difference of groups that were shown.

Each known sum is a row over the cells that it adds up. Rows are eliminated over the whole numbers, without rounding.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from math import gcd

type Cell = Hashable
type Row = dict[Cell, int]

# The search gives up after so many steps, and then says that the group is found: it errs towards hiding.
MOST_STEPS = 50_000


def exposed[C: Hashable](rows: Iterable[Iterable[C]], sizes: Mapping[C, int], k: int) -> list[frozenset[C]]:
    """Groups of cells that hold fewer than k, though not nothing, and whose sums follow from the sums of `rows`.

    No group at all means that there is none: cells which nothing tells apart are one cell; a cell of k or more stands
    in no such group; so what can be dangerous is a sum of the eliminated rows in which only smaller cells are left.
    """
    classes = told_apart(rows, sizes)
    weights: dict[Cell, int] = {key: sum(sizes[cell] for cell in cells) for key, cells in classes.items()}
    order: dict[Cell, tuple[bool, int]] = {
        key: (weight < k, place) for place, (key, weight) in enumerate(sorted(weights.items()))
    }
    known: dict[Cell, Row] = {}
    for row in sorted({frozenset(row) for row in _rows_of(classes)}, key=len):
        _take_in(known, dict.fromkeys(row, 1), order)
    small = {lead: row for lead, row in known.items() if weights[lead] < k}
    return [
        frozenset(cell for key in keys for cell in classes[key])  # type: ignore[index]
        for block in _blocks(_reduced(small, order))
        for keys in _small_sums(block, weights, k)
    ]


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


def _take_in(known: dict[Cell, Row], row: Row, order: Mapping[Cell, tuple[bool, int]]) -> None:
    """Adds a row to those known, each of which leads with another cell, large cells first."""
    while row:
        lead = min(row, key=order.__getitem__)
        if lead not in known:
            known[lead] = row
            return
        row = _without(row, known[lead], lead)


def _without(row: Row, other: Row, lead: Cell) -> Row:
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


def _reduced(known: dict[Cell, Row], order: Mapping[Cell, tuple[bool, int]]) -> dict[Cell, Row]:
    """The same rows, each without the cells that others lead with."""
    done: dict[Cell, Row] = {}
    for lead in sorted(known, key=order.__getitem__, reverse=True):
        row = known[lead]
        for other in [cell for cell in row if cell in done]:
            row = _without(row, done[other], other)
        done[lead] = row
    return done


def _blocks(rows: dict[Cell, Row]) -> Iterator[dict[Cell, Row]]:
    """Rows that have cells in common; a group in several blocks has a smaller part in each."""
    by_cell: dict[Cell, list[Cell]] = {}
    for lead, row in rows.items():
        for cell in row:
            by_cell.setdefault(cell, []).append(lead)
    seen: set[Cell] = set()
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


def _small_sums(block: dict[Cell, Row], weights: Mapping[Cell, int], k: int) -> list[frozenset[Cell]]:
    """The smallest groups below k that rows of this block add up to; each row is taken once or not at all."""
    leads: Sequence[Cell] = sorted(block, key=weights.__getitem__)
    found: list[frozenset[Cell]] = []
    steps = 0
    waiting: list[tuple[int, int, dict[Cell, tuple[int, int]]]] = [(0, 0, {})]
    while waiting:
        start, weight, total = waiting.pop()
        steps += 1
        if steps > MOST_STEPS:
            return [*found, frozenset(leads[:1])]
        for place in range(start, len(leads)):
            lead = leads[place]
            if weight + weights[lead] >= k:
                break
            summed = _plus(total, block[lead], block[lead][lead])
            group = _group(summed)
            if group is not None and sum(weights[cell] for cell in group) < k:
                found.append(group)
            else:
                waiting.append((place + 1, weight + weights[lead], summed))
    return [group for group in found if not any(other < group for other in found)]


def _plus(total: Mapping[Cell, tuple[int, int]], row: Row, scale: int) -> dict[Cell, tuple[int, int]]:
    """The sum with row / scale, as fractions in lowest terms."""
    result = dict(total)
    for cell, value in row.items():
        over, under = result.get(cell, (0, 1))
        over, under = over * scale + value * under, under * scale
        common = gcd(over, under) if under > 0 else -gcd(over, under)
        if over:
            result[cell] = (over // common, under // common)
        else:
            result.pop(cell, None)
    return result


def _group(total: Mapping[Cell, tuple[int, int]]) -> frozenset[Cell] | None:
    """The cells of a sum in which each is taken once."""
    return frozenset(total) if all(value == (1, 1) for value in total.values()) else None


def is_new[C: Hashable](
    rows: Iterable[Iterable[C]], others: Iterable[Iterable[C]], sizes: Mapping[C, int]
) -> list[bool]:
    """For each of the others, whether its sum does not follow from the sums of `rows`."""
    cells = {cell for cell, size in sizes.items() if size}
    order: dict[Cell, tuple[bool, int]] = {cell: (False, place) for place, cell in enumerate(cells)}
    known: dict[Cell, Row] = {}
    for row in rows:
        _take_in(known, {cell: 1 for cell in row if cell in cells}, order)
    found = []
    for other in others:
        tried = dict(known)
        _take_in(tried, {cell: 1 for cell in other if cell in cells}, order)
        found.append(len(tried) > len(known))
    return found
