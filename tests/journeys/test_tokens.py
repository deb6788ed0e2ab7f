"""Tokens come unasked, are bound to an account, lie under a PIN where it is wanted, and can be carried."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.answering import (
    DUE,
    HAS,
    KEPT_AS,
    PHONE,
    PIN,
    STORED,
    Opened,
    Ready,
    Watched,
    answer_all,
    choose_pin,
    go_on,
    send,
    until,
)
from tests.journeys.asking import ASKED, ask, counted, page_of
from tests.journeys.codes import PATH, words_of
from tests.journeys.conftest import give_password, sign_in
from tests.journeys.watching import Seen


def test_a_token_comes_unasked_before_anything_opens_and_the_page_says_when(
    browser_of: Opened, watched: Watched
) -> None:
    ballot = ask(watched.heard)
    page = browser_of()
    until(page, HAS, ballot)
    page.goto(f"{watched.heard.url}/speak/#answer={ballot}")
    expect(page.get_by_role("heading", name="This is not open yet")).to_be_visible()
    expect(page.locator("heard-answering")).to_contain_text("The clock of this device says")
    page.get_by_role("button", name="My clock is wrong").click()
    answer_all(page)

    send(page)

    expect(page.locator(".asking [role=alert]")).to_contain_text("Your answers stay in this browser.")
    expect(page.get_by_role("heading", name="This is what you send")).to_be_visible()
    assert counted(watched.heard, ballot) == {"used": 0, "answers": 0}


def test_a_reply_that_is_lost_loses_no_token(browser_of: Opened, watched: Watched) -> None:
    ballot = ask(watched.heard)
    lost: list[bytes] = []

    def lose(seen: Seen, body: bytes) -> bytes | None:
        if seen.method != "POST" or seen.path != f"/tokens/{ballot}/" or lost:
            return body
        lost.append(seen.body)
        return None

    watched.pages.spoil = lose
    page = browser_of()
    while not lost:
        page.wait_for_timeout(100)
    assert ballot not in page.evaluate(STORED)
    watched.clear()
    page.evaluate(DUE)
    page.reload()
    until(page, HAS, ballot)
    assert [one.body for one in watched.pages.seen if one.path == f"/tokens/{ballot}/"] == lost


def test_a_clock_that_is_a_month_ahead_loses_no_token_and_no_answer(ready: Ready, watched: Watched) -> None:
    page, ballot = ready()
    page.add_init_script("const now = Date.now; Date.now = () => now() + Number(localStorage.ahead ?? 0);")
    page.evaluate("localStorage.ahead = 30 * 86400000")
    page.evaluate(DUE)
    page.goto(f"{watched.heard.url}/saved/")
    until(page, KEPT_AS, "due:")
    page.goto(f"{watched.heard.url}/speak/#answer={ballot}")
    expect(page.get_by_role("heading", name="This is closed")).to_be_visible()
    page.get_by_role("button", name="My clock is wrong").click()
    answer_all(page)
    send(page)
    expect(page.get_by_role("heading", name="Your answers have arrived")).to_be_visible()

    page.evaluate("localStorage.ahead = 0")
    later = ask(watched.heard)
    page.goto(f"{watched.heard.url}/saved/")
    until(page, HAS, later)


@pytest.mark.parametrize("what", ["keys", "log"])
def test_who_is_given_other_keys_than_everybody_takes_no_token(browser_of: Opened, watched: Watched, what: str) -> None:
    ballot = ask(watched.heard)

    def mark(seen: Seen, body: bytes) -> bytes:
        if what == "keys" and seen.path == f"/ballots/{ballot}/keys.json":
            return body.replace(b'"n":"', b'"n":"B', 1)
        if what == "log" and seen.path.startswith("/ballots/log.json"):
            return body.replace(ballot.encode(), b"0" * 32)
        return body

    watched.ballots.spoil = mark
    watched.clear()
    page = browser_of()
    page.goto(f"{watched.heard.url}/speak/#kept")
    page.goto(f"{watched.heard.url}/saved/")
    until(page, KEPT_AS, "trouble:")
    page.goto(f"{watched.heard.url}/speak/#answer={ballot}")
    expect(page.get_by_role("heading", name="Your browser took no token")).to_be_visible()
    expect(page.locator("heard-answering")).to_contain_text("log" if what == "log" else "list of keys")
    assert [one for one in watched.pages.seen if one.path == f"/tokens/{ballot}/"] == []


def test_hours_are_those_of_everybody_and_who_is_given_more_tokens_takes_none(
    browser_of: Opened, watched: Watched
) -> None:
    hours, more = ask(watched.heard), ask(watched.heard)
    alone = {hours: {"opens": "2001-01-01T08:00Z", "closes": "2099-01-01T08:00Z", "what": "voice"}, more: {"nth": 2}}

    def mark(seen: Seen, body: bytes) -> bytes:
        if seen.path != "/tokens/":
            return body
        told = json.loads(body)
        return json.dumps(told | {"ballots": [one | alone.get(one["ballot"], {}) for one in told["ballots"]]}).encode()

    watched.pages.spoil = mark
    page = browser_of()
    until(page, HAS, hours)
    until(page, KEPT_AS, "trouble:")
    assert page.evaluate(KEPT_AS, "trouble:") == {more: "count"}
    page.goto(f"{watched.heard.url}/speak/#answer={hours}")
    expect(page.get_by_role("heading", name="This is not open yet")).to_be_visible()
    page.goto(f"{watched.heard.url}/speak/#answer={more}")
    expect(page.locator("heard-answering")).to_contain_text("another number of tokens than it gives everybody")


def test_another_account_on_the_same_browser_has_none_of_it(
    ready: Ready, watched: Watched, entered: dict[str, Any], browser_of: Opened
) -> None:
    browser_of("leader").goto("about:blank")
    page, ballot = ready()
    page.context.clear_cookies()
    page.context.add_cookies(entered["leader"]["cookies"])
    watched.pages.spoil = lambda seen, body: b"[]" if seen.path == "/tokens/" else body
    mine = page.evaluate(KEPT_AS, "whose")
    page.goto(f"{watched.heard.url}/saved/")
    until(page, f"async (mine) => (await ({KEPT_AS})('whose')) !== mine", mine)
    page.goto(f"{watched.heard.url}/speak/#answer={ballot}")
    expect(page.get_by_role("heading", name="This browser knows of no such question")).to_be_visible()


def test_on_a_shared_computer_tokens_lie_under_a_pin(ready: Ready, watched: Watched) -> None:
    page, ballot = ready()
    page.goto(f"{watched.heard.url}/speak/#kept")
    choose_pin(page)
    page.reload()
    page.goto(f"{watched.heard.url}/speak/#answer={ballot}")
    page.locator("heard-answering").get_by_label("PIN").fill("blue gate 8")
    page.locator("heard-answering").get_by_role("button", name="Open").click()
    expect(page.locator("heard-answering [role=alert]")).to_contain_text("not the PIN")
    page.locator("heard-answering").get_by_label("PIN").fill(PIN)
    page.locator("heard-answering").get_by_role("button", name="Open").click()
    answer_all(page)
    send(page)
    expect(page.get_by_role("heading", name="Your answers have arrived")).to_be_visible()


def test_a_token_is_carried_to_a_device_without_an_account_and_counts_there(
    ready: Ready, new_page: Opened, watched: Watched
) -> None:
    page, ballot = ready()
    page.goto(f"{watched.heard.url}/speak/#carry={ballot}")
    expect(page.locator(".carried-code path")).to_be_attached()
    on_paper = page.locator(".carried .secret").inner_text()
    other = new_page(**PHONE)
    other.goto(f"{watched.heard.url}/speak/#kept")
    other.get_by_label("Token").fill(on_paper[:-3])
    other.get_by_role("button", name="Bring it in").click()
    expect(other.locator("[data-bringing] [role=alert]")).to_contain_text("cannot be read")
    other.get_by_label("Token").fill(f"{on_paper[:90]}\n  {on_paper[90:]}")
    other.get_by_role("button", name="Bring it in").click()
    expect(other.locator(".asking h1")).to_have_text(str(ASKED[0]["text"]))
    other.get_by_text("7", exact=True).click()
    go_on(other, str(ASKED[1]["text"]))
    for _nth in range(2):
        other.get_by_text("I would rather not say").click()
        other.get_by_role("button", name="Next").click()
    other.get_by_role("button", name="Next").click()
    send(other)
    expect(other.get_by_role("heading", name="Your answers have arrived")).to_be_visible()
    assert counted(watched.heard, ballot) == {"used": 1, "answers": 1}


def test_a_phone_that_scans_the_code_has_the_words_of_the_questions_too(
    ready: Ready, new_page: Opened, watched: Watched
) -> None:
    page, ballot = ready()
    page.goto(f"{watched.heard.url}/speak/#carry={ballot}")
    link = words_of(page.locator(".carried-code path").evaluate(PATH))
    on_paper = page.locator(".carried .secret").inner_text()
    assert link == f"{watched.heard.url}/speak/#token={on_paper}"
    phone = new_page(**PHONE)
    watched.ballots.spoil = lambda _seen, _body: None
    phone.goto(link)
    expect(phone.get_by_role("heading", name="Somebody’s token is in this link")).to_be_visible()
    assert "token=" not in phone.url
    assert phone.evaluate(STORED) == []
    phone.get_by_role("button", name="I made it: bring it in").click()
    expect(phone.get_by_role("heading", name="Your token was read")).to_be_visible()
    watched.ballots.spoil = None
    phone.get_by_role("button", name="Try again").click()
    expect(phone.locator(".asking h1")).to_have_text(str(ASKED[0]["text"]))
    assert "token" not in phone.url
    page.get_by_role("button", name="Forget it here").click()
    expect(page.locator("[data-slot=tokens]")).not_to_be_empty()
    expect(page.locator(f"[href='#carry={ballot}']")).to_have_count(0)


def test_the_token_of_what_was_withdrawn_is_forgotten_though_its_closing_is_ahead(
    ready: Ready, watched: Watched
) -> None:
    page, ballot = ready()

    def withdraw(seen: Seen, body: bytes) -> bytes:
        if seen.path != "/tokens/":
            return body
        told = json.loads(body)
        return json.dumps(told | {"ballots": [one for one in told["ballots"] if one["ballot"] != ballot]}).encode()

    watched.pages.spoil = withdraw
    page.evaluate(DUE)
    page.goto(f"{watched.heard.url}/saved/")
    until(page, f"async (ballot) => !(await ({STORED})()).includes(ballot)", ballot)
    page.goto(f"{watched.heard.url}/speak/#answer={ballot}")
    expect(page.get_by_role("heading", name="This browser knows of no such question")).to_be_visible()


def test_on_a_shared_computer_a_token_comes_only_under_a_pin_and_outlives_signing_out(
    new_page: Opened, watched: Watched
) -> None:
    ballot = ask(watched.heard)
    page = new_page()
    sign_in_on_a_shared_computer(page, watched)
    until(page, KEPT_AS, "listing:")
    page.goto(f"{watched.heard.url}/speak/#answer={ballot}")
    expect(page.get_by_role("heading", name="This computer is marked as shared")).to_be_visible()
    page.goto(f"{watched.heard.url}/speak/#kept")
    expect(page.locator("[data-slot=tokens]")).to_contain_text("So no token was taken here")
    page.goto(page_of(watched.heard, ballot))
    expect(page.locator("[data-unpinned]")).to_contain_text("So no token was taken here")
    expect(page.get_by_text("Your browser fetches one by itself")).to_be_hidden()
    page.get_by_role("link", name="Choose a PIN").click()
    expect(page.get_by_label("PIN, at least six characters")).to_be_focused()
    choose_pin(page)
    page.goto(f"{watched.heard.url}/saved/")
    until(page, HAS, ballot)

    page.locator(".account summary").click()
    page.locator(".account").get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in", exact=True).wait_for()

    page.goto(f"{watched.heard.url}/speak/#answer={ballot}")
    expect(page.get_by_role("heading", name="Nobody's tokens are in use here")).to_be_visible()
    sign_in_on_a_shared_computer(page, watched)
    until(page, KEPT_AS, "whose")
    page.goto(f"{watched.heard.url}/speak/#answer={ballot}")
    page.locator("heard-answering").get_by_label("PIN").fill(PIN)
    page.locator("heard-answering").get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", name="This is not open yet")).to_be_visible()


def test_signing_out_everywhere_is_asked_once_and_fails_with_no_script(new_page: Opened, watched: Watched) -> None:
    page = new_page()
    sign_in(page, watched.heard, *watched.heard.people["tender"])
    page.goto(f"{watched.heard.url}/me/")
    watched.pages.spoil = lambda seen, body: None if "leaving" in seen.path else body
    watched.clear()
    page.get_by_role("button", name="Sign out everywhere").click()
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Sign out everywhere").click()
    page.get_by_role("button", name="Yes, go on").click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    assert [one.path for one in watched.pages.seen if "leaving" in one.path]
    assert [one.path for one in watched.pages.seen if one.path == "/me/sessions/ending/"] == ["/me/sessions/ending/"]


def sign_in_on_a_shared_computer(page: Page, watched: Watched) -> None:
    page.goto(f"{watched.heard.url}/accounts/login/")
    page.get_by_label("Forget me on this computer").check()
    give_password(page, *watched.heard.people["steward"])
