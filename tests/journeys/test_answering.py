"""Answering without a name, in a real browser, with everything seen that the server sees."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.asking import ASKED, ask, counted, open_from
from tests.journeys.conftest import give_password, sign_in
from tests.journeys.running import Heard, running
from tests.journeys.test_offline import expect_in_charge
from tests.journeys.watching import Door, Seen, door

Opened = Callable[..., Page]
PIN = "blue gate 7"
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True, "is_mobile": True}
STORED = """async () => {
  const opening = indexedDB.open("heard-tokens");
  opening.onupgradeneeded = () => opening.transaction.abort();
  const base = await new Promise((done) => {
    opening.onsuccess = () => done(opening.result);
    opening.onerror = () => done(null);
  });
  if (!base) return [];
  const asked = base.transaction("tokens").objectStore("tokens").getAll();
  await new Promise((done) => { asked.onsuccess = done; });
  base.close();
  return asked.result.filter(({ signed }) => signed).map(({ ballot }) => ballot);
}"""
KEPT = "() => caches.match('/speak/kept.json').then(Boolean)"
HAS = f"async (ballot) => (await ({STORED})()).includes(ballot)"


@dataclass
class Watched:
    """Heard behind two doors: one for its pages, one for the addresses that know nobody."""

    heard: Heard
    pages: Door
    ballots: Door

    def clear(self) -> None:
        """Forgets what came through so far."""
        self.pages.seen.clear()
        self.ballots.seen.clear()

    def answers(self) -> list[Seen]:
        """What was handed in."""
        return [one for one in self.ballots.seen if one.path.endswith("/redeem/")]


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("watched")
    with door() as pages, door() as ballots:
        told = {"HEARD_URL": pages.url, "HEARD_BALLOT_URL": ballots.url, "HEARD_TOKEN_WAIT": "1"}
        with running(folder, demo=True, **told) as heard:
            pages.upstream = ballots.upstream = heard.port
            heard.url = pages.url
            yield Watched(heard, pages, ballots)


@pytest.fixture(autouse=True)
def nothing_is_spoiled(watched: Watched) -> Iterator[None]:
    yield
    watched.pages.spoil = watched.ballots.spoil = None


@pytest.fixture(scope="module")
def cookies() -> dict[str, Any]:
    """What signing in left in the browser of each role."""
    return {}


@pytest.fixture
def browser_of(new_page: Opened, watched: Watched, cookies: dict[str, Any]) -> Opened:
    """Opens a page of Heard, signed in, in a browser that has been there never before."""

    def opened(role: str = "member", **options: Any) -> Page:
        if role not in cookies:
            page = new_page()
            sign_in(page, watched.heard, *watched.heard.people[role])
            cookies[role] = {"cookies": page.context.storage_state()["cookies"], "origins": []}
            page.goto("about:blank")
        page = new_page(storage_state=cookies[role], **options)
        page.goto(f"{watched.heard.url}/saved/")
        return page

    return opened


@pytest.fixture
def ready(browser_of: Opened, watched: Watched) -> Callable[..., tuple[Page, str]]:
    """A page whose browser holds the token of a pulse that is open, and the pulse."""

    def made(role: str = "member", **options: Any) -> tuple[Page, str]:
        ballot = ask(watched.heard)
        open_from(watched.heard, ballot, -2)
        page = browser_of(role, **options)
        until(page, HAS, ballot)
        return page, ballot

    return made


def until(page: Page, so: str, ballot: str = "") -> None:
    """Waits until what a script promises is so."""
    for _attempt in range(150):
        if page.evaluate(so, ballot):
            return
        page.wait_for_timeout(100)
    raise AssertionError(so)


def to_answer(page: Page, watched: Watched, ballot: str) -> None:
    page.goto(f"{watched.heard.url}/speak/#answer={ballot}")
    expect(page.locator(".asked h1")).to_be_visible()


def pick(page: Page, words: str, then: str) -> None:
    """Chooses, goes on, and waits for the next heading."""
    page.locator(".asked").get_by_text(words, exact=True).click()
    go_on(page, then)


def go_on(page: Page, then: str) -> None:
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".asked h1")).to_have_text(then)


def answer_all(page: Page, comment: str = "More people at night.") -> None:
    """Four screens, as a thumb does it."""
    expect(page.locator(".asked h1")).to_have_text(str(ASKED[0]["text"]))
    pick(page, "8", str(ASKED[1]["text"]))
    pick(page, "Disagree", str(ASKED[2]["text"]))
    pick(page, "I would rather not say", str(ASKED[3]["text"]))
    page.locator(".asked textarea").fill(comment)
    go_on(page, "This is what you send")


def send(page: Page) -> None:
    page.get_by_role("button", name="Send without my name").click()


def test_a_pulse_is_answered_on_a_phone_and_nothing_that_arrives_says_who(
    ready: Callable[..., tuple[Page, str]], watched: Watched
) -> None:
    page, ballot = ready(**PHONE)
    until(page, KEPT)
    to_answer(page, watched, ballot)
    expect(page.locator(".seal")).to_contain_text(re.compile(r"Counted as one of \d+ in "))
    answer_all(page)
    expect(page.locator(".said")).to_contain_text("Not said")
    watched.clear()

    send(page)

    expect(page.get_by_role("heading", name="Your answers have arrived")).to_be_visible()
    (sent,) = watched.answers()
    assert not {"Cookie", "Authorization", "Referer"} & set(sent.headers)
    assert len(sent.body) == 8192
    assert json.loads(sent.body)["answers"] == {"recommend": 8, "answers": 2, "why": "More people at night."}
    assert counted(watched.heard, ballot) == {"used": 1, "answers": 3}
    assert watched.pages.seen == []
    assert ballot not in page.evaluate(STORED)


def test_once_it_is_kept_opening_the_page_asks_the_server_for_nothing(
    ready: Callable[..., tuple[Page, str]], watched: Watched
) -> None:
    page, ballot = ready()
    expect_in_charge(page)
    until(page, KEPT)
    fetched = [one for one in watched.pages.seen if one.path.startswith("/speak/")]
    assert fetched
    assert [one for one in fetched if "Cookie" in one.headers] == []
    page.goto("about:blank")
    watched.clear()

    to_answer(page, watched, ballot)
    answer_all(page)
    for face in ("start", "kept", "know", "write", "receipt", f"carry={ballot}"):
        page.goto(f"{watched.heard.url}/speak/#{face}")
        page.reload()
        expect(page.locator("h1:visible")).to_have_count(1)

    assert [one.path for one in watched.pages.seen] == []
    assert [one for one in watched.ballots.seen if "Cookie" in one.headers] == []


def test_a_page_that_changed_says_so_and_was_fetched_without_a_cookie(
    ready: Callable[..., tuple[Page, str]], watched: Watched
) -> None:
    page, _ballot = ready()
    expect_in_charge(page)
    until(page, KEPT)
    page.goto(f"{watched.heard.url}/speak/")
    expect(page.locator("h1:visible")).to_have_text("Without your name")
    expect(page.locator("heard-version")).to_be_hidden()
    watched.clear()
    watched.pages.spoil = lambda seen, body: body.replace(b"</body>", b"<!-- new --></body>")
    page.evaluate("navigator.serviceWorker.controller.postMessage({ heard: 'keep' })")
    until(page, "() => caches.match('/speak/kept.json').then((kept) => kept.json()).then(({ before }) => before)")

    page.reload()

    expect(page.locator("heard-version")).to_contain_text("This page has changed")
    assert "<!-- new -->" in page.content()
    assert [one.path for one in watched.pages.seen if "Cookie" in one.headers] == []
    page.get_by_role("button", name="I have seen it").click()
    page.reload()
    expect(page.locator("h1:visible")).to_have_text("Without your name")
    expect(page.locator("heard-version")).to_be_hidden()


def test_a_keyboard_is_enough_and_what_was_answered_waits_for_another_day(
    ready: Callable[..., tuple[Page, str]], watched: Watched
) -> None:
    page, ballot = ready()
    to_answer(page, watched, ballot)
    page.keyboard.press("Enter")
    page.keyboard.press("9")
    page.keyboard.press("Enter")
    expect(page.locator(".asked h1")).to_have_text(str(ASKED[1]["text"]))
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".asked [role=alert]")).to_contain_text("Choose one")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.locator(".asked h1")).to_have_text(str(ASKED[2]["text"]))

    page.goto("about:blank")
    to_answer(page, watched, ballot)

    expect(page.locator(".asked h1")).to_have_text(str(ASKED[2]["text"]))
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("radio", name="Strongly agree", exact=True)).to_be_checked()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("radio", name="9", exact=True)).to_be_checked()


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

    expect(page.locator(".asked [role=alert]")).to_contain_text("Your answers stay in this browser.")
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


WHOSE = """async () => {
  const opening = indexedDB.open("heard-tokens");
  await new Promise((done) => { opening.onsuccess = done; });
  const asked = opening.result.transaction("kept").objectStore("kept").get("whose");
  await new Promise((done) => { asked.onsuccess = done; });
  opening.result.close();
  return asked.result;
}"""
DUE = """async () => {
  const opening = indexedDB.open("heard-tokens");
  await new Promise((done) => { opening.onsuccess = done; });
  const kept = opening.result.transaction("kept", "readwrite").objectStore("kept");
  const names = kept.getAllKeys();
  await new Promise((done) => { names.onsuccess = done; });
  for (const name of names.result) if (name.startsWith("due:")) kept.delete(name);
  await new Promise((done) => { kept.transaction.oncomplete = done; });
  opening.result.close();
}"""
"""Has the next page look for tokens at once."""


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
    page.wait_for_timeout(5000)
    page.goto(f"{watched.heard.url}/speak/#answer={ballot}")
    expect(page.get_by_role("heading", name="Your browser took no token")).to_be_visible()
    expect(page.locator("heard-answering")).to_contain_text("log" if what == "log" else "list of keys")
    assert [one for one in watched.pages.seen if one.path == f"/tokens/{ballot}/"] == []


def test_a_token_counts_once_and_the_second_time_says_what_to_do(
    ready: Callable[..., tuple[Page, str]], watched: Watched
) -> None:
    page, ballot = ready()
    to_answer(page, watched, ballot)
    answer_all(page)
    page.get_by_label("Keep my token afterwards").check()
    watched.ballots.spoil = lambda seen, body: None if seen.path.endswith("/redeem/") else body
    send(page)
    expect(page.locator(".asked [role=alert]")).to_contain_text("cannot be reached")
    watched.ballots.spoil = None

    send(page)

    expect(page.locator(".asked [role=alert]")).to_contain_text(
        "If you sent your answers a moment ago, they have arrived"
    )
    assert counted(watched.heard, ballot) == {"used": 1, "answers": 3}


def test_when_it_is_closed_the_page_says_so(ready: Callable[..., tuple[Page, str]], watched: Watched) -> None:
    page, ballot = ready()
    to_answer(page, watched, ballot)
    answer_all(page)
    open_from(watched.heard, ballot, -200)
    send(page)
    expect(page.locator(".asked [role=alert]")).to_contain_text("Your answers stay in this browser.")


def test_another_account_on_the_same_browser_has_none_of_it(
    ready: Callable[..., tuple[Page, str]], watched: Watched, cookies: dict[str, Any], browser_of: Opened
) -> None:
    browser_of("leader").goto("about:blank")
    page, ballot = ready()
    page.context.clear_cookies()
    page.context.add_cookies(cookies["leader"]["cookies"])
    watched.pages.spoil = lambda seen, body: b"[]" if seen.path == "/tokens/" else body
    page.goto(f"{watched.heard.url}/saved/")
    page.wait_for_timeout(4000)
    page.goto(f"{watched.heard.url}/speak/#answer={ballot}")
    expect(page.get_by_role("heading", name="This browser knows of no such question")).to_be_visible()


def test_on_a_shared_computer_tokens_lie_under_a_pin(ready: Callable[..., tuple[Page, str]], watched: Watched) -> None:
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
    ready: Callable[..., tuple[Page, str]], new_page: Opened, watched: Watched
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
    other.get_by_role("button", name="My clock is wrong").click()
    expect(other.locator(".asked h1")).to_contain_text("Question 1")
    other.get_by_text("7", exact=True).click()
    go_on(other, "Question 2, as it stands on your other device or on paper")
    for _nth in range(2):
        other.get_by_text("I would rather not say").click()
        other.get_by_role("button", name="Next").click()
    other.get_by_role("button", name="Next").click()
    send(other)
    expect(other.get_by_role("heading", name="Your answers have arrived")).to_be_visible()
    assert counted(watched.heard, ballot) == {"used": 1, "answers": 1}


def test_a_phone_that_scans_the_code_has_the_words_of_the_questions_too(
    ready: Callable[..., tuple[Page, str]], new_page: Opened, watched: Watched
) -> None:
    page, ballot = ready()
    page.add_init_script(
        """const encode = TextEncoder.prototype.encode;
        TextEncoder.prototype.encode = function (text) {
          if (text?.startsWith("http")) window.link = text;
          return encode.call(this, text);
        };"""
    )
    page.goto(f"{watched.heard.url}/speak/#carry={ballot}")
    expect(page.locator(".carried-code path")).to_be_attached()
    phone = new_page(**PHONE)
    phone.goto(page.evaluate("link"))
    phone.get_by_role("button", name="My clock is wrong").click()
    expect(phone.locator(".asked h1")).to_have_text(str(ASKED[0]["text"]))
    assert "token" not in phone.url
    page.get_by_role("button", name="Forget it here").click()
    expect(page.locator("[data-slot=tokens]")).to_contain_text("No tokens.")


def test_on_a_shared_computer_a_token_comes_only_under_a_pin_and_outlives_signing_out(
    new_page: Opened, watched: Watched
) -> None:
    ballot = ask(watched.heard)
    page = new_page()
    sign_in_on_a_shared_computer(page, watched)
    page.wait_for_timeout(5000)
    page.goto(f"{watched.heard.url}/speak/#answer={ballot}")
    expect(page.get_by_role("heading", name="This computer is marked as shared")).to_be_visible()
    page.get_by_role("link", name="Choose a PIN").click()
    choose_pin(page)
    page.goto(f"{watched.heard.url}/saved/")
    until(page, HAS, ballot)

    page.locator(".account summary").click()
    page.locator(".account").get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in", exact=True).wait_for()

    page.goto(f"{watched.heard.url}/speak/#answer={ballot}")
    expect(page.get_by_role("heading", name="Nobody's tokens are in use here")).to_be_visible()
    sign_in_on_a_shared_computer(page, watched)
    until(page, WHOSE)
    page.goto(f"{watched.heard.url}/speak/#answer={ballot}")
    page.locator("heard-answering").get_by_label("PIN").fill(PIN)
    page.locator("heard-answering").get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", name="This is not open yet")).to_be_visible()


def sign_in_on_a_shared_computer(page: Page, watched: Watched) -> None:
    page.goto(f"{watched.heard.url}/accounts/login/")
    page.get_by_label("Forget me on this computer").check()
    give_password(page, *watched.heard.people["steward"])


def choose_pin(page: Page) -> None:
    page.get_by_label("PIN, at least six characters").fill(PIN)
    page.get_by_label("Once more").fill(PIN)
    page.get_by_role("button", name="Mark as shared").click()
    expect(page.get_by_role("heading", name="This computer is shared")).to_be_visible()


def test_without_script_or_by_plain_http_the_page_says_what_to_do(new_page: Opened, watched: Watched) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{watched.heard.url}/speak/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Here script is needed")
    expect(page.locator("noscript code")).to_have_text("heard speak")
    page = new_page()
    page.add_init_script("Object.defineProperty(crypto, 'subtle', { get: () => undefined })")
    page.goto(f"{watched.heard.url}/speak/#answer=1")
    expect(page.locator("h1:visible")).to_have_text("This address is not safe enough to speak")
