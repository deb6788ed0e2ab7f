"""Home, as a browser is given it."""

import pytest
from django.test import Client

from heard.foundation.communities.actions import start_community
from heard.foundation.communities.models import Access
from heard.foundation.conversation import actions
from heard.foundation.conversation.models import Thread
from heard.foundation.people.actions import follow
from heard.foundation.people.models import Role
from tests.cast import Cast, a_person, browser_of

pytestmark = pytest.mark.django_db


def say(cast: Cast, source: str = "Hello there", **fields: object) -> Thread:
    """A thread by the tender in the open community."""
    return actions.start_thread(**{"community": cast.community, "by": cast.tender, "source": source, **fields})


@pytest.mark.parametrize("address", ["/", "/newest/", "/unanswered/", "/saved/", "/write/", "/search/", "/news/"])
def test_nobody_reads_without_signing_in(cast: Cast, address: str) -> None:
    answer = browser_of().get(address)
    assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={address}")


@pytest.mark.django_db
def test_where_nobody_is_here_yet_home_leads_to_the_first_page() -> None:
    assert browser_of().get("/")["Location"] == "/begin/"


def test_each_thread_says_why_it_is_there(cast: Cast) -> None:
    say(cast, f"For @{cast.member.handle}"), say(cast)
    page = browser_of(cast.member).get("/").text
    assert "You are named in this" in page
    assert "You belong to Canteen" in page


def test_a_newcomer_is_shown_communities_and_three_things_to_do(cast: Cast) -> None:
    page = browser_of(cast.newcomer).get("/").text
    assert "Three things to begin with" in page
    assert "/communities/canteen/" in page
    assert "works-council" not in page


@pytest.mark.django_db
def test_whoever_is_first_and_alone_is_shown_how_others_come_in() -> None:
    first = a_person("Ada First", roles=(Role.ADMINISTRATOR,))
    browser = browser_of(first)
    page = browser.get("/").text
    assert "You are the first here." in page
    for way in ("/communities/new/", "/people/invitations/", "/arrivals/"):
        assert f'<a href="{way}">' in page
    assert "Follow a colleague" not in page
    a_person("Ben Second")
    assert "Follow a colleague" in browser.get("/").text


@pytest.mark.django_db
def test_an_empty_network_claims_nothing_of_communities_and_questions() -> None:
    browser = browser_of(a_person("Ada First"))
    assert "There is no community yet" in browser.get("/communities/").text
    for address in ("/communities/", "/communities/?show=suggested"):
        assert "You belong to every" not in browser.get(address).text
    assert "Every question has an answer" not in browser.get("/unanswered/").text


def test_one_who_may_only_ask_to_join_is_offered_that(cast: Cast) -> None:
    start_community(name="Night shift", by=cast.tender, access=Access.CLOSED)
    page = browser_of(cast.newcomer).get("/").text
    assert "/communities/night-shift/#ask" in page
    assert "/communities/night-shift/membership/" not in page


def test_the_rail_names_the_readers_communities_before_all_of_it_is_asked_for(cast: Cast) -> None:
    follow(cast.tender, by=cast.outsider)
    say(cast), say(cast, community=cast.council)
    named = '<li><a href="/communities/canteen/" dir="auto">Canteen</a></li>'
    page, rail = (browser_of(cast.member).get(address).text for address in ("/", "/rail/"))
    assert page.count(named) == rail.count(named) == 1
    assert f'<li><a href="/communities/{cast.council.slug}/"' in page
    assert page.index("Your communities") < page.index(named)
    assert "plain-list" not in browser_of(cast.outsider).get("/").text


def test_a_line_says_where_one_had_read_to(cast: Cast) -> None:
    old = say(cast)
    browser = browser_of(cast.member)
    assert browser.post("/read/", {"to": str(old.pk)}).status_code == 302
    assert "You had read to here" not in browser.get("/newest/").text
    say(cast)
    assert browser.get("/newest/").text.count("You had read to here") == 1


@pytest.mark.parametrize("nonsense", ["x", "-1", "9" * 40, "١٢", "1.5", ""])
def test_nonsense_in_the_address_is_the_first_page(cast: Cast, nonsense: str) -> None:
    say(cast, "Only one")
    assert "Only one" in browser_of(cast.member).get("/", {"before": nonsense}).text


def test_older_threads_stand_on_the_next_page(cast: Cast) -> None:
    said = [say(cast, f"Number {nth}.") for nth in range(23)]
    browser = browser_of(cast.member)
    first = browser.get("/newest/").text
    assert ("Number 22." in first, "Number 2." in first) == (True, False)
    second = browser.get("/newest/", {"before": str(said[3].pk)}).text
    assert ("Number 2." in second, "Number 22." in second) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_home_costs_six_queries_and_two_more_for_what_was_never_drawn(
    cast: Cast, count: int, django_assert_num_queries: object
) -> None:
    for nth in range(count):
        say(cast, f"Never drawn {nth}")
    browser = browser_of(cast.member)
    with django_assert_num_queries(8):  # type: ignore[operator]
        browser.get("/")
    with django_assert_num_queries(6):  # type: ignore[operator]
        browser.get("/")


def test_a_card_that_was_drawn_shows_what_changed(cast: Cast) -> None:
    thread = say(cast, "Before")
    browser = browser_of(cast.member)
    assert "Before" in browser.get("/").text
    actions.edit_message(thread, by=cast.tender, source="After")
    assert "After" in browser.get("/").text
    actions.react(thread, "🎉", by=cast.newcomer)
    assert "🎉 1" in browser.get("/").text


def test_a_card_drawn_for_one_shows_nothing_of_theirs_to_another(cast: Cast) -> None:
    thread = say(cast)
    actions.react(thread, "🎉", by=cast.member)
    assert 'aria-pressed="true">🎉' in browser_of(cast.member).get("/").text
    assert 'aria-pressed="true">🎉' not in browser_of(cast.tender).get("/").text


def test_the_news_line_names_the_latest_that_one_may_read(cast: Cast) -> None:
    thread = say(cast, title="Big news")
    after = {"after": str(thread.pk - 1)}
    assert "Big news" in browser_of(cast.member).get("/news/", after).text
    assert "Big news" not in browser_of(cast.outsider).get("/news/", after).text
    assert "Big news" not in browser_of(cast.member).get("/news/", {"after": str(thread.pk)}).text


def test_home_is_light(cast: Cast) -> None:
    for nth in range(20):
        say(cast, f"{nth} " + "A sentence of some length about vans. " * 10)
    assert len(browser_of(cast.member).get("/").content) <= 60_000


def test_another_site_cannot_act_in_somebodys_name(cast: Cast) -> None:
    thread = say(cast)
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {},
    ):
        browser = Client(headers=headers)
        browser.force_login(cast.member)
        assert browser.post(f"/threads/{thread.pk}/save/").status_code == 403
    browser = Client(headers={"origin": "http://testserver"})
    browser.force_login(cast.member)
    assert browser.post(f"/threads/{thread.pk}/save/").status_code == 302


def test_pages_may_run_and_load_only_what_is_ours(cast: Cast) -> None:
    policy = browser_of(cast.member).get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "connect-src 'self' http://testserver:8001" in policy
