"""What tenders do with threads."""

import pytest

from heard.foundation.communities.actions import add_member, join, start_community
from heard.foundation.communities.errors import NotAMember, NotATender
from heard.foundation.communities.models import Access, Community
from heard.foundation.conversation import actions, errors
from heard.foundation.conversation.models import Reaction, Thread
from heard.foundation.conversation.queries import community_ids, reply_marks, thread_by_id
from heard.foundation.conversation.queries.feed import pinned_ids
from heard.foundation.notices.models import Notice, Why
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(cast: Cast) -> Thread:
    """Said by the member in the open community."""
    return actions.start_thread(community=cast.community, by=cast.member, source="Vans", title="About vans")


@pytest.fixture
def garage(cast: Cast) -> Community:
    """Another open community to which the tender belongs."""
    community = start_community(name="Garage", by=cast.administrator)
    join(community, by=cast.tender)
    return community


def test_a_pinned_thread_stands_on_top_until_it_is_let_go(cast: Cast, thread: Thread) -> None:
    actions.pin_thread(thread, by=cast.tender)
    assert pinned_ids(cast.community.pk) == [thread.pk]
    actions.unpin_thread(thread, by=cast.tender)
    assert pinned_ids(cast.community.pk) == []


@pytest.mark.parametrize("deed", [actions.pin_thread, actions.unpin_thread, actions.reopen_thread])
def test_members_do_not_tend(cast: Cast, thread: Thread, deed: object) -> None:
    with pytest.raises(NotATender):
        deed(thread, by=cast.member)  # type: ignore[operator]


def test_an_author_closes_their_own_thread_and_opens_it_again(cast: Cast, thread: Thread) -> None:
    actions.close_thread(thread, by=cast.member)
    closed = thread_by_id(cast.member, thread.pk)
    assert closed.closed_at is not None
    actions.reopen_thread(closed, by=cast.member)
    assert thread_by_id(cast.member, thread.pk).closed_at is None


def test_a_moved_thread_stands_there_and_not_here(cast: Cast, thread: Thread, garage: Community) -> None:
    actions.move_thread(thread, garage, by=cast.tender)
    assert (community_ids(cast.community.pk), community_ids(garage.pk)) == ([], [thread.pk])
    for community in (cast.community, garage):
        community.refresh_from_db()
    assert (cast.community.thread_count, garage.thread_count) == (0, 1)


def test_who_started_a_thread_is_told_where_it_went(cast: Cast, thread: Thread, garage: Community) -> None:
    actions.move_thread(thread, garage, by=cast.tender)
    moved = Notice.objects.get(person=cast.member, why=Why.MOVED)
    assert (moved.words, moved.address) == ("About vans → Garage", f"/threads/{thread.pk}/")


def test_who_started_a_thread_is_told_what_it_was_merged_into(cast: Cast, thread: Thread) -> None:
    other = actions.start_thread(community=cast.community, by=cast.tender, source="Lorries", title="About lorries")
    opening = actions.merge_thread(thread, other, by=cast.tender)
    merged = Notice.objects.get(person=cast.member, why=Why.MERGED)
    assert merged.words == "About vans → Canteen"
    assert merged.address == f"/threads/{other.pk}/{opening.pk}/#r{opening.pk}"


def test_a_private_community_is_not_named_to_an_author_who_does_not_belong(cast: Cast, thread: Thread) -> None:
    hidden = start_community(name="Inner circle", by=cast.tender, access=Access.PRIVATE)
    actions.move_thread(thread, hidden, by=cast.tender)
    moved = Notice.objects.get(person=cast.member, why=Why.MOVED)
    assert (moved.words, moved.address) == ("About vans", "/communities/canteen/")


def test_whoever_moves_their_own_thread_is_not_told(cast: Cast, garage: Community) -> None:
    actions.move_thread(
        actions.start_thread(community=cast.community, by=cast.tender, source="Mine"), garage, by=cast.tender
    )
    assert not Notice.objects.filter(why=Why.MOVED).exists()


def test_a_thread_moves_only_where_the_tender_may_speak(cast: Cast, thread: Thread) -> None:
    elsewhere = start_community(name="Elsewhere", by=cast.administrator)
    with pytest.raises(NotAMember):
        actions.move_thread(thread, elsewhere, by=cast.tender)


def test_what_was_said_in_private_never_moves_to_where_more_can_read_it(cast: Cast, garage: Community) -> None:
    secret = actions.start_thread(community=cast.council, by=cast.member, source="Between us")
    with pytest.raises(errors.WouldBeSeenByMore):
        actions.move_thread(secret, garage, by=cast.tender)
    other = start_community(name="Another council", by=cast.tender, access=Access.PRIVATE)
    add_member(other, cast.outsider, by=cast.tender)
    with pytest.raises(errors.WouldBeSeenByMore):
        actions.move_thread(secret, other, by=cast.tender)


def test_a_merged_thread_becomes_replies_of_the_other(cast: Cast, thread: Thread) -> None:
    other = actions.start_thread(community=cast.community, by=cast.tender, source="Lorries")
    reply = actions.reply_to(thread, by=cast.tender, source="Which?")
    actions.react(thread, "👍", by=cast.tender)
    actions.merge_thread(thread_by_id(cast.tender, thread.pk), other, by=cast.tender)
    page = reply_marks(cast.member, other.pk)
    assert [one.id for one in page.tops] == [thread.pk]
    assert [one.id for one in page.answers[thread.pk]] == [reply.pk]
    assert thread_by_id(cast.member, other.pk).reply_count == 2
    assert Reaction.objects.filter(thread=other, reply=thread.pk).count() == 1
    gone = thread_by_id(cast.member, thread.pk)
    assert (gone.merged_into_id, gone.is_listed) == (other.pk, False)


def test_a_thread_is_not_merged_into_itself_nor_into_one_that_is_gone(cast: Cast, thread: Thread) -> None:
    with pytest.raises(errors.SameThread):
        actions.merge_thread(thread, thread, by=cast.tender)
    other = actions.start_thread(community=cast.community, by=cast.tender, source="Lorries")
    actions.delete_message(other, by=cast.tender)
    with pytest.raises(errors.MessageIsGone):
        actions.merge_thread(thread, other, by=cast.tender)
