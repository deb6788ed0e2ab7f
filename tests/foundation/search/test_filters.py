"""Filters as people type them: with a blank after the colon, and with half a name."""

import pytest

from heard.foundation.communities.actions import start_community
from heard.foundation.search.actions import take_changes
from heard.foundation.search.queries import find
from heard.foundation.search.rules import understood
from tests.cast import Cast, browser_of
from tests.foundation.search.conftest import Look, say

pytestmark = pytest.mark.django_db


def test_a_community_is_meant_by_the_beginning_of_a_word_of_its_name(cast: Cast, look: Look) -> None:
    other = start_community(name="Depot operations", by=cast.tender)
    say(cast.community, cast.member, "peas here")
    say(other, cast.tender, "peas there")
    assert look(cast.member, "peas in:depot") == ["<mark>peas</mark> there"]
    assert look(cast.member, "peas in:operat") == ["<mark>peas</mark> there"]


def test_what_somebody_may_not_see_is_meant_by_no_beginning(cast: Cast) -> None:
    hidden = find(cast.outsider, understood(f"in:{cast.council.name[:4]}"))
    nowhere = find(cast.outsider, understood("in:zzzz"))
    assert len(hidden.misses) == len(nowhere.misses) == 1
    assert find(cast.member, understood(f"in:{cast.council.name[:4]}")).misses == ()


@pytest.mark.parametrize("typed", ["depto", "depot-oprations", '"depot opertaions"', "Operatoins"])
def test_a_mistyped_community_is_understood_and_that_is_said(cast: Cast, look: Look, typed: str) -> None:
    other = start_community(name="Depot operations", by=cast.tender)
    start_community(name="Deliveries", by=cast.tender)
    say(cast.community, cast.member, "peas here")
    say(other, cast.tender, "peas there")
    assert look(cast.member, f"peas in:{typed}") == ["<mark>peas</mark> there"]
    assert look(cast.member, f"peas -in:{typed}") == ["<mark>peas</mark> here"]
    page = browser_of(cast.member).get("/search/", {"q": f"peas in:{typed}"}).text
    assert f"There is no community called “{typed.strip('"')}”: “Depot operations” was taken for it." in page


@pytest.mark.parametrize("typed", ["wroks council", "works-concil", "councli"])
def test_for_a_mistyped_community_nothing_is_taken_that_somebody_may_not_see(cast: Cast, typed: str) -> None:
    asked = understood(f'in:"{typed}"')
    hidden = find(cast.outsider, asked)
    assert (len(hidden.misses), hidden.notes) == (1, ())
    assert cast.council.name not in hidden.misses[0]
    assert find(cast.member, asked).misses == ()


@pytest.mark.parametrize("typed", ["zzzz", "can", "cantinental", "-", "x" * 300, "catneen canteen warehouse", "₂½"])
def test_what_is_near_no_name_is_called_by_none(cast: Cast, typed: str) -> None:
    found = find(cast.outsider, understood(f'in:"{typed}"'))
    assert found.notes == ()


def test_a_blank_after_the_colon_changes_nothing(cast: Cast, look: Look) -> None:
    say(cast.community, cast.member, "peas")
    assert look(cast.tender, "peas from: mina") == ["<mark>peas</mark>"]
    assert look(cast.tender, 'peas -from: "Mina"') == []
    assert understood("kind: idea").kinds == (("suggest", True),)
    assert understood("after: 2026").after == understood("after:2026").after


@pytest.mark.parametrize("typed", ["from:", "peas from:", 'from: ""', "from: in:canteen"])
def test_an_empty_filter_with_nothing_after_it_is_said_to_be_none(typed: str) -> None:
    assert understood(typed).odd == ("from:",)


def test_a_long_value_is_cut_short_where_it_is_shown(cast: Cast) -> None:
    take_changes()
    chip = browser_of(cast.member).get("/search/", {"q": "peas", "from": "x" * 140}).text
    assert f"From {'x' * 27}…" in chip
