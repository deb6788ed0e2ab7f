"""Which threads stand on a page, for whom, and what it costs."""

from datetime import timedelta

import pytest

from heard.foundation.communities.actions import choose_level, join, remove_member, start_community
from heard.foundation.communities.models import Level
from heard.foundation.conversation import actions
from heard.foundation.conversation.models import Kind, Thread
from heard.foundation.conversation.queries import (
    Feed,
    by_author_ids,
    cards,
    community_ids,
    feed_ids,
    popular_tags,
    saved_ids,
    tag_ids,
    tags_beginning,
    thread_by_id,
    threads_seen_among,
)
from heard.foundation.people.actions import follow
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def say(cast: Cast, source: str = "Hello", **fields: object) -> Thread:
    """A thread by the tender in the open community."""
    return actions.start_thread(**{"community": cast.community, "by": cast.tender, "source": source, **fields})


def test_home_holds_what_was_said_in_my_communities_the_newest_first(cast: Cast) -> None:
    first, second = say(cast), say(cast, community=cast.council)
    assert [(one.id, one.why) for one in feed_ids(cast.member, Feed.FOR_YOU)] == [
        (second.pk, "community"),
        (first.pk, "community"),
    ]


def test_somebody_outside_sees_nothing_of_it(cast: Cast) -> None:
    say(cast), say(cast, community=cast.council)
    for feed in Feed:
        assert feed_ids(cast.outsider, feed) == []


def test_a_private_thread_never_becomes_a_card_for_an_outsider_by_whatever_way(cast: Cast) -> None:
    follow(cast.tender, by=cast.outsider)
    secret = say(cast, f"#plan for @{cast.outsider.handle}", community=cast.council)
    assert cards(cast.outsider, [secret.pk]) == []
    assert feed_ids(cast.outsider, Feed.FOR_YOU) == []
    assert by_author_ids(cast.outsider, cast.tender) == []
    assert tag_ids(cast.outsider, "plan") == []
    assert (tags_beginning(cast.outsider, "pl"), popular_tags(cast.outsider)) == ([], [])
    assert threads_seen_among(cast.outsider, {secret.pk}) == {}
    with pytest.raises(Thread.DoesNotExist):
        thread_by_id(cast.outsider, secret.pk)
    assert tag_ids(cast.member, "plan") == [secret.pk]
    assert by_author_ids(cast.member, cast.tender) == [secret.pk]


def test_what_one_may_not_read_takes_no_place_on_a_page(cast: Cast) -> None:
    follow(cast.tender, by=cast.outsider)
    words = f"#plan for @{cast.outsider.handle}"
    readable = [say(cast, words).pk for _nth in range(3)]
    for _nth in range(3):
        say(cast, words, community=cast.council)
    gone = say(cast, words)
    actions.delete_message(gone, by=cast.tender)
    expected = sorted(readable, reverse=True)
    assert [one.id for one in feed_ids(cast.outsider, Feed.FOR_YOU, limit=3)] == expected
    assert by_author_ids(cast.outsider, cast.tender, limit=3) == expected
    assert tag_ids(cast.outsider, "plan", limit=3) == expected


def test_what_was_saved_and_can_be_read_no_more_takes_no_place_either(cast: Cast) -> None:
    secret, thread = say(cast, community=cast.council), say(cast)
    for one in (secret, thread):
        actions.save_thread(one, by=cast.member)
    remove_member(cast.council, cast.member, by=cast.tender)
    assert saved_ids(cast.member, limit=1) == [thread.pk]
    assert saved_ids(cast.member) == [thread.pk]


def test_whoever_follows_somebody_sees_what_they_say_where_everybody_may_read(cast: Cast) -> None:
    follow(cast.tender, by=cast.outsider)
    thread = say(cast)
    assert [(one.id, one.why) for one in feed_ids(cast.outsider, Feed.FOR_YOU)] == [(thread.pk, "follow")]
    assert [card.id for card in cards(cast.outsider, [thread.pk])] == [thread.pk]
    assert feed_ids(cast.outsider, Feed.NEWEST) == []


def test_what_names_me_says_so_first(cast: Cast) -> None:
    follow(cast.tender, by=cast.member)
    say(cast, f"@{cast.member.handle}?")
    assert [one.why for one in feed_ids(cast.member, Feed.FOR_YOU)] == ["mention"]


def test_a_muted_community_is_quiet(cast: Cast) -> None:
    say(cast)
    choose_level(cast.community, Level.MUTE, by=cast.member)
    assert feed_ids(cast.member, Feed.NEWEST) == []


def test_unanswered_holds_questions_without_a_reply(cast: Cast) -> None:
    question = say(cast, kind=Kind.ASK)
    say(cast, kind=Kind.SHARE)
    assert [one.id for one in feed_ids(cast.member, Feed.UNANSWERED)] == [question.pk]
    actions.reply_to(question, by=cast.member, source="Here")
    assert feed_ids(cast.member, Feed.UNANSWERED) == []


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 20])
def test_pages_hold_every_thread_once_in_order(cast: Cast, limit: int) -> None:
    said = [say(cast).pk for _nth in range(9)]
    seen: list[int] = []
    before = None
    while page := feed_ids(cast.member, Feed.FOR_YOU, before=before, limit=limit):
        seen += [one.id for one in page]
        before = page[-1].id
    assert seen == sorted(said, reverse=True)


def test_a_community_page_holds_its_own_threads_only(cast: Cast) -> None:
    thread, _other = say(cast), say(cast, community=cast.council)
    assert community_ids(cast.community.pk) == [thread.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_queries_whatever_stands_on_it(
    cast: Cast, count: int, django_assert_num_queries: object
) -> None:
    said = [say(cast).pk for _nth in range(count)]
    with django_assert_num_queries(1):  # type: ignore[operator]
        ids = [one.id for one in feed_ids(cast.member, Feed.FOR_YOU)]
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(cards(cast.member, ids)) == len(said)


def test_imported_threads_stand_at_the_time_they_were_said(cast: Cast) -> None:
    from heard.plumbing.ids import timed_id

    new = say(cast)
    old = say(cast)
    at = new.created_at - timedelta(days=400)
    Thread.objects.filter(pk=old.pk).update(id=timed_id(at, 0), created_at=at)
    assert [one.id for one in feed_ids(cast.member, Feed.NEWEST)] == [new.pk, timed_id(at, 0)]


def test_a_member_of_nothing_has_an_empty_home(cast: Cast) -> None:
    other = start_community(name="Quiet", by=cast.administrator)
    join(other, by=cast.newcomer)
    assert feed_ids(cast.newcomer, Feed.FOR_YOU) == []


@pytest.mark.parametrize("feed", list(Feed))
def test_the_feed_walks_its_own_index_and_no_other(cast: Cast, feed: Feed) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    if connection.vendor != "sqlite":
        return
    with CaptureQueriesContext(connection) as asked:
        feed_ids(cast.member, feed)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}")
        plan = " ".join(row[3] for row in cursor.fetchall())
    wanted = "thread_unanswered" if feed is Feed.UNANSWERED else "thread_feed"
    assert f"USING INDEX {wanted} (community_id=? AND id<?)" in plan.replace("COVERING ", "")


def test_ones_own_thread_is_not_there_because_a_reply_names_one(cast: Cast) -> None:
    thread = say(cast, by=cast.member)
    actions.reply_to(thread, by=cast.tender, source=f"Is it so, @{cast.member.handle}?")
    assert [one.why for one in feed_ids(cast.member, Feed.FOR_YOU)] == ["community"]
