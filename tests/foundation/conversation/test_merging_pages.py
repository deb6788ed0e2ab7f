"""Merging two threads, as tenders do it on pages: the other is found, shown, and what cannot be is said in words."""

import pytest

from heard.foundation.communities.actions import join, start_community
from heard.foundation.conversation import actions
from heard.foundation.conversation.models import Thread
from tests.cast import Cast, browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(cast: Cast) -> Thread:
    """Said by the member in the open community."""
    return actions.start_thread(community=cast.community, by=cast.member, source="Vans", title="About vans")


@pytest.fixture
def other(cast: Cast) -> Thread:
    """Said there too."""
    return actions.start_thread(community=cast.community, by=cast.member, source="They rust", title="Lorries of ours")


def page_of(cast: Cast, thread: Thread, asked: str = "", **headers: str) -> str:
    return browser_of(cast.tender, **headers).get(f"/threads/{thread.pk}/merge/{asked}").content.decode()


def test_the_other_thread_is_found_by_its_headline_where_the_tender_may_merge(
    cast: Cast, thread: Thread, other: Thread
) -> None:
    elsewhere = start_community(name="Elsewhere", by=cast.administrator)
    garage = start_community(name="Garage", by=cast.administrator)
    join(garage, by=cast.tender)
    for place, title in ((elsewhere, "Lorries of others"), (garage, "Lorries of the garage")):
        actions.start_thread(community=place, by=cast.administrator, source="x", title=title)
    found = page_of(cast, thread, "?q=lorr+ours")
    assert "Lorries of ours" in found
    assert "Lorries of the garage" not in found
    found = page_of(cast, thread, "?q=LORRIES", **{"hx-request": "true"})
    assert "Lorries of the garage" in found
    assert "Lorries of others" not in found
    assert "<h1>" not in found
    assert "About vans" not in page_of(cast, thread, "?q=vans", **{"hx-request": "true"})
    assert "Lorries of ours" in page_of(cast, thread, f"?q=http://testserver/threads/{other.pk}/")


def test_what_is_said_in_private_is_merged_only_there(cast: Cast, other: Thread) -> None:
    secret = actions.start_thread(community=cast.council, by=cast.member, source="Between us")
    assert "Lorries" not in page_of(cast, secret)
    answer = browser_of(cast.tender).post(f"/threads/{secret.pk}/merge/", {"into": str(other.pk)})
    assert answer.status_code == 422
    assert "more people can read what is said in it than here" in answer.content.decode()


def test_the_other_thread_is_shown_before_it_is_done(cast: Cast, thread: Thread, other: Thread) -> None:
    asked = page_of(cast, thread, f"?into={other.pk}")
    assert "Lorries of ours" in asked
    assert "This cannot be undone." in asked
    answer = browser_of(cast.tender).post(f"/threads/{thread.pk}/merge/", {"into": str(other.pk)})
    assert answer.headers["Location"].startswith(f"/threads/{other.pk}/")
    assert Thread.objects.get(pk=thread.pk).merged_into_id == other.pk


@pytest.mark.parametrize("typed", ["", "nonsense", "https://example.org/threads/1/", "9" * 40])
def test_a_wrong_address_is_said_beside_the_search(cast: Cast, thread: Thread, typed: str) -> None:
    answer = browser_of(cast.tender).post(f"/threads/{thread.pk}/merge/", {"into": typed})
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()
    assert 'name="q"' in answer.content.decode()


def test_a_thread_that_is_hidden_or_the_same_is_said_to_be_so(cast: Cast, thread: Thread, other: Thread) -> None:
    actions.hide_message(other, by=cast.tender, because="Rude")
    browser = browser_of(cast.tender)
    for target, said in ((other, "deleted, hidden or merged"), (thread, "Choose another thread")):
        answer = browser.post(f"/threads/{thread.pk}/merge/", {"into": str(target.pk)})
        assert answer.status_code == 422
        assert said in answer.content.decode()
