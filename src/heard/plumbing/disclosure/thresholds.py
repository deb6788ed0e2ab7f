"""From how many answers something is shown."""

from typing import Final

# What an organisation may choose for itself is never below this.
FLOOR: Final = 5
SCORES_FROM: Final = 7
COMMENTS_FROM: Final = 10
# So long does an answer count as the same answer, when the same question is asked again: each quarter is 91 days.
DAYS_OF_MEMORY: Final = 100


def checked(k: int) -> int:
    """`k`, unless it is below the floor. Raises ValueError."""
    if k < FLOOR:
        raise ValueError(f"Groups are shown from {FLOOR} answers or more, never from {k}.")
    return k


def comments_from(k: int) -> int:
    """From how many comments they are shown where scores are shown from `k` answers."""
    return max(COMMENTS_FROM, checked(k))
