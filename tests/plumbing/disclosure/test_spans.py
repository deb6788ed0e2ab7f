"""What follows exactly from known sums, against trying everything."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from heard.plumbing.disclosure import searching
from heard.plumbing.disclosure.spans import exposed

CELLS = range(7)


@given(
    st.lists(st.frozensets(st.sampled_from(CELLS), min_size=1), max_size=6),
    st.lists(st.integers(0, 4), min_size=len(CELLS), max_size=len(CELLS)),
    st.integers(2, 7),
)
def test_a_group_is_found_if_and_only_if_its_sum_follows(rows: list[frozenset[int]], sizes: list[int], k: int) -> None:
    held = [cell for cell in CELLS if sizes[cell]]
    follow = [
        frozenset(group)
        for count in range(1, len(held) + 1)
        for group in combinations(held, count)
        if sum(sizes[cell] for cell in group) < k and _follows(rows, group, held)
    ]
    smallest = {group for group in follow if not any(other < group for other in follow)}
    assert set(exposed(rows, dict(enumerate(sizes)), k)) == smallest


def _follows(rows: list[frozenset[int]], group: tuple[int, ...], held: list[int]) -> bool:
    known = [[float(cell in row) for cell in held] for row in rows]
    more = [*known, [float(cell in group) for cell in held]]
    return bool(known) and np.linalg.matrix_rank(np.array(known)) == np.linalg.matrix_rank(np.array(more))


def test_a_search_that_would_take_too_long_errs_towards_hiding() -> None:
    """Each of forty rows has a small cell of its own, and all have three in common."""
    rows = [{("own", place), *(("shared", (place * step) % 11) for step in (1, 3, 4))} for place in range(40)]
    sizes = {cell: 1 for row in rows for cell in row}
    found = exposed(rows, sizes, 30)
    assert found
    assert searching.MOST_STEPS < 10**6
