"""The page of notices, with one and with ten thousand."""

from itertools import pairwise

import pytest
from django.utils import timezone

from heard.foundation.conversation.actions import reply_to, start_thread
from heard.foundation.conversation.models import Thread
from heard.foundation.notices.actions import see_notice, see_notices
from heard.foundation.notices.models import Notice, Why
from heard.foundation.notices.queries import unseen_count
from heard.foundation.people.actions import follow
from heard.plumbing.ids import timed_id
from tests.cast import a_person, browser_of

MANY = 10_000
QUERIES = 9
"""Session, person, count, heads, what they speak for, what may be read, what is muted, preferences, what was spent."""


def words(response):
    return response.content.decode()


def many_notices(person, by, community, count=MANY, first=1):
    """So many notices, each about a thread of its own."""
    now = timezone.now()
    Thread.objects.bulk_create(
        Thread(id=first + nth, community=community, author=by, source="x", html="x", created_at=now, newest_at=now)
        for nth in range(count)
    )
    Notice.objects.bulk_create(
        [
            Notice(
                id=timed_id(now, nth),
                person=person,
                why=Why.REPLY,
                by=by,
                about="thread",
                about_id=first + nth,
                address="/threads/1/",
                words=f"Number {nth}",
                told_at=now,
            )
            for nth in range(count)
        ]
    )


def test_an_empty_page_says_what_will_be_here(cast):
    page = words(browser_of(cast.outsider).get("/notices/"))
    assert "Nothing yet" in page
    assert "Mark all as seen" not in page


def test_a_notice_says_who_did_what_and_opens_its_page(cast):
    thread = start_thread(community=cast.community, by=cast.member, source="What is in the soup?", kind="ask")
    reply = reply_to(thread, by=cast.tender, source="Carrots, mostly.")
    browser = browser_of(cast.member)
    page = words(browser.get("/notices/"))
    assert "Tom Tender</b> replied to you" in page
    assert "Carrots, mostly." in page
    notice = Notice.objects.get(person=cast.member, why=Why.REPLY)
    place = f"/threads/{thread.pk}/{reply.pk}/#r{reply.pk}"
    assert browser.get(f"/notices/{notice.pk}/").headers["Location"] == place
    notice.refresh_from_db()
    assert notice.is_seen


def test_nobody_opens_what_another_was_told(cast):
    follow(cast.member, by=cast.tender)
    notice = Notice.objects.get(person=cast.member, why=Why.FOLLOW)
    assert browser_of(cast.outsider).get(f"/notices/{notice.pk}/").status_code == 404
    notice.refresh_from_db()
    assert not notice.is_seen


def test_marking_all_as_seen_leaves_what_came_meanwhile(cast):
    browser = browser_of(cast.member)
    browser.get("/notices/")
    follow(cast.member, by=cast.tender)
    up_to = browser.get("/notices/").context["newest"]
    follow(cast.member, by=cast.newcomer)
    assert browser.post("/notices/seen/", {"up_to": up_to}).status_code == 302
    assert unseen_count(cast.member) == 1
    browser.post("/notices/seen/")
    assert unseen_count(cast.member) == 0


@pytest.mark.parametrize("nonsense", ["x", "-1", "9" * 30, "²"])
def test_nonsense_in_the_address_shows_the_first_page(cast, nonsense):
    assert browser_of(cast.member).get(f"/notices/?before={nonsense}").status_code == 200


def test_the_list_alone_is_given_to_a_page_that_asks_again(cast):
    part = words(browser_of(cast.member).get("/notices/", headers={"HX-Request": "true"}))
    assert 'id="told"' in part
    assert "<html" not in part


def test_ten_thousand_unseen_are_one_page_a_count_and_one_gesture(cast, django_assert_num_queries):
    many_notices(cast.outsider, cast.tender, cast.community)
    browser = browser_of(cast.outsider)
    with django_assert_num_queries(QUERIES):
        page = browser.get("/notices/")
    assert len(page.context["folds"]) == 30
    assert "99+" in words(page)
    assert page.context["unseen_notices"] == 100
    assert len(page.content) < 70_000
    second = browser.get(f"/notices/{page.context['older']}")
    assert {one.notice.pk for one in page.context["folds"]}.isdisjoint(one.notice.pk for one in second.context["folds"])
    with django_assert_num_queries(2 + 2 * MANY // 1000 + 1):  # a thousand at a time
        browser.post("/notices/seen/", {"up_to": page.context["newest"]})
    assert unseen_count(cast.outsider) == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_many(cast, count, django_assert_num_queries):
    for nth in range(count):
        many_notices(cast.outsider, a_person(f"Somebody {'abc'[nth] * 3}"), cast.community, 1, first=nth + 1)
    browser = browser_of(cast.outsider)
    with django_assert_num_queries(QUERIES):
        assert len(browser.get("/notices/").context["folds"]) == count


def test_older_pages_lead_back_page_by_page_and_to_the_newest(cast):
    many_notices(cast.outsider, cast.tender, cast.community, 100)
    browser = browser_of(cast.outsider)
    way = [browser.get("/notices/")]
    for _nth in range(3):
        way.append(browser.get(f"/notices/{way[-1].context['older']}"))
    for newer, older in pairwise(way):
        assert "To the newest" in words(older)
        back = browser.get(f"/notices/{older.context['newer'].removeprefix('/notices/')}")
        assert [one.notice.pk for one in back.context["folds"]] == [one.notice.pk for one in newer.context["folds"]]
    assert way[0].context["newer"] == ""
    assert way[1].context["newer"] == "/notices/"


def test_only_what_is_unread_is_shown_when_asked_for(cast):
    many_notices(cast.outsider, cast.tender, cast.community, 70)
    for notice in list(Notice.objects.filter(person=cast.outsider).order_by("id")[:35]):
        see_notice(cast.outsider, notice)
    browser = browser_of(cast.outsider)
    page = browser.get("/notices/?unread=1")
    assert all(one.is_unseen for one in page.context["folds"])
    older = browser.get(f"/notices/{page.context['older']}")
    assert (len(page.context["folds"]), len(older.context["folds"])) == (30, 5)
    assert older.context["newer"] == "?unread=1"
    answer = browser.post(f"/notices/{older.context['folds'][0].notice.pk}/mute/", {"unread": "1"})
    assert answer.headers["Location"].endswith("&unread=1")
    see_notices(cast.outsider)
    assert "You have read everything" in words(browser.get("/notices/?unread=1"))
