"""Words, phrases, stems, scripts and filters: what is found by what is typed."""

import pytest

from heard.foundation.communities.actions import start_community
from tests.cast import Cast
from tests.foundation.search.conftest import Look, answer, say

pytestmark = pytest.mark.django_db


def test_all_words_are_found_in_threads_and_replies_newest_first(cast: Cast, look: Look) -> None:
    thread = say(cast.community, cast.member, "The vans are loaded in the wrong order", kind="ask", title="Vans again?")
    answer(thread, cast.tender, "Then load them in the order of the tour, and the vans will be fine")
    say(cast.community, cast.member, "Vans only")
    found = look(cast.newcomer, "order vans")
    assert [one.count("<mark>") for one in found] == [2, 2]
    assert "tour" in found[0]


def test_words_are_found_in_every_form_of_the_language_of_the_text(cast: Cast, look: Look) -> None:
    say(cast.community, cast.member, "We are loading the vehicles as you said we should")
    say(cast.community, cast.member, "Die Fahrzeuge werden nicht mehr in der Halle beladen")
    assert "<mark>loading</mark>" in look(cast.member, "loaded")[0]
    assert "<mark>Fahrzeuge</mark>" in look(cast.member, "fahrzeug")[0]
    assert look(cast.member, '"load"') == []


def test_a_phrase_is_found_as_it_stands(cast: Cast, look: Look) -> None:
    say(cast.community, cast.member, "the order of the vans")
    say(cast.community, cast.member, "the vans in order")
    assert len(look(cast.member, '"order of the vans"')) == 1
    assert len(look(cast.member, '"vans order"')) == 0


def test_what_is_left_out_is_not_found(cast: Cast, look: Look) -> None:
    say(cast.community, cast.member, "soup with peas")
    say(cast.community, cast.member, "soup with lentils")
    assert look(cast.member, "soup -peas") == ["<mark>soup</mark> with lentils"]
    assert look(cast.member, '-"with lentils"') == ["soup with peas"]


@pytest.mark.parametrize(
    ("said", "typed", "marked"),
    [
        ("会議室を予約したいです", "会議室", "<mark>会議室</mark>"),
        ("会議室を予約したいです", "予", "<mark>予</mark>"),
        ("ห้องประชุมเต็มแล้ว", "ประชุม", "<mark>ประชุม</mark>"),
        ("हमें हिन्दी में लिखो", "हिन्दी", "<mark>हिन्दी</mark>"),
        ("Im Café gibt es Öl", "cafe", "<mark>Café</mark>"),
        ("Привет, коллеги, где фургоны", "коллеги", "<mark>коллеги</mark>"),
    ],
)
def test_every_script_is_found(cast: Cast, look: Look, said: str, typed: str, marked: str) -> None:
    say(cast.community, cast.member, said)
    assert marked in look(cast.member, typed)[0]


def test_filters_narrow_what_is_found(cast: Cast, look: Look) -> None:
    other = start_community(name="Drivers", by=cast.tender)
    say(cast.community, cast.member, "peas one #green", kind="suggest")
    thread = say(other, cast.tender, "peas two, see https://example.org/", kind="ask", title="Peas?")
    answer(thread, cast.tender, "peas three")
    assert look(cast.member, "peas from:mina.member") == ["<mark>peas</mark> one #green"]
    assert len(look(cast.member, 'peas in:"Drivers"')) == 2
    assert len(look(cast.member, "peas in:drivers kind:reply")) == 1
    assert look(cast.member, "kind:idea") == ["peas one #green"]
    assert len(look(cast.member, "peas has:link")) == 1
    assert look(cast.member, "#green") == ["peas one #green"]
    assert look(cast.member, "peas #green kind:question") == []
    assert len(look(cast.member, "peas -in:drivers")) == 1
    assert len(look(cast.member, "peas after:2020-01-01")) == 3
    assert look(cast.member, "peas before:2020") == []
    assert len(look(cast.member, "from:me peas")) == 1


def test_best_first_is_words_in_the_headline_and_together(cast: Cast, look: Look) -> None:
    say(cast.community, cast.member, "green peas are what I mean", kind="ask", title="Green peas?")
    say(cast.community, cast.member, "green tables, and " + "something else " * 40 + " and peas")
    assert "mean" in look(cast.member, "green peas", best=True)[0]
    assert "tables" in look(cast.member, "green peas")[0]


def test_what_lies_beneath_much_that_is_not_theirs_is_found(cast: Cast, look: Look) -> None:
    for nth in range(207):
        say(cast.council if 0 < nth < 206 else cast.community, cast.member, f"peas {nth}")
    assert look(cast.outsider, "peas") == ["<mark>peas</mark> 206", "<mark>peas</mark> 0"]
    assert look(cast.member, "peas")[0] == "<mark>peas</mark> 206"
