"""The list of communities as people use it, with script and without."""

import pytest

from heard.foundation.communities.models import Access
from tests.cast import browser_of
from tests.foundation.communities.gatherings import a_community

HTMX = {"HX-Request": "true"}


def words(response):
    return response.content.decode()


def test_the_list_shows_yours_first_and_suggests_to_whoever_has_none(cast):
    assert "Works council" in words(browser_of(cast.member).get("/communities/"))
    page = words(browser_of(cast.outsider).get("/communities/"))
    assert "Canteen" in page
    assert "Works council" not in page


@pytest.mark.parametrize("show", ["yours", "suggested", "all", "nonsense"])
def test_no_list_names_a_private_community_to_a_stranger(cast, show):
    for person in (cast.outsider, cast.steward):
        assert "Works council" not in words(browser_of(person).get(f"/communities/?show={show}"))


def test_searching_answers_with_a_page_or_with_what_was_found(cast, closed):
    browser = browser_of(cast.outsider)
    page, part = browser.get("/communities/?q=night"), browser.get("/communities/?q=night", headers=HTMX)
    assert "<html" in words(page)
    assert "<html" not in words(part)
    for answer in (page, part):
        assert "Night shift" in words(answer)
        assert "Canteen" not in words(answer)
    assert "No community has this" in words(browser.get("/communities/?q=council"))


def test_each_says_in_words_whether_it_is_open(cast, closed):
    page = words(browser_of(cast.tender).get("/communities/?show=all"))
    for word in ("open", "by request", "private"):
        assert f">{word}</span>" in page


def test_a_long_list_leads_on(cast):
    for nth in range(31):
        a_community(f"Number {nth:02}", cast.tender)
    browser = browser_of(cast.outsider)
    first = browser.get("/communities/?show=all")
    assert first.context["older"]
    second = browser.get(f"/communities/{first.context['older']}")
    assert len(second.context["places"]) == 2
    assert second.context["older"] == ""


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_many(cast, count, django_assert_num_queries):
    for nth in range(count):
        a_community(f"Club {nth}", cast.tender, access=Access.CLOSED)
    browser = browser_of(cast.outsider)
    with django_assert_num_queries(7):
        browser.get("/communities/?show=all")
