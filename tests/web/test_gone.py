"""What is gone is gone from every page: only a tombstone is left of words that were deleted or hidden."""

from collections.abc import Callable

import pytest
from django.urls import get_resolver, reverse

from heard.foundation.conversation import actions
from heard.foundation.conversation.models import Reply, Thread
from heard.foundation.people.models import Person
from tests.cast import Cast, browser_of
from tests.test_addresses import routes

pytestmark = [pytest.mark.django_db, pytest.mark.whole]
WORDS = "Quokkas"
HTMX = {"hx-request": "true"}


def addresses(thread: Thread, reply: Reply) -> list[str]:
    """Every address of a thread and of a reply in it."""
    found = [route for route in routes(get_resolver()) if route.startswith("threads/<int:thread_id>/")]
    assert len(found) > 20
    ids = {"<int:thread_id>": str(thread.pk), "<int:reply_id>": str(reply.pk)}
    for name, pk in ids.items():
        found = [f"{route.replace(name, pk)}" for route in found]
    return [f"/{route}" for route in found]


def shown_to(person: Person, thread: Thread, reply: Reply) -> dict[str, int]:
    """The addresses that show the words to `person`; none for a fault."""
    leaks = {}
    browsers = [browser_of(person), browser_of(person, **HTMX)]
    for address in addresses(thread, reply):
        for browser in browsers:
            answers = [browser.get(address)]
            if address.endswith(("/replies/", "/reactions/", "/report/", "/reactions/withdrawal/", "/save/")):
                answers.append(browser.post(address, {"source": "And?", "emoji": "👍", "because": "Look"}))
            for answer in answers:
                assert answer.status_code < 500
                if WORDS in answer.text:
                    leaks[address] = answer.status_code
    return leaks


def deleted(message: Thread | Reply, cast: Cast) -> None:
    actions.delete_message(message, by=cast.member)


def hidden(message: Thread | Reply, cast: Cast) -> None:
    actions.hide_message(message, by=cast.tender, because="Rude")


@pytest.fixture
def reply(cast: Cast) -> Reply:
    """A member's words, said and edited in a thread of theirs."""
    thread = actions.start_thread(community=cast.community, by=cast.member, source="Said", title="Things")
    reply = actions.reply_to(thread, by=cast.member, source=f"{WORDS} before")
    actions.edit_message(reply, by=cast.member, source=f"{WORDS} **now**")
    return reply


@pytest.fixture
def thread(cast: Cast) -> Thread:
    """A member's words, said and edited, with a title."""
    thread = actions.start_thread(community=cast.community, by=cast.member, source=f"{WORDS} are", title=WORDS)
    actions.edit_message(thread, by=cast.member, source=f"{WORDS} were", title=f"{WORDS}!")
    return thread


@pytest.mark.parametrize("role", ["outsider", "tender", "steward", "administrator"])
@pytest.mark.parametrize("go", [deleted, hidden])
def test_no_address_shows_the_words_of_a_reply_that_is_gone(
    cast: Cast, reply: Reply, go: Callable[[Reply, Cast], None], role: str
) -> None:
    assert shown_to(getattr(cast, role), reply.thread, reply)
    go(reply, cast)
    leaks = shown_to(getattr(cast, role), reply.thread, reply)
    assert not leaks or (go is hidden and set(leaks) == {f"/threads/{reply.thread_id}/{reply.pk}/hiding/"})
    assert not leaks or role != "outsider"


@pytest.mark.parametrize("role", ["outsider", "tender", "steward", "administrator"])
@pytest.mark.parametrize("go", [deleted, hidden])
def test_no_address_shows_the_words_or_the_title_of_a_thread_that_is_gone(
    cast: Cast, thread: Thread, go: Callable[[Thread, Cast], None], role: str
) -> None:
    reply = actions.reply_to(thread, by=cast.tender, source="Really?")
    assert shown_to(getattr(cast, role), thread, reply)
    go(thread, cast)
    leaks = shown_to(getattr(cast, role), thread, reply)
    assert not leaks or (go is hidden and set(leaks) == {f"/threads/{thread.pk}/hiding/"})
    assert not leaks or role != "outsider"


def test_words_that_are_deleted_after_a_merge_are_not_read_where_they_stood_before(cast: Cast, thread: Thread) -> None:
    other = actions.start_thread(community=cast.community, by=cast.tender, source="Other")
    opening = actions.merge_thread(thread, other, by=cast.tender)
    actions.delete_message(opening, by=cast.member)
    assert shown_to(cast.outsider, thread, opening) == {}
    assert shown_to(cast.outsider, other, opening) == {}


def test_what_is_said_from_a_page_of_a_merged_thread_is_said_where_it_went(cast: Cast, thread: Thread) -> None:
    other = actions.start_thread(community=cast.community, by=cast.tender, source="Other")
    actions.merge_thread(thread, other, by=cast.tender)
    answer = browser_of(cast.member, **HTMX).post(f"/threads/{thread.pk}/replies/", {"source": "And one more"})
    assert "And one more" in answer.text
    assert other.replies.filter(source="And one more").exists()


def test_whoever_answers_words_that_went_meanwhile_keeps_their_own(cast: Cast, reply: Reply) -> None:
    deleted(reply, cast)
    address = reverse("conversation:answer", args=[reply.thread_id, reply.pk])
    assert "This was deleted" in browser_of(cast.tender).get(address).text
    for headers in ({}, HTMX):
        sent = {"source": "My answer"}
        answer = browser_of(cast.tender, **headers).post(f"/threads/{reply.thread_id}/{reply.pk}/replies/", sent)
        assert answer.status_code == 422
        assert "My answer" in answer.text
        assert "This was deleted" in answer.text


def test_what_is_gone_is_not_reported(cast: Cast, reply: Reply) -> None:
    deleted(reply, cast)
    answer = browser_of(cast.tender).post(f"/threads/{reply.thread_id}/{reply.pk}/report/", {"because": "Rude"})
    assert answer.status_code in {302, 303, 422}
    assert not reply.report_set.exists()
