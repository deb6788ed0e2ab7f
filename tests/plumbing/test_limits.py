"""How often something may be tried."""

import pytest

from heard.plumbing import limits

pytestmark = pytest.mark.django_db


def test_after_the_last_try_no_more_is_allowed_to_that_one():
    for _nth in range(3):
        limits.refuse_spent("guess", "ivy", most=3)
        limits.spend("guess", "ivy", seconds=60)
    with pytest.raises(limits.TooOften):
        limits.refuse_spent("guess", "ivy", most=3)
    limits.refuse_spent("guess", "sam", most=3)
    limits.refuse_spent("look", "ivy", most=3)


def test_a_window_that_is_over_is_forgotten():
    limits.spend("guess", "ivy", seconds=0)
    limits.refuse_spent("guess", "ivy", most=1)
