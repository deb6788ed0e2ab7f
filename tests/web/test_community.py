"""A community's own page: what it says to whom, and what it costs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from heard.foundation.communities.actions import change_community
from heard.foundation.communities.models import Access, Membership
from heard.foundation.conversation.actions import pin_thread, report, start_thread
from tests.cast import browser_of
from tests.foundation.communities.gatherings import a_community


def words(response):
    return response.content.decode()


def said(cast, source, kind="share"):
    return start_thread(community=cast.community, by=cast.tender, source=source, kind=kind)


def test_pinned_threads_stand_first_and_once(cast):
    pinned = said(cast, "Rules of the kitchen")
    said(cast, "Soup of the day")
    pin_thread(pinned, by=cast.tender)
    page = words(browser_of(cast.member).get("/communities/canteen/"))
    assert page.count("Rules of the kitchen") == 1
    assert page.index("Pinned by those") < page.index("Rules of the kitchen") < page.index("Soup of the day")


def test_questions_and_ideas_have_lists_of_their_own(cast):
    said(cast, "What is in the soup?", "ask")
    said(cast, "Let us have salad", "suggest")
    browser = browser_of(cast.member)
    questions, ideas = (words(browser.get(f"/communities/canteen/?show={show}")) for show in ("questions", "ideas"))
    assert ("What is in the soup?" in questions, "Let us have salad" in questions) == (True, False)
    assert ("What is in the soup?" in ideas, "Let us have salad" in ideas) == (False, True)


def test_members_are_invited_to_write_and_others_to_join(cast):
    assert "/write/?community=canteen" in words(browser_of(cast.member).get("/communities/canteen/"))
    page = words(browser_of(cast.outsider).get("/communities/canteen/"))
    assert "/write/?community=canteen" not in page
    assert 'action="/communities/canteen/membership/"' in page


def test_new_members_are_welcomed_for_two_weeks(cast):
    change_community(cast.community, by=cast.tender, welcome="Take a **tray**.")
    browser = browser_of(cast.member)
    assert browser.get("/communities/canteen/").context["is_welcomed"]
    Membership.objects.update(joined_at=timezone.now() - timedelta(days=15))
    page = browser.get("/communities/canteen/")
    assert not page.context["is_welcomed"]
    assert "What new members are told" in words(page)
    assert "Take a" not in words(browser_of(cast.outsider).get("/communities/canteen/"))


def test_inside_a_community_cards_do_not_repeat_its_name(cast):
    start_thread(community=cast.community, by=cast.tender, source="Soup")
    inside = browser_of(cast.member).get("/communities/canteen/").content.decode()
    assert '<div class="stack here" id="feed">' in inside
    assert '<span class="at"><span class="quiet">in</span> <a href="/communities/canteen/"' in inside
    assert 'class="stack here"' not in browser_of(cast.member).get("/").content.decode()


def test_a_closed_community_shows_itself_to_strangers_and_none_of_its_words(cast):
    closed = a_community("Night shift", cast.tender, access=Access.CLOSED, description="After ten")
    start_thread(community=closed, by=cast.tender, source="Between ourselves")
    for person in (cast.outsider, cast.steward):
        browser = browser_of(person)
        page = words(browser.get("/communities/night-shift/"))
        assert "After ten" in page
        assert "Tom Tender" in page
        assert "Between ourselves" not in page
        assert "Tom Tender" not in words(browser.get("/communities/night-shift/news/?after=0"))


def test_tenders_see_that_something_waits(cast):
    thread = start_thread(community=cast.community, by=cast.member, source="Rude words")
    report(thread, by=cast.newcomer, because="rude")
    assert "1 request or report waits" in words(browser_of(cast.tender).get("/communities/canteen/"))
    assert "waits for you" not in words(browser_of(cast.member).get("/communities/canteen/"))


def test_news_is_a_line_that_moves_nothing(cast):
    first = said(cast, "Soup of the day")
    browser, at = browser_of(cast.member), f"/communities/canteen/news/?after={first.pk}"
    assert "New from" not in words(browser.get(at))
    said(cast, "Salad of the day")
    assert "New from Tom Tender" in words(browser.get(at))
    assert browser.get("/communities/canteen/news/?after=nonsense").status_code == 200


def test_an_empty_community_says_what_to_do(cast):
    assert "Be the first" in words(browser_of(cast.member).get("/communities/canteen/"))
    assert "Be the first" not in words(browser_of(cast.outsider).get("/communities/canteen/"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_much_was_said(cast, count, django_assert_num_queries):
    for nth in range(count):
        said(cast, f"Soup {nth}")
    browser = browser_of(cast.member)
    browser.get("/communities/canteen/")
    with django_assert_num_queries(11):
        browser.get("/communities/canteen/")
