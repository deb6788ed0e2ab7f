"""Says things and looks for them, as the worker and the page do."""

from collections.abc import Callable

import pytest

from heard.foundation.communities.models import Community
from heard.foundation.conversation.actions import reply_to, start_thread
from heard.foundation.conversation.models import Thread
from heard.foundation.people.models import Person
from heard.foundation.search.actions import take_changes
from heard.foundation.search.queries import find
from heard.foundation.search.rules import understood

Look = Callable[..., list[str]]


@pytest.fixture
def look() -> Look:
    """Gives the passages that somebody finds, once what was said is indexed."""

    def looked(person: Person, typed: str, *, best: bool = False) -> list[str]:
        take_changes()
        return [str(hit.passage or hit.title) for hit in find(person, understood(typed), best=best).hits]

    return looked


def say(community: Community, by: Person, source: str, **fields: object) -> Thread:
    """A thread."""
    return start_thread(community=community, by=by, source=source, **fields)  # type: ignore[arg-type]


def answer(thread: Thread, by: Person, source: str) -> object:
    """A reply."""
    return reply_to(thread, by=by, source=source)
