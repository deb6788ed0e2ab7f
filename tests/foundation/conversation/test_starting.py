"""Starting threads and replying."""

from uuid import uuid4

import pytest

from heard.foundation.communities.actions import close_community
from heard.foundation.communities.errors import CommunityIsClosed, NotAMember
from heard.foundation.conversation import actions, errors
from heard.foundation.conversation.models import Kind, Stage, Thread
from heard.foundation.conversation.queries import thread_by_id
from heard.foundation.notices.models import Why
from heard.foundation.notices.queries import notices_of
from heard.foundation.people.models import Person
from heard.plumbing.text import TextIsTooLong
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def said(cast: Cast, source: str = "Good morning", **fields: object) -> Thread:
    """A thread by the member in the open community."""
    return actions.start_thread(**{"community": cast.community, "by": cast.member, "source": source, **fields})


def told(person: Person) -> list[tuple[str, str]]:
    """Why, and in what words, somebody was told of threads."""
    return [(notice.why, notice.words) for notice in notices_of(person) if notice.about == "thread"]


def test_what_was_said_can_be_read_as_html(cast: Cast) -> None:
    thread = said(cast, "It **works**", title="  A   headline ")
    assert "<strong>works</strong>" in thread.html
    assert (thread.title, thread.source) == ("A headline", "It **works**")


def test_the_community_knows_how_many_threads_it_has_and_when_the_newest_was(cast: Cast) -> None:
    thread = said(cast)
    cast.community.refresh_from_db()
    assert (cast.community.thread_count, cast.community.newest_thread_at) == (1, thread.created_at)


def test_the_same_thread_sent_twice_is_there_once(cast: Cast) -> None:
    once = uuid4()
    assert said(cast, once=once) == said(cast, once=once)
    assert Thread.objects.count() == 1


def test_the_same_reply_sent_twice_is_there_once(cast: Cast) -> None:
    thread, once = said(cast), uuid4()
    first = actions.reply_to(thread, by=cast.tender, source="Yes", once=once)
    assert actions.reply_to(thread, by=cast.tender, source="Yes", once=once) == first
    assert thread_by_id(cast.member, thread.pk).reply_count == 1


def test_another_person_may_send_with_the_same_mark_and_is_given_their_own(cast: Cast) -> None:
    once = uuid4()
    mine, theirs = said(cast, once=once), said(cast, "Good evening", by=cast.tender, once=once)
    assert (mine.author, theirs.author, theirs.source) == (cast.member, cast.tender, "Good evening")
    answers = [actions.reply_to(mine, by=one, source="Yes", once=once) for one in (cast.member, cast.tender)]
    assert [one.author for one in answers] == [cast.member, cast.tender]


@pytest.mark.parametrize("source", ["", "   \n "])
def test_nothing_is_not_said(cast: Cast, source: str) -> None:
    with pytest.raises(errors.NothingSaid):
        said(cast, source)


def test_what_is_too_long_is_refused_in_words(cast: Cast) -> None:
    with pytest.raises(TextIsTooLong, match="too long"):
        said(cast, "x" * 40_001)


def test_only_members_speak(cast: Cast) -> None:
    with pytest.raises(NotAMember):
        said(cast, by=cast.outsider)


def test_nobody_speaks_in_a_closed_community(cast: Cast) -> None:
    thread = said(cast)
    close_community(cast.community, by=cast.tender)
    with pytest.raises(CommunityIsClosed):
        said(cast)
    with pytest.raises(CommunityIsClosed):
        actions.reply_to(thread_by_id(cast.member, thread.pk), by=cast.member, source="Too late")


def test_an_answer_to_an_answer_stands_beside_it(cast: Cast) -> None:
    thread = said(cast)
    reply = actions.reply_to(thread, by=cast.tender, source="Why?")
    answer = actions.reply_to(thread, by=cast.member, source="Because", parent=reply)
    beside = actions.reply_to(thread, by=cast.tender, source="I see", parent=answer)
    assert (reply.parent_id, answer.parent_id, beside.parent_id) == (None, reply.pk, reply.pk)


def test_a_closed_thread_takes_no_reply(cast: Cast) -> None:
    thread = said(cast)
    actions.close_thread(thread, by=cast.tender)
    with pytest.raises(errors.ThreadIsClosed):
        actions.reply_to(thread_by_id(cast.member, thread.pk), by=cast.member, source="But")


def test_a_deleted_thread_takes_no_reply(cast: Cast) -> None:
    thread = said(cast)
    actions.delete_message(thread, by=cast.member)
    with pytest.raises(errors.MessageIsGone):
        actions.reply_to(thread, by=cast.tender, source="But")


def test_a_question_is_answered_by_somebody_else_not_by_its_author(cast: Cast) -> None:
    thread = said(cast, kind=Kind.ASK)
    actions.reply_to(thread, by=cast.member, source="Anybody?")
    assert thread_by_id(cast.member, thread.pk).stage == Stage.SAID
    actions.reply_to(thread_by_id(cast.member, thread.pk), by=cast.tender, source="Yes")
    assert thread_by_id(cast.member, thread.pk).stage == Stage.ANSWERED


def test_whoever_is_named_is_told_once_and_not_of_themselves(cast: Cast) -> None:
    said(cast, f"@{cast.tender.handle} and @{cast.member.handle}, see @{cast.tender.handle}")
    assert [why for why, _words in told(cast.tender)] == [Why.MENTION]
    assert told(cast.member) == []


def test_who_is_named_in_a_private_community_and_cannot_read_it_is_not_told(cast: Cast) -> None:
    said(cast, f"About @{cast.outsider.handle}", community=cast.council)
    assert told(cast.outsider) == []


def test_the_author_and_whoever_is_answered_are_told_of_a_reply(cast: Cast) -> None:
    thread = said(cast)
    reply = actions.reply_to(thread, by=cast.tender, source="Hm")
    assert told(cast.member) == [(Why.REPLY, "Hm")]
    actions.reply_to(thread, by=cast.member, source="Yes?", parent=reply)
    assert told(cast.tender) == [(Why.REPLY, "Yes?")]


def test_whoever_left_is_told_nothing(cast: Cast) -> None:
    said(cast, f"@{cast.left.handle} used to know")
    assert told(cast.left) == []
