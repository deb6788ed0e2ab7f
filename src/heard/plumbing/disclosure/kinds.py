"""The kinds of question that have categories, and the tally of their answers."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

# Which category an answer belongs to. What is published is the number in each, never the answers themselves.
type Kind = Callable[[int], int]

DISAGREE, NEITHER, AGREE = range(3)
DETRACTORS, PASSIVES, PROMOTERS = range(3)
THREE: Final = 3


def agreement(answer: int) -> int:
    """Of five points, 1 and 2 disagree, 3 does neither, 4 and 5 agree. Raises ValueError."""
    return _of(answer, (1, 3, 4), 5)


def recommend(answer: int) -> int:
    """Of 0 to 10, up to 6 would not recommend, 7 and 8 are passive, 9 and 10 would. Raises ValueError."""
    return _of(answer, (0, 7, 9), 10)


def tally(answers: Iterable[int], kind: Kind, categories: int = THREE) -> tuple[int, ...]:
    """How many answers are in each category. For a choice, the kind is `int` and the answer the place of the option."""
    counts = Counter(map(kind, answers))
    if any(not 0 <= category < categories for category in counts):
        raise ValueError("An answer is none of the options.")
    return tuple(counts[category] for category in range(categories))


def _of(answer: int, starts: tuple[int, ...], last: int) -> int:
    if not starts[0] <= answer <= last:
        raise ValueError("An answer is outside of its scale.")
    return sum(answer >= start for start in starts) - 1
