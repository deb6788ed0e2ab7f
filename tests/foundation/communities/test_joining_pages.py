"""Joining, asking, leaving and choosing a level on pages; a private community is not there for strangers."""

import pytest

from heard.foundation.communities.actions import ask_to_join, choose_level, close_community
from heard.foundation.communities.models import JoinRequest, Level
from heard.foundation.communities.queries import membership_of, tenders_of
from heard.foundation.people.actions import end_access
from tests.cast import browser_of

HTMX = {"HX-Request": "true"}


def words(response):
    return response.content.decode()


def test_joining_leads_to_the_community_or_back_to_what_was_read(cast):
    browser = browser_of(cast.outsider)
    assert browser.post("/communities/canteen/membership/").headers["Location"] == "/communities/canteen/"
    browser.post("/communities/canteen/membership/withdrawal/")
    answer = browser.post("/communities/canteen/membership/", {"next": "/threads/7/"})
    assert answer.headers["Location"] == "/threads/7/"
    assert membership_of(cast.outsider, cast.community)


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_joining_leads_nowhere_else(cast, elsewhere):
    answer = browser_of(cast.outsider).post("/communities/canteen/membership/", {"next": elsewhere})
    assert answer.headers["Location"] == "/communities/canteen/"


def test_joining_in_a_list_gives_the_card_as_it_is_now(cast):
    answer = browser_of(cast.outsider).post("/communities/canteen/membership/", headers=HTMX)
    assert "you belong" in words(answer)
    assert "<html" not in words(answer)


def test_asking_withdrawing_and_asking_again(cast, closed):
    browser = browser_of(cast.outsider)
    assert "Ask to join" in words(browser.get("/communities/night-shift/"))
    browser.post("/communities/night-shift/request/", {"words": "I drive nights"})
    assert "You asked to join" in words(browser.get("/communities/night-shift/"))
    browser.post("/communities/night-shift/request/withdrawal/")
    assert "Ask to join" in words(browser.get("/communities/night-shift/"))


def test_leaving_a_private_one_leads_to_the_list(cast):
    browser = browser_of(cast.member)
    answer = browser.post(f"/communities/{cast.council.slug}/membership/withdrawal/")
    assert answer.headers["Location"] == "/communities/"
    assert browser.get(f"/communities/{cast.council.slug}/").status_code == 404


def test_the_last_tender_is_told_why_they_stay(cast):
    answer = browser_of(cast.tender).post("/communities/canteen/membership/withdrawal/", follow=True)
    assert "Make somebody else a tender first" in words(answer)
    assert membership_of(cast.tender, cast.community)


def test_choosing_a_level_works_with_script_and_without(cast):
    browser = browser_of(cast.member)
    assert words(browser.post("/communities/canteen/level/", {"level": "mute"}, headers=HTMX)) == "Noted."
    assert membership_of(cast.member, cast.community).level == Level.MUTE
    assert browser.post("/communities/canteen/level/", {"level": "digest"}).status_code == 302
    assert membership_of(cast.member, cast.community).level == Level.DIGEST
    assert browser.post("/communities/canteen/level/", {"level": "x"}, headers=HTMX).status_code == 422
    choose_level(cast.community, "mentions", by=cast.member)


def test_a_member_takes_over_what_nobody_tends(cast):
    end_access(cast.tender, by=cast.steward)
    browser = browser_of(cast.member)
    assert "Look after it" in words(browser.get("/communities/canteen/"))
    browser.post("/communities/canteen/tending/")
    assert tenders_of(cast.community) == [cast.member.pk]


PAGES = ["", "members/", "change/", "waiting/", "news/"]
DEEDS = ["membership/", "membership/withdrawal/", "request/", "request/withdrawal/", "level/", "tending/", "closure/"]


def test_every_address_of_a_private_community_is_not_there_for_strangers(cast):
    at = f"/communities/{cast.council.slug}/"
    for person in (cast.outsider, cast.steward, cast.administrator):
        browser = browser_of(person)
        assert {browser.get(at + page).status_code for page in PAGES} == {404}
        assert {browser.post(at + noun, {"level": "mute"}).status_code for noun in [*DEEDS, "members/"]} == {404}
        deeds = [f"members/{cast.tender.handle}/{noun}/" for noun in ("tending", "removal", "tending/withdrawal")]
        assert {browser.post(at + noun).status_code for noun in deeds} == {404}


def test_a_request_is_answered_by_tenders_of_its_own_community_alone(cast, closed):
    ask_to_join(closed, by=cast.outsider)
    asked = JoinRequest.objects.get()
    assert browser_of(cast.tender).post(f"/communities/canteen/requests/{asked.pk}/admission/").status_code == 404
    browser_of(cast.member).post(f"/communities/night-shift/requests/{asked.pk}/admission/")
    assert membership_of(cast.outsider, closed) is None
    browser_of(cast.tender).post(f"/communities/night-shift/requests/{asked.pk}/admission/")
    assert membership_of(cast.outsider, closed)


def test_a_closed_community_says_so_and_joins_nobody(cast):
    close_community(cast.community, by=cast.tender)
    page = words(browser_of(cast.outsider).get("/communities/canteen/"))
    assert "This community is archived" in page
    assert "/communities/canteen/membership/" not in page
