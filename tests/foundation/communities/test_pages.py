"""Pages of communities as people use them, with script and without."""

import pytest

from heard.foundation.communities.actions import ask_to_join, choose_level, close_community
from heard.foundation.communities.models import Access, Community, JoinRequest, Level
from heard.foundation.communities.queries import membership_of, tenders_of
from heard.foundation.conversation.actions import start_thread
from heard.foundation.people.actions import end_access
from tests.cast import browser_of
from tests.foundation.communities.gatherings import a_community, some_people

HTMX = {"HX-Request": "true"}


@pytest.fixture
def closed(cast):
    return a_community("Night shift", cast.tender, access=Access.CLOSED, description="After ten")


def words(response):
    return response.content.decode()


# -- Finding ----------------------------------------------------------------------------------------------------------


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
    for word in ("open", "closed", "private"):
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


# -- Starting and changing --------------------------------------------------------------------------------------------


def test_starting_one_asks_three_things(cast):
    browser = browser_of(cast.newcomer)
    assert "Nobody else sees that it is there" in words(browser.get("/communities/new/"))
    answer = browser.post("/communities/new/", {"name": "Book club", "description": "Novels", "access": "private"})
    community = Community.objects.get(name="Book club")
    assert answer.headers["Location"] == f"/communities/{community.slug}/"
    assert community.access == Access.PRIVATE
    assert tenders_of(community) == [cast.newcomer.pk]


@pytest.mark.parametrize(
    ("name", "access", "said"),
    [
        ("Canteen", "open", "There is a community of this name already."),
        ("", "open", "required"),
        ("A" * 81, "open", "at most 80"),
        ("Fine", "secret", "secret"),
    ],
)
def test_what_cannot_be_started_keeps_what_was_typed(cast, name, access, said):
    typed = {"name": name, "description": "My precious words", "access": access}
    answer = browser_of(cast.newcomer).post("/communities/new/", typed)
    assert answer.status_code == 422
    assert said in words(answer)
    assert "My precious words" in words(answer)
    assert Community.objects.count() == 2


def test_tenders_change_what_it_says(cast):
    browser = browser_of(cast.tender)
    assert "Canteen" in words(browser.get("/communities/canteen/change/"))
    typed = {"name": "Canteen", "description": "Soup", "welcome": "**Hello**", "access": "open"}
    assert browser.post("/communities/canteen/change/", typed).status_code == 302
    cast.community.refresh_from_db()
    assert (cast.community.description, cast.community.welcome) == ("Soup", "**Hello**")


def test_the_page_says_why_a_community_cannot_be_opened_any_more(cast):
    start_thread(community=cast.council, by=cast.tender, source="Between ourselves")
    browser, at = browser_of(cast.tender), f"/communities/{cast.council.slug}/change/"
    assert words(browser.get(at)).count("disabled") == 2
    answer = browser.post(at, {"name": "Works council", "access": "open"})
    assert answer.status_code == 422
    assert "cannot be opened to more people" in words(answer)


def test_only_tenders_change_close_and_open(cast):
    browser = browser_of(cast.member)
    assert browser.get("/communities/canteen/change/").status_code == 403
    browser.post("/communities/canteen/closure/")
    cast.community.refresh_from_db()
    assert cast.community.closed_at is None
    tending = browser_of(cast.tender)
    tending.post("/communities/canteen/closure/")
    assert "This community was closed" in words(tending.get("/communities/canteen/"))
    tending.post("/communities/canteen/closure/withdrawal/")
    cast.community.refresh_from_db()
    assert cast.community.closed_at is None


# -- Joining ----------------------------------------------------------------------------------------------------------


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


# -- Members ----------------------------------------------------------------------------------------------------------


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


# -- Behind a private door ---------------------------------------------------------------------------------------------

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
    assert "This community was closed" in page
    assert "/communities/canteen/membership/" not in page
