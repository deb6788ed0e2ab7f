"""A colleague's page, and what its reader may not see on it."""

import pytest

from heard.foundation.conversation.actions import start_thread
from heard.foundation.people.actions import change_profile
from tests.cast import browser_of

pytestmark = pytest.mark.django_db


def page_for(reader, handle="mina.member") -> str:
    answer = browser_of(reader).get(f"/people/{handle}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_was_said_behind_a_door_stays_behind_it(cast):
    start_thread(community=cast.community, by=cast.member, source="Soup is back", title="Canteen news")
    start_thread(community=cast.council, by=cast.member, source="A private word", title="Council matters")
    assert "Council matters" in page_for(cast.tender)
    for reader in (cast.outsider, cast.newcomer, cast.administrator):
        assert "Canteen news" in page_for(reader)
        assert "Council matters" not in page_for(reader)
        assert "A private word" not in page_for(reader)


def test_a_profile_says_who_somebody_is(cast):
    said = {
        "about": "I bake <b>bread</b>.",
        "skills": ["sourdough"],
        "languages": ["Polish"],
        "time_zone": "Asia/Tokyo",
    }
    change_profile(cast.member, by=cast.member, title="Baker", **said)
    change_profile(cast.member, by=cast.steward, manager=cast.tender, staff_number="4711")
    page = page_for(cast.outsider)
    for words in ("Baker", "I bake &lt;b&gt;bread", "sourdough", "Polish", "Tom Tender", "Time there"):
        assert words in page
    assert "4711" not in page
    assert "4711" in page_for(cast.tender)


def test_an_address_goes_on_in_the_next_line_only_after_its_marks(cast):
    assert ">mina.<wbr>member@<wbr>example.<wbr>org</a>" in page_for(cast.outsider)


def test_whoever_left_stands_in_no_org_chart(cast):
    assert "/people/mina.member/chart/" in page_for(cast.outsider)
    assert "/people/leo.left/chart/" not in page_for(cast.outsider, "leo.left")


def test_a_zone_that_is_none_is_no_fault(cast):
    change_profile(cast.member, by=cast.member, time_zone="Mars/Olympus")
    assert "Time there" not in page_for(cast.outsider)


def test_what_only_some_may_do_is_offered_to_them_alone(cast):
    assert "They leave" in page_for(cast.steward)
    assert "Give a role" not in page_for(cast.steward)
    assert "Give a role" in page_for(cast.administrator)
    assert "They leave" not in page_for(cast.steward, "ada.admin")
    for words in ("They leave", "Give a role", "/edit/"):
        assert words not in page_for(cast.outsider)


@pytest.mark.parametrize("threads", [1, 3])
def test_a_profile_costs_as_many_queries_for_three_threads_as_for_one(cast, threads, django_assert_num_queries):
    for nth in range(threads):
        start_thread(community=cast.community, by=cast.member, source=f"Word {nth}")
    client = browser_of(cast.outsider)
    client.get("/people/mina.member/")
    with django_assert_num_queries(9):
        client.get("/people/mina.member/")
