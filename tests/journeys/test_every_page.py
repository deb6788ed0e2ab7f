"""Every page there is: axe finds nothing, in light and dark, wide and narrow; nothing is wider than the window."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.asking import python
from tests.journeys.running import Heard, running
from tests.journeys.talking import a_picture, reply, say, start_community
from tests.journeys.walking import overflow, pages_of

Opened = Callable[..., Page]
Axed = Callable[[Page], None]
WIDE, NARROW = {"width": 1280, "height": 860}, {"width": 320, "height": 640}
PARTS = 5
ASK = """
import django
django.setup()
from heard.features.asks.actions import ask_vote
ask = ask_vote(by=None, text="The forks should be longer.", about="forks")
print(ask.code, ask.ballot)
"""


@pytest.fixture(scope="module")
def known() -> dict[str, str]:
    """What the names in addresses stand for, once the walker has made it."""
    return {}


@pytest.fixture
def walker(page_for: Opened, heard: Heard, url: str, known: dict[str, str]) -> Page:
    """An administrator, who said something, was told and reported something, and has cards and a list in the making."""
    page = page_for("administrator")
    if "run_id" in known:
        return page
    start_community(page, url)
    known["slug"] = page.url.split("/")[-2]
    known["thread_id"] = say(page, "Who has the **long** forks? #forks", "Long forks").split("/")[-2]
    page.locator("#reply [name=files]").set_input_files(a_picture())
    reply(page, "Nobody, it seems.")
    known["reply_id"] = (page.locator(".reply").get_attribute("id") or "")[1:]
    page.goto(f"{url}/threads/{known['thread_id']}/edit/")
    page.locator("[name=source]").fill("Who has the **longest** forks? #forks")
    page.get_by_role("button", name="Keep").click()
    page.goto(f"{url}/threads/{known['thread_id']}/report/")
    page.locator("[name=because]").fill("Only to see what happens.")
    page.locator("main").get_by_role("button", name="Report").click()
    page.goto(f"{url}/people/invitations/")
    page.get_by_label("Names").fill("Nora New\nOmar New")
    page.get_by_role("button", name="Make cards to print").click()
    known["join code"] = page.locator(".secret").first.inner_text()
    page.goto(f"{url}/arrivals/")
    people = b"name,email\nNora New,nora.new@example.org\n"
    page.locator("[type=file]").set_input_files({"name": "people.csv", "mimeType": "text/csv", "buffer": people})
    page.get_by_role("button", name="Read it through").click()
    page.wait_for_url(re.compile(r"/arrivals/\d+/"))
    known["asks code"], known["ballot"] = python(heard, ASK).split()
    known |= {"run_id": page.url.split("/")[-2], "handle": "joana", "tag": "forks", "code": "none", "size": "preview"}
    known |= dict.fromkeys(("unit_id", "version", "notice_id", "report_id", "request_id"), "1")
    known |= dict.fromkeys(
        ("invitation_id", "grant_id", "joining_id", "device_id", "token", "nth", "listener_id", "state"), "1"
    )
    return page


def look_at(page: Page, address: str, axe: Axed) -> None:
    """The page wide and light, then narrow and dark."""
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)
    page.goto(address)
    axe(page)
    assert overflow(page) == [], f"{address}, wide"
    page.set_viewport_size(NARROW)
    page.emulate_media(color_scheme="dark")
    axe(page)
    assert overflow(page) == [], f"{address}, narrow"


@pytest.fixture(scope="module")
def pages() -> list[str]:
    """The addresses of all pages, once they were looked for."""
    return []


@pytest.fixture
def addresses(walker: Page, url: str, known: dict[str, str], pages: list[str]) -> list[str]:
    """Every page that the walker can open; an address that turns out to be nothing at all fails."""
    if not pages:
        found, wrong = pages_of(walker.request, url, known)
        assert wrong == {}
        assert len(found) > 40
        pages.extend(found)
    return pages


@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing_and_nothing_overflows(
    walker: Page, url: str, addresses: list[str], axe: Axed, part: int
) -> None:
    failures = []
    for address in addresses[part::PARTS]:
        try:
            look_at(walker, url + address, axe)
        except AssertionError as failure:
            failures.append(f"{address}: {failure}")
    assert not failures, "\n\n".join(failures)


def test_pages_of_the_door(new_page: Opened, heard: Heard, axe: Axed) -> None:
    stranger = new_page()
    email = heard.people["member"][0]
    ways = [
        "/accounts/login/",
        "/accounts/inactive/",
        "/accounts/password/reset/done/",
        "/join/",
        "/offline/",
        "/nowhere/",
    ]
    for address in ways:
        look_at(stranger, heard.url + address, axe)
    for address in ("/accounts/login/code/", "/accounts/password/reset/"):
        look_at(stranger, heard.url + address, axe)
        stranger.locator("[name=email]").fill(email)
        stranger.locator("[name=email]").press("Enter")
        stranger.get_by_role("heading", name="Enter the code").wait_for()
        look_at(stranger, stranger.url, axe)


def test_from_right_to_left_nothing_overflows(page_for: Opened, url: str, addresses: list[str]) -> None:
    page = page_for("steward")
    wrong = {address: found for address in addresses if (found := wide_or_narrow(page, url + address))}
    assert wrong == {}


def wide_or_narrow(page: Page, address: str) -> list[str]:
    """What makes the page wider than a wide or a narrow window, when it is written from right to left."""
    page.set_viewport_size(WIDE)
    page.goto(address)
    page.evaluate("document.documentElement.dir = 'rtl'")
    wide = overflow(page)
    page.set_viewport_size(NARROW)
    return wide + overflow(page)


def test_the_first_page_of_an_empty_network(new_page: Opened, tmp_path: Path, axe: Axed) -> None:
    with running(tmp_path, demo=False) as heard:
        page = new_page()
        look_at(page, heard.url, axe)
        assert page.url.endswith("/begin/")
        for name, words in {"name": "Ada First", "email": "ada@example.org", "password": "a long enough word"}.items():
            page.locator(f"[name={name}]").fill(words)
        page.locator("main button").click()
        page.get_by_role("heading", name="Three things to begin with").wait_for()
        for address in (
            "/",
            "/communities/",
            "/people/",
            "/notices/",
            "/write/",
            "/saved/",
            "/units/",
            "/people/chart/",
        ):
            look_at(page, heard.url + address, axe)
