"""Endings are dropped in the language of a text alone: in another the same letters are another word."""

import pytest

from tests.cast import Cast
from tests.foundation.search.conftest import Look, say

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("form", "This is for all of you and not for us"),
        ("note", "It is not that the gate was closed"),
        ("order", "You or I will have to be there"),
        ("there", "This is the end of the road"),
        ("vanilla", "The van is not in the yard, which was to be expected"),
        ("planet", "What is the plan for the week?"),
    ],
)
def test_a_word_finds_no_other_word_of_another_language(cast: Cast, look: Look, typed: str, said: str) -> None:
    say(cast.community, cast.member, said)
    assert look(cast.member, typed) == []
    assert len(look(cast.member, f"from:me -{typed}")) == 1


@pytest.mark.parametrize("typed", ["form", "note", "order", "there"])
def test_nor_one_that_is_everywhere_where_no_language_is_told(cast: Cast, look: Look, typed: str) -> None:
    say(cast.community, cast.member, "Gate: for, not, or, the!")
    assert look(cast.member, f"gate {typed}") == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("noten", "Die Note ist nicht von mir und wird auch nicht besser"),
        ("planet", "Det är en plan som vi har och det är bra"),
        ("loaded", "Load vans"),
        ("organisations", "This is what the organisation is for"),
        ("фургоны", "Это фургон, и он не из нас"),
    ],
)
def test_every_form_is_found_in_its_own_language(cast: Cast, look: Look, typed: str, said: str) -> None:
    say(cast.community, cast.member, said)
    assert "<mark>" in look(cast.member, typed)[0]
