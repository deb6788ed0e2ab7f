"""The page of the composer, and what it says of who will read."""

import re

import pytest
from django.test import Client

from heard.foundation.communities.actions import change_community, join, start_community
from heard.foundation.communities.models import Access, Community
from heard.foundation.conversation.models import Thread
from tests.cast import Cast, a_person, browser_of

pytestmark = pytest.mark.django_db


def shown(page: str) -> str:
    """What the page sends along of who it said will read."""
    found = re.search(r'name="shown" value="([^"]*)"', page)
    return found[1] if found else ""


def a_private(cast: Cast) -> Community:
    return start_community(by=cast.member, name="Draft plans", access=Access.PRIVATE)


def sending(browser: Client, community: Community, said: str) -> object:
    return browser.post("/write/", {"community": community.slug, "kind": "share", "source": "For few", "shown": said})


def test_words_go_no_further_than_the_page_said(cast: Cast) -> None:
    place, browser = a_private(cast), browser_of(cast.member)
    said = shown(browser.get(f"/write/?community={place.slug}").content.decode())
    change_community(place, by=cast.member, name=place.name, access=Access.OPEN)
    answer = sending(browser, place, said)
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert "opened to more people while you wrote" in page
    assert "For few" in page
    assert not Thread.objects.filter(community=place).exists()
    assert sending(browser, place, shown(page)).status_code == 302  # type: ignore[attr-defined]


def test_words_that_fewer_may_read_than_the_page_said_are_taken(cast: Cast) -> None:
    place, browser = a_private(cast), browser_of(cast.member)
    assert sending(browser, place, f"{place.slug}:open").status_code == 302  # type: ignore[attr-defined]


@pytest.mark.parametrize("said", ["", "nonsense", ":open", "another:private", "{slug}:none"])
def test_what_a_page_did_not_say_stops_nobody(cast: Cast, said: str) -> None:
    place = a_private(cast)
    change_community(place, by=cast.member, name=place.name, access=Access.OPEN)
    assert sending(browser_of(cast.member), place, said.format(slug=place.slug)).status_code == 302  # type: ignore[attr-defined]


def test_choosing_another_community_says_who_reads_there(cast: Cast) -> None:
    place, browser = a_private(cast), browser_of(cast.member)
    part = browser.get(f"/write/audience/?community={place.slug}").content.decode()
    assert shown(part) == f"{place.slug}:private"
    assert "Only" in part


def test_a_form_that_comes_back_speaks_of_the_community_that_was_chosen(cast: Cast) -> None:
    place, browser = a_private(cast), browser_of(cast.member)
    answer = browser.post("/write/", {"community": place.slug, "kind": "share", "source": ""})
    assert shown(answer.content.decode()) == f"{place.slug}:private"


def test_nobody_posts_to_a_place_they_did_not_choose(cast: Cast) -> None:
    browser = browser_of(cast.member)
    page = browser.get("/write/").content.decode()
    assert re.search(r'<select name="community"[^>]* required', page)
    assert '<option value="" selected>Choose…</option>' in page
    assert shown(page) == ""
    refused = browser.post("/write/", {"community": "", "kind": "share", "source": "Hi"}).content.decode()
    assert "Choose where to say it." in refused


def test_whoever_comes_from_a_community_or_has_only_one_need_not_choose(cast: Cast) -> None:
    assert "Choose…" not in browser_of(cast.member).get("/write/?community=canteen").content.decode()
    join(cast.community, by=cast.newcomer)
    page = browser_of(cast.newcomer).get("/write/").content.decode()
    assert ("Choose…" in page, shown(page)) == (False, "canteen:open")


def test_completion_marks_who_cannot_read_what_is_written_and_names_them_last(cast: Cast) -> None:
    browser = browser_of(cast.member)
    asked = browser.get("/write/people/", {"q": "t", "in": cast.council.slug}).json()
    assert [one["value"] for one in asked] == ["@tom.tender"]
    a_person("Tilda Outside")
    asked = browser.get("/write/people/", {"q": "t", "in": cast.council.slug}).json()
    assert [(one["value"], one["hint"]) for one in asked] == [
        ("@tom.tender", ""),
        ("@tilda.outside", "cannot read this"),
    ]
    for place in ("canteen", "", "nowhere"):
        assert all(one["hint"] == "" for one in browser.get("/write/people/", {"q": "t", "in": place}).json())


def test_a_private_community_is_no_oracle_for_outsiders(cast: Cast) -> None:
    asked = browser_of(cast.outsider).get("/write/people/", {"q": "t", "in": cast.council.slug}).json()
    assert [one["hint"] for one in asked] == [""]
