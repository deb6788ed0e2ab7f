"""The search box: colleagues, communities and hashtags that begin with what was typed."""

import pytest

from heard.foundation.communities.actions import start_community
from heard.foundation.conversation.actions import start_thread
from tests.cast import Cast, a_person, browser_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("count", "leads_on"), [(12, False), (13, True)])
def test_where_more_is_found_than_is_shown_the_whole_list_is_a_step_away(
    cast: Cast, count: int, leads_on: bool
) -> None:
    for nth in range(count):
        a_person(f"Zoe {chr(65 + nth)} & Co")
        start_community(name=f"Zoe & {nth}", by=cast.tender)
    page = browser_of(cast.member).get("/search/", {"q": "zoe"}).text
    assert page.count("Zoe ") >= 24
    assert ('href="/people/?q=zoe"' in page) == leads_on
    assert ('href="/communities/?q=zoe"' in page) == leads_on


def test_what_is_in_private_is_not_found(cast: Cast) -> None:
    start_thread(community=cast.council, by=cast.member, source="#zeppelin")
    assert "#zeppelin" in browser_of(cast.member).get("/search/?q=zepp").text
    page = browser_of(cast.outsider).get("/search/?q=zepp").text
    assert "Nothing begins with these words" in page
