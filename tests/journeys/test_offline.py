"""Where the network or the session ends while somebody writes: nothing is lost, nothing is said twice or by another."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import give_password, sign_in
from tests.journeys.running import Heard
from tests.journeys.talking import a_name, reply, say, start_community

Opened = Callable[..., Page]
KEPT = "caches.match('/write/').then((kept) => kept !== undefined)"
DRAFTS = "Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length"


@pytest.fixture
def thread(page_for: Opened, url: str) -> Page:
    """The page of a thread that the tender has begun, with the worker in charge of it."""
    page = page_for("tender")
    start_community(page, url)
    say(page, "Who has the long forks?")
    expect_in_charge(page)
    return page


def expect_in_charge(page: Page) -> None:
    """Waits until the worker stands between this page and the network."""
    page.evaluate(
        """() => navigator.serviceWorker.controller || new Promise((done) =>
          navigator.serviceWorker.addEventListener("controllerchange", () => done(true), { once: true }))"""
    )


def test_a_page_that_was_not_kept_says_so_and_looks_right(thread: Page, url: str) -> None:
    thread.context.set_offline(True)
    thread.goto(f"{url}/people/")
    expect(thread.get_by_role("heading", name="You are offline")).to_be_visible()
    expect(thread.locator("body")).to_have_css("display", "grid")
    thread.context.set_offline(False)
    thread.get_by_role("link", name="Try again").click()
    expect(thread.get_by_role("heading", level=1, name="Home")).to_be_attached()


def test_a_server_that_does_not_answer_is_not_called_being_offline(thread: Page, url: str) -> None:
    thread.add_init_script("Object.defineProperty(navigator, 'onLine', { get: () => true })")
    thread.context.set_offline(True)
    thread.goto(f"{url}/people/")
    expect(thread.get_by_role("heading", level=1)).to_have_text("Heard cannot be reached")
    expect(thread).to_have_title("Heard cannot be reached")
    expect(thread.get_by_text("You are offline")).to_have_count(2)
    for words in thread.get_by_text("You are offline").all():
        expect(words).to_be_hidden()


def test_a_reply_waits_in_sight_and_goes_out_once_though_two_tabs_send_it(thread: Page) -> None:
    words = a_name("From the tunnel")
    other = thread.context.new_page()
    other.goto(thread.url)
    thread.context.set_offline(True)
    thread.locator("#reply [name=source]").fill(words)
    thread.locator("#reply").get_by_role("button", name="Reply").click()
    expect(thread.locator(".waiting li")).to_contain_text(words)
    expect(thread.locator("#toasts")).to_contain_text("Your post waits")
    expect(thread.locator("#reply [name=source]")).to_have_value("")
    expect(other.locator(".waiting li")).to_contain_text(words)

    thread.context.set_offline(False)

    expect(thread.locator("#replies .reply")).to_have_count(1)
    expect(thread.locator(".waiting")).to_be_hidden()
    other.reload()
    expect(other.locator("#replies .reply")).to_have_count(1)
    expect(other.locator("#replies .reply")).to_contain_text(words)
    expect(other.locator(".waiting")).to_be_hidden()


def test_what_the_phone_shares_opens_in_the_composer_also_without_a_network(thread: Page, url: str) -> None:
    shared = thread.request.get(f"{url}/manifest.webmanifest").json()["share_target"]
    assert (shared["action"], shared["params"]["text"]) == ("/write/", "text")
    address = f"{url}/write/?title=Forks&text=They+are+in+Leith.&url=https%3A%2F%2Fexample.org"
    thread.goto(address)
    expect(thread.locator("[name=title]")).to_have_value("Forks")
    expect(thread.locator("[name=source]")).to_have_value("They are in Leith.\n\nhttps://example.org")
    thread.goto(f"{url}/write/")
    thread.context.set_offline(True)
    thread.goto(address)
    expect(thread.locator("[name=title]")).to_have_value("Forks")
    expect(thread.locator("[name=source]")).to_have_value("They are in Leith.\n\nhttps://example.org")


def test_a_session_that_ended_elsewhere_costs_no_words(
    new_page: Opened, heard: Heard, sessions: dict[str, Any]
) -> None:
    page, other = new_page(), new_page()
    for one in (page, other):
        sign_in(one, heard, *heard.people["steward"])
    sessions.pop("steward", None)
    start_community(page, heard.url)
    say(page, "Who has the long forks?")
    reply(page, "Not I.")
    text, button = page.locator("#reply [name=source]"), page.locator("#reply").get_by_role("button", name="Reply")
    text.fill("I do, and I am sorry.")
    other.goto(f"{heard.url}/me/")
    other.get_by_role("button", name="Sign out everywhere").click()
    other.get_by_role("alertdialog").get_by_role("button", name="Yes, go on").click()
    other.get_by_role("button", name="Sign in", exact=True).wait_for()

    button.click()

    expect(page.locator("#reply").get_by_role("alert").first).to_contain_text("You were signed out")
    expect(page.locator("#replies").get_by_text("Not I.")).to_be_visible()
    expect(text).to_have_value("I do, and I am sorry.")
    tab = page.context.new_page()
    sign_in(tab, heard, *heard.people["steward"])
    tab.goto(page.url)
    expect(tab.locator("#reply [name=source]")).to_have_value("I do, and I am sorry.")
    tab.close()
    button.click()
    expect(page.locator("#replies .reply").last).to_contain_text("I do, and I am sorry.")
    expect(page.get_by_text("You were signed out")).to_have_count(0)
    page.reload()
    expect(text).to_have_value("")


@pytest.mark.parametrize("way_out", ["/accounts/logout/", "/me/sessions/ending/", None])
def test_the_page_for_writing_is_kept_only_while_somebody_is_signed_in(
    new_page: Opened, heard: Heard, sessions: dict[str, Any], way_out: str | None
) -> None:
    sessions.pop("leader", None)  # signing out everywhere ends the one that other journeys share
    page = new_page()
    sign_in(page, heard, *heard.people["leader"])
    expect_in_charge(page)
    page.goto(f"{heard.url}/write/")
    assert page.evaluate(KEPT)
    if way_out:
        page.evaluate(
            """(address) => { const form = document.createElement("form"); form.method = "post";
              form.action = address; document.body.append(form); form.submit(); }""",
            way_out,
        )
    else:
        page.context.clear_cookies()
        page.goto(f"{heard.url}/people/")
    page.get_by_role("button", name="Sign in", exact=True).wait_for()
    assert not page.evaluate(KEPT)


def test_a_shared_computer_forgets_whoever_signs_out(new_page: Opened, heard: Heard) -> None:
    page = new_page()
    page.goto(f"{heard.url}/accounts/login/")
    page.get_by_label("Forget me on this computer").check()
    give_password(page, *heard.people["leader"])
    expect_in_charge(page)
    page.goto(f"{heard.url}/write/")
    page.locator("[name=source]").fill("Half a sentence")
    page.goto(f"{heard.url}/write/")
    expect(page.locator("[name=source]")).to_have_value("Half a sentence")
    assert page.evaluate(DRAFTS) == 1
    assert page.evaluate(KEPT)
    assert [one for one in page.context.cookies() if one["name"] == "heard" and one["expires"] > 0] == []

    page.locator(".account summary").click()
    page.locator(".account").get_by_role("button", name="Sign out").click()

    page.get_by_role("button", name="Sign in", exact=True).wait_for()
    assert page.evaluate(DRAFTS) == 0
    assert not page.evaluate(KEPT)
    page.goto(f"{heard.url}/write/")
    expect(page).to_have_url(re.compile("/accounts/login/"))
