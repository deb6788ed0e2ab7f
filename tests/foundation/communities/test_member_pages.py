"""Who belongs, as pages show it, and what tenders do there."""

import pytest

from heard.foundation.communities.queries import membership_of, tenders_of
from tests.cast import browser_of
from tests.foundation.communities.gatherings import a_community, some_people

HTMX = {"HX-Request": "true"}


def words(response):
    return response.content.decode()


def test_members_are_shown_and_searched(cast):
    browser = browser_of(cast.outsider)
    page = words(browser.get("/communities/canteen/members/"))
    assert "Mina Member" in page
    assert "left the organisation" in page
    found = words(browser.get("/communities/canteen/members/?q=mina", headers=HTMX))
    assert "Mina Member" in found
    assert "Tom Tender" not in found


def test_who_belongs_to_a_closed_community_is_not_for_strangers(cast, closed):
    assert browser_of(cast.outsider).get("/communities/night-shift/members/").status_code == 404
    assert browser_of(cast.steward).get("/communities/night-shift/members/").status_code == 200


def test_a_tender_brings_somebody_in_by_name(cast):
    browser, at = browser_of(cast.tender), f"/communities/{cast.council.slug}/members/"
    offered = words(browser.get(f"{at}?add=nina", headers=HTMX))
    assert cast.newcomer.handle in offered
    browser.post(at, {"handle": cast.newcomer.handle})
    assert membership_of(cast.newcomer, cast.council)
    assert browser.post(at, {"handle": "nobody"}).status_code == 404


def test_nobody_else_is_offered_colleagues_or_brings_them_in(cast):
    browser, at = browser_of(cast.member), f"/communities/{cast.council.slug}/members/"
    assert cast.newcomer.handle not in words(browser.get(f"{at}?add=nina"))
    browser.post(at, {"handle": cast.newcomer.handle})
    assert membership_of(cast.newcomer, cast.council) is None


def test_tenders_make_tenders_and_take_people_out(cast):
    browser, who = browser_of(cast.tender), f"/communities/canteen/members/{cast.member.handle}"
    browser.post(f"{who}/tending/")
    assert cast.member.pk in tenders_of(cast.community)
    browser.post(f"{who}/tending/withdrawal/")
    assert cast.member.pk not in tenders_of(cast.community)
    browser.post(f"{who}/removal/")
    assert membership_of(cast.member, cast.community) is None


def test_members_do_neither(cast):
    browser = browser_of(cast.member)
    for noun in ("tending", "tending/withdrawal", "removal"):
        browser.post(f"/communities/canteen/members/{cast.tender.handle}/{noun}/")
    assert tenders_of(cast.community) == [cast.tender.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_the_members_page_costs_the_same_however_many(cast, count, django_assert_num_queries):
    community = a_community("Club", cast.tender, *some_people(count))
    browser = browser_of(cast.tender)
    with django_assert_num_queries(7):
        browser.get(f"/communities/{community.slug}/members/")
