"""The one search page: what was said, files, colleagues, communities and hashtags."""

from typing import Any

import pytest
from django.utils.html import escape

from heard.foundation.communities.actions import start_community
from heard.foundation.conversation.actions import reply_to, start_thread
from heard.foundation.search.actions import take_changes
from tests.cast import Cast, a_person, browser_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("count", "leads_on"), [(12, False), (13, True)])
def test_where_more_is_found_than_is_shown_the_whole_list_is_a_step_away(
    cast: Cast, count: int, leads_on: bool
) -> None:
    for nth in range(count):
        a_person(f"Zoe {chr(65 + nth)} & Co")
        start_community(name=f"Zoe & {nth}", by=cast.tender)
    people = browser_of(cast.member).get("/search/", {"q": "zoe", "show": "people"}).text
    places = browser_of(cast.member).get("/search/", {"q": "zoe", "show": "communities"}).text
    assert people.count("Zoe ") >= 12
    assert ('href="/people/?q=zoe"' in people) == leads_on
    assert places.count("Zoe ") >= 12
    assert ('href="/communities/?q=zoe"' in places) == leads_on


def test_of_everything_a_glimpse_stands_above_what_was_said(cast: Cast) -> None:
    a_person("Zoe Zander")
    start_thread(community=cast.community, by=cast.member, source="Zoe is our new colleague")
    take_changes()
    page = browser_of(cast.member).get("/search/", {"q": "zoe"}).text
    assert "Zoe Zander" in page
    assert "<mark>Zoe</mark> is our new colleague" in page


def test_what_is_in_private_is_not_found(cast: Cast) -> None:
    start_thread(community=cast.council, by=cast.member, source="#zeppelin")
    take_changes()
    assert "#zeppelin" in browser_of(cast.member).get("/search/?q=zepp").text
    page = browser_of(cast.outsider).get("/search/?q=zepp").text
    assert "zeppelin" not in page
    assert "Nothing found" in page


def test_a_typing_error_is_forgiven_and_said(cast: Cast) -> None:
    start_thread(community=cast.community, by=cast.member, source="The forklift stands in the yard")
    take_changes()
    page = browser_of(cast.member).get("/search/?q=forklfit+yard").text
    assert "Nothing was found for “forklfit yard”" in page
    assert "<strong>forklift yard</strong>" in page
    assert "The <mark>forklift</mark> stands" in page


def test_filters_are_links_that_turn_themselves_over(cast: Cast) -> None:
    start_thread(community=cast.community, by=cast.member, source="peas")
    take_changes()
    page = browser_of(cast.member).get("/search/?q=peas").text
    assert 'href="?q=peas&amp;from=me"' in page
    page = browser_of(cast.member).get("/search/?q=peas&from=me").text
    assert 'class="chip on" href="?q=peas"' in page
    assert "<mark>peas</mark>" in page


@pytest.mark.parametrize(
    "typed",
    ["a", "the", "-", "!!! ???", '"', '""', "-a", "from:", "from:nobody-at-all", "in:nowhere", "has:gold", "after:soon",
     "AND OR NOT", "x" * 10_000, "a b " * 3000, "from:me " * 900, "*", "a*", "'; DROP TABLE", "()", "NEAR(a b)", "\\",
     "&|!", "%", "{title}:a", "會", "\0", "before:0001-01-01", "after:9999-12-31", "#1", "#", "e\u0301", "½", "<->"],
)  # fmt: skip
def test_whatever_is_typed_is_answered_with_a_page(cast: Cast, typed: str) -> None:
    start_thread(community=cast.community, by=cast.member, source="peas, 會 and a")
    take_changes()
    for order in ("", "best"):
        answer = browser_of(cast.member).get("/search/", {"q": typed, "order": order})
        assert answer.status_code == 200


def test_a_further_page_follows_where_there_is_one(cast: Cast) -> None:
    for nth in range(15):
        start_thread(community=cast.community, by=cast.member, source=f"peas number {nth}")
    take_changes()
    browser = browser_of(cast.member)
    page = browser.get("/search/?q=peas")
    assert page.text.count("<article") == 10
    assert browser.get("/search/" + page.context["older"]).text.count("<article") == 5
    best = browser.get("/search/?q=peas&order=best")
    assert browser.get("/search/" + best.context["older"]).text.count("<article") == 5


def test_a_mistyped_name_is_forgiven(cast: Cast) -> None:
    a_person("Joana Ribeiro")
    take_changes()
    assert "Joana Ribeiro" in browser_of(cast.member).get("/search/?q=jaona+ribiero").text
    assert "Joana Ribeiro" in browser_of(cast.member).get("/search/?q=ribeirro&show=people").text
    assert "Joana Ribeiro" not in browser_of(cast.member).get("/search/?q=rosenberg").text


def test_a_mistyped_tag_leads_to_the_tag_that_was_meant(cast: Cast) -> None:
    a_person("Retruns Person")
    start_thread(community=cast.community, by=cast.member, source="Send it back #returns")
    start_thread(community=cast.council, by=cast.member, source="Send it back #returnz")
    take_changes()
    page = browser_of(cast.outsider).get("/search/?q=%23retruns").text
    assert "No thread that you may read has the tag #retruns." in page
    assert ">#returns</a>" in page
    assert "#returnz" not in page
    assert "Retruns Person" not in page


@pytest.mark.parametrize("typed", ["kind:foo", "-", '""'])
def test_where_no_word_is_there_that_is_said(cast: Cast, typed: str) -> None:
    page = browser_of(cast.member).get("/search/", {"q": typed}).text
    assert "There is no word in this." in page
    assert "Nothing found" not in page


def test_people_and_communities_without_a_word_are_all_of_them(cast: Cast) -> None:
    assert cast.tender.name in browser_of(cast.member).get("/search/?show=people").text
    page = browser_of(cast.member).get("/search/?show=communities").text
    assert cast.community.name in page.split('id="found"')[1]


def test_the_best_are_followed_by_more_and_the_newest_by_older(cast: Cast) -> None:
    for nth in range(121):
        start_thread(community=cast.community, by=cast.member, source=f"peas number {nth}")
    take_changes()
    best = browser_of(cast.member).get("/search/?q=peas&order=best").text
    assert 'rel="next">More</a>' in best
    assert "These are the best 60 of what was found." in best
    newest = browser_of(cast.member).get("/search/?q=peas").text
    assert 'rel="next">Older</a>' in newest
    assert "best 60" not in newest


@pytest.mark.parametrize("count", [11, 14])
def test_a_page_costs_thirteen_queries_at_most_however_much_is_found(
    cast: Cast, count: int, django_assert_max_num_queries: Any
) -> None:
    thread = start_thread(community=cast.community, by=cast.tender, source="peas")
    for nth in range(count):
        reply_to(thread, by=cast.member, source=f"peas {nth} and carrots")
    take_changes()
    browser = browser_of(cast.member)
    with django_assert_max_num_queries(13):
        page = browser.get("/search/?q=peas+carrots").text
    assert page.count("<article") == 10
    with django_assert_max_num_queries(11):
        browser.get("/search/?q=peas+carrots", headers={"HX-Request": "true"})


def test_a_part_is_what_stands_in_the_page(cast: Cast) -> None:
    start_thread(community=cast.community, by=cast.member, source="peas")
    take_changes()
    browser = browser_of(cast.member)
    for asked in ("", "?q=peas", "?q=nothing", "?show=people"):
        part = browser.get(f"/search/{asked}", headers={"HX-Request": "true"}).text
        assert part.startswith('<div class="stack" id="found">')
        assert part in browser.get(f"/search/{asked}").text


def test_what_one_typed_stands_in_both_fields_of_their_page_and_in_no_other(cast: Cast) -> None:
    typed = '"><b>peas & \ue000'
    browser = browser_of(cast.member)
    page = browser.get("/search/", {"q": typed, "from": typed, "has": typed}).text
    assert page.count(f'name="q" placeholder="Search" value="{escape(typed)}"') == 1
    assert page.count(f'name="q" value="{escape(typed)}"') == 1
    assert page.count(f'name="from" value="{escape(typed)}"') == page.count(f'name="has" value="{escape(typed)}"') == 1
    assert "<b>peas" not in page
    assert "peas" not in browser.get("/search/").text
    assert "peas" not in browser.get("/").text


def test_the_form_offers_the_readers_communities_and_keeps_what_was_chosen(cast: Cast) -> None:
    browser = browser_of(cast.member)
    page = browser.get("/search/", {"in": cast.council.slug, "after": "2026-01-01"}).text
    assert f'<option value="{cast.council.slug}" selected>{cast.council.name}</option>' in page
    assert f'<option value="{cast.community.slug}">{cast.community.name}</option>' in page
    assert 'name="after" value="2026-01-01"' in page
    assert '<details id="narrow" open>' in page
    assert "<option" in (page := browser_of(cast.outsider).get("/search/").text)
    assert cast.community.name not in page
