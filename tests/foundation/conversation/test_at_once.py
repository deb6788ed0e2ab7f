"""What is sent from two windows, or twice by an impatient hand, at the same moment."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from heard.foundation.conversation import actions
from heard.foundation.conversation.models import Reply, Thread
from tests.at_once import at_once, on_disk
from tests.cast import Cast, a_cast


@pytest.fixture
def people(transactional_db: None, tmp_path: Path) -> Iterator[Cast]:
    with on_disk(tmp_path):
        yield a_cast()


def test_a_thread_that_is_sent_twice_at_once_is_there_once(people: Cast) -> None:
    send = partial(actions.start_thread, community=people.community, by=people.member, source="Hello", once=uuid4())
    given: list[Thread] = []
    assert at_once(*[lambda: given.append(send())] * 4) == []
    assert len({thread.pk for thread in given}) == 1
    assert Thread.objects.count() == 1


def test_a_reply_that_is_sent_twice_at_once_is_there_and_counted_once(people: Cast) -> None:
    thread = actions.start_thread(community=people.community, by=people.member, source="Hello")
    send = partial(actions.reply_to, thread, by=people.tender, source="Hello too", once=uuid4())
    given: list[Reply] = []
    assert at_once(*[lambda: given.append(send())] * 4) == []
    assert len({reply.pk for reply in given}) == 1
    thread.refresh_from_db()
    assert (thread.reply_count, thread.replies.count()) == (1, 1)
