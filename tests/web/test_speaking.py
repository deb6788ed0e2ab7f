"""The page for speaking without a name is one page: whoever asks for it, and whoever they say they are."""

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, browser_of

pytestmark = pytest.mark.django_db


def test_the_page_is_the_same_for_all_byte_for_byte(cast: Cast) -> None:
    one, other, nobody = browser_of(cast.member), browser_of(cast.administrator), Client()
    other.cookies["theme"] = "dark"
    nobody.cookies["language"] = "de"
    pages = {
        browser.get("/speak/", headers={"Accept-Language": language}).content
        for browser, language in ((one, "en"), (other, "fr"), (nobody, "de"), (Client(), ""))
    }
    assert len(pages) == 1
    assert cast.member.name.encode() not in pages.pop()


def test_the_page_sets_no_cookie_and_asks_the_database_for_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        for address in ("/speak/", "/speak/where.json"):
            answer = Client().get(address)
            assert (answer.status_code, answer.cookies) == (200, {})


def test_the_page_may_ask_two_places_and_tells_neither_where_it_is(settings: Any) -> None:
    settings.HEARD_BALLOT_URL = "https://answers.example.org"
    answer = Client().get("/speak/")
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    assert policy["connect-src"] == "'self' https://answers.example.org"
    assert policy["form-action"] == "'none'"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert Client().get("/speak/where.json").json() == {"ballots": "https://answers.example.org"}


def test_where_both_are_one_the_page_stays_on_its_own_origin(settings: Any) -> None:
    settings.HEARD_BALLOT_URL = settings.HEARD_URL
    assert Client().get("/speak/where.json").json() == {"ballots": ""}


def test_without_script_the_page_says_why_it_is_needed_and_offers_the_command_line(settings: Any) -> None:
    page = Client().get("/speak/").text
    without = page[page.index("<noscript>") : page.index("</noscript>")]
    assert "Here script is needed" in without
    assert f"<code>heard speak take --url {settings.HEARD_URL}\n" in without
    whole = f"heard speak take --url {settings.HEARD_URL}\nheard speak answer FILE --url {settings.HEARD_URL}</code>"
    assert page.count(whole) == page.count("heard speak take") == page.count("heard speak answer") == 4


def test_the_page_says_to_all_who_is_too_new_to_be_asked() -> None:
    page = Client().get("/speak/").text
    for screen in ("unknown", "tokenless"):
        told = page[page.index(f'data-screen="{screen}"') :].split("</template>")[0]
        assert "first signed in less than 30 days before" in told
        assert "after those 30 days" in told


def test_the_page_says_what_a_dishonest_operator_could_do_and_each_way_round_it() -> None:
    page = Client().get("/speak/").text
    told = page[page.index('data-face="know"') :].split("</section>")[0]
    could, ways = told.split("What a dishonest operator could do while you answer")[1].split("Ways round it:")
    for attack in ("another page than this", "watch the network as you send", "accounts that are nobody's"):
        assert attack in could
    for way in (
        "says when it has changed",
        "numbers to compare with a colleague",
        "from another network or device",
        "heard speak take --url",
        "Look who is in your group",
        "whether a token was issued in your name",
        "no more answers than tokens",
    ):
        assert way in ways
