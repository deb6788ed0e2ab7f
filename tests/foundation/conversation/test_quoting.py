"""What was taken back is quoted in nobody's notices any more."""

import pytest

from heard.foundation.conversation.actions import (
    delete_message,
    hide_message,
    merge_thread,
    reply_to,
    start_thread,
)
from heard.foundation.conversation.models import Reply
from heard.foundation.notices.models import Notice, Why


@pytest.fixture
def thread(cast):
    """Said by the member, naming the newcomer."""
    return start_thread(community=cast.community, by=cast.member, source=f"Secret soup for @{cast.newcomer.handle}")


@pytest.fixture
def reply(cast, thread):
    """Said by the tender, so that the member is told."""
    return reply_to(thread, by=cast.tender, source="Secret salad")


def quoted(person, why):
    return list(Notice.objects.filter(person=person, why=why).values_list("words", flat=True))


def test_a_deleted_thread_is_not_quoted_and_its_replies_still_are(cast, thread, reply):
    delete_message(thread, by=cast.member)
    assert quoted(cast.newcomer, Why.MENTION) == [""]
    assert quoted(cast.member, Why.REPLY) == ["Secret salad"]


def test_a_deleted_or_hidden_reply_is_not_quoted_and_its_thread_still_is(cast, thread, reply):
    hide_message(reply, by=cast.tender, because="Off topic")
    assert quoted(cast.member, Why.REPLY) == [""]
    assert "Secret soup" in quoted(cast.newcomer, Why.MENTION)[0]


def test_nor_is_what_was_deleted_after_two_threads_became_one(cast, thread, reply):
    other = start_thread(community=cast.community, by=cast.tender, source="All about soup")
    merge_thread(thread, other, by=cast.tender)
    delete_message(Reply.objects.get(pk=reply.pk), by=cast.tender)
    delete_message(Reply.objects.get(pk=thread.pk), by=cast.member)
    assert quoted(cast.member, Why.REPLY) == [""]
    assert quoted(cast.newcomer, Why.MENTION) == [""]
