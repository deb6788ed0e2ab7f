"""Somebody who has read everything that was ever released, knows who stood where and how many answered, and can reckon.

Written apart from what it attacks: floating point, whole null spaces, and linear programs over everything at once.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import null_space, orth
from scipy.optimize import linprog

from heard.plumbing.disclosure import Node
from tests.plumbing.disclosure.organisations import Ask, Story

type Matrix = NDArray[np.float64]

TINY = 1e-7


def found_within(ask: Ask, k: int) -> list[tuple[tuple[Node, int], ...]]:
    """Groups of fewer than k answers whose tally follows exactly from the releases of one ask."""
    cells, sizes = _cells(ask)
    if not ask.entries or not cells:
        return []
    rows = [_row(ask, cells, node, step) for step, entry in enumerate(ask.entries) for node in entry.figures]
    return [tuple(cells[place] for place in group) for group in recoverable(np.array(rows), sizes, k)] if rows else []


def found_across(story: Story, days: int) -> list[tuple[int, ...]]:
    """Groups of fewer than k people whose answers follow from several asks, if they answer the same each time.

    Each ask is looked at together with those of the days before it. Who stands in a leaf without answers gave none.
    """
    found = []
    for last in story.asks:
        if not last.entries:
            continue
        since = last.entries[-1].day.toordinal() - days
        near = [
            ask
            for ask in story.asks
            if ask.entries and since <= ask.entries[-1].day.toordinal() <= last.entries[-1].day.toordinal()
        ]
        rows = [
            [float(person.get(ask.name) in leaves) for person in story.rolls]
            for ask in near
            for node in {node for entry in ask.entries for node in entry.figures}
            for leaves in [_counted(ask, node)]
        ]
        if rows:
            found.extend(recoverable(np.array(rows), np.ones(len(story.rolls)), story.k))
    return found


def _counted(ask: Ask, node: Node) -> set[Node]:
    """The leaves whose people are in the figure of a node; none where answers came later, since nobody knows whose."""
    leaves = ask.tree.leaves_of[node]
    entry = [entry for entry in ask.entries if node in entry.figures][-1]
    if any(entry.answers.get(leaf) != ask.entries[-1].answers.get(leaf) for leaf in leaves):
        return set()
    return {leaf for leaf in leaves if entry.answers.get(leaf)}


def recoverable(rows: Matrix, sizes: Matrix, k: int) -> list[tuple[int, ...]]:
    """Groups of columns, lighter than k together, whose sum is a combination of the rows."""
    columns, place_of = np.unique(rows, axis=1, return_inverse=True)
    weights = np.bincount(place_of.ravel(), weights=sizes)
    seen = columns.any(axis=0) & (weights > 0)
    columns, weights, names = columns[:, seen], weights[seen], np.flatnonzero(seen)
    if not columns.size:
        return []
    span = orth(columns.T, rcond=1e-10)
    small = weights < k
    inside = span @ null_space(span[~small], rcond=1e-9) if (~small).any() else span
    if not inside.size:
        return []
    inside = orth(inside, rcond=1e-9)
    places = np.flatnonzero((np.abs(inside) > TINY).any(axis=1))
    found: list[tuple[int, ...]] = []
    for size in range(1, 4):
        for group in combinations(places, size):
            if weights[list(group)].sum() >= k or any(set(other) <= set(group) for other in found):
                continue
            wanted = np.zeros(len(weights))
            wanted[list(group)] = 1
            if np.linalg.norm(wanted - inside @ (inside.T @ wanted)) < TINY:
                found.append(tuple(group))
    where = place_of.ravel()
    return [tuple(int(at) for at in np.flatnonzero(np.isin(where, names[list(group)]))) for group in found]


def pinned(ask: Ask, k: int) -> list[tuple[tuple[Node, int], ...]]:
    """Groups whose tally is known since nothing else is possible: below k, or of any size if all are alike."""
    cells, sizes = _cells(ask)
    rows, lows, highs = [], [], []
    for step, entry in enumerate(ask.entries):
        for node, figure in entry.figures.items():
            rows.append(_row(ask, cells, node, step))
            lows.append(figure.low)
            highs.append(figure.high)
    if not rows:
        return []
    columns, place_of = np.unique(np.array(rows), axis=1, return_inverse=True)
    weights = np.bincount(place_of.ravel(), weights=sizes)
    low, high = _extremes(columns, weights, np.array(lows, dtype=float), np.array(highs, dtype=float))
    known = ((high - low).max(axis=1) < 1 - 1e-5) & (weights < k)
    alike = low.max(axis=1) > weights - 0.5
    bad = (known | alike) & columns.any(axis=0) & (weights > 0)
    where = place_of.ravel()
    return [tuple(cells[at] for at in np.flatnonzero(where == place)) for place in np.flatnonzero(bad)]


def _extremes(columns: Matrix, weights: Matrix, lows: Matrix, highs: Matrix) -> tuple[Matrix, Matrix]:
    """The least and most that each category of each column can hold, as far as needed to see that it is not pinned."""
    count, width = len(weights), lows.shape[1]
    each = np.kron(columns, np.eye(width))
    whole = np.kron(np.eye(count), np.ones(width))
    limits = np.concatenate([highs.ravel(), -lows.ravel()])
    top = np.repeat(weights, width)
    low, high = top.copy(), np.zeros(count * width)

    def look(objective: Matrix) -> None:
        result = linprog(
            objective,
            A_ub=np.concatenate([each, -each]),
            b_ub=limits,
            A_eq=whole,
            b_eq=weights,
            bounds=np.stack([np.zeros_like(top), top], axis=1),
            method="highs",
        )
        assert result.status == 0, result.message
        np.minimum(low, result.x, out=low)
        np.maximum(high, result.x, out=high)

    chance = np.random.default_rng(0)
    for _ in range(4):
        look(chance.normal(size=count * width))
    for at in range(count):
        own = slice(at * width, (at + 1) * width)
        if weights[at] and ((high - low)[own].max() < 1 or low[own].max() > weights[at] - 0.5):
            for category in range(own.start, own.stop):
                for sign in (1.0, -1.0):
                    look(sign * np.eye(count * width)[category])
    return low.reshape(count, width), high.reshape(count, width)


def _cells(ask: Ask) -> tuple[list[tuple[Node, int]], Matrix]:
    cells = [(leaf, step) for step, batch in enumerate(ask.batches) for leaf in batch]
    return cells, np.array([sum(ask.batches[step][leaf]) for leaf, step in cells], dtype=float)


def _row(ask: Ask, cells: Sequence[tuple[Node, int]], node: Node, step: int) -> list[float]:
    leaves = set(ask.tree.leaves_of[node])
    return [float(leaf in leaves and past <= step) for leaf, past in cells]
