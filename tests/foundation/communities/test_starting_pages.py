"""Starting a community, changing and closing it, as people do it on pages."""

import pytest

from heard.foundation.communities.models import Access, Community
from heard.foundation.communities.queries import tenders_of
from heard.foundation.conversation.actions import start_thread
from tests.cast import browser_of


def words(response):
    return response.content.decode()


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


def test_keeping_it_to_fewer_people_is_asked_once_more_where_it_cannot_be_taken_back(cast):
    start_thread(community=cast.community, by=cast.tender, source="To everybody")
    browser, typed = browser_of(cast.tender), {"name": "Canteen", "access": "closed"}
    asked = browser.post("/communities/canteen/change/", typed)
    assert asked.status_code == 422
    assert "only its 3 members will read it" in words(asked)
    assert "this cannot be taken back" in words(asked)
    assert 'name="is_sure"' in words(asked)
    cast.community.refresh_from_db()
    assert cast.community.access == Access.OPEN
    assert browser.post("/communities/canteen/change/", {**typed, "is_sure": "on"}).status_code == 302
    cast.community.refresh_from_db()
    assert cast.community.access == Access.CLOSED


def test_what_can_be_taken_back_is_not_asked_twice(cast):
    browser = browser_of(cast.tender)
    for access in ("private", "open"):
        assert browser.post("/communities/canteen/change/", {"name": "Canteen", "access": access}).status_code == 302
        cast.community.refresh_from_db()
        assert cast.community.access == access


def test_starting_and_changing_say_the_same_of_who_may_see_it(cast):
    browser = browser_of(cast.tender)
    for address in ("/communities/new/", "/communities/canteen/change/"):
        assert "more only while nothing was said in it" in words(browser.get(address))


def test_only_tenders_change_close_and_open(cast):
    browser = browser_of(cast.member)
    assert browser.get("/communities/canteen/change/").status_code == 403
    browser.post("/communities/canteen/closure/")
    cast.community.refresh_from_db()
    assert cast.community.closed_at is None
    tending = browser_of(cast.tender)
    tending.post("/communities/canteen/closure/")
    assert "This community is archived" in words(tending.get("/communities/canteen/"))
    tending.post("/communities/canteen/closure/withdrawal/")
    cast.community.refresh_from_db()
    assert cast.community.closed_at is None
