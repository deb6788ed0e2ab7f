"""Answering without a name, in a real browser, with everything seen that the server sees."""

import json
import re
from hashlib import sha256

from playwright.sync_api import expect

from tests.journeys.answering import (
    KEPT,
    PHONE,
    STORED,
    Opened,
    Ready,
    Watched,
    answer_all,
    keep_the_token,
    send,
    to_answer,
    until,
)
from tests.journeys.asking import ASKED, beginnings, counted, open_from, page_of
from tests.journeys.test_offline import expect_in_charge
from tests.journeys.walking import overflow
from tests.journeys.watching import Seen

MARKED = b"\nglobalThis.marked = (globalThis.marked ?? 0) + 1;\n"
NOTED = "() => caches.match('/speak/kept.json').then((kept) => kept.json())"
COVERED = """async () => {
  const cache = await caches.open("heard-speaking-1"), kept = [];
  for (const request of await cache.keys()) {
    const bytes = await (await cache.match(request)).arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    kept.push([new URL(request.url).pathname, [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("")]);
  }
  return kept.filter(([path]) => path !== "/speak/kept.json").sort(([one], [other]) => (one < other ? -1 : 1));
}"""
"""Every file that is kept for the page, and its SHA-256."""
TOUCHABLE = """(choices) => choices.map((choice) => {
  choice.scrollIntoView({ block: "end" });
  const { x, y, width, height } = choice.getBoundingClientRect();
  return choice.contains(document.elementFromPoint(x + width / 2, y + height / 2));
})"""
"""Of each choice, whether a thumb reaches it where it has just come into view."""
RUN = """() => ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))
  .map(({ name }) => new URL(name)).filter(({ origin }) => origin === location.origin)
  .map(({ pathname }) => pathname)"""
"""Every file of this server that the page that is shown was given."""


def test_a_pulse_is_answered_on_a_phone_and_nothing_that_arrives_says_who(ready: Ready, watched: Watched) -> None:
    page, ballot = ready(**PHONE)
    until(page, KEPT)
    to_answer(page, watched, ballot)
    expect(page.locator(".seal")).to_contain_text(re.compile(r"Counted as one of \d+ in "))
    page.set_viewport_size({"width": 683, "height": 384})
    assert set(page.locator(".pick-one").evaluate_all(TOUCHABLE)) == {True}
    page.set_viewport_size(PHONE["viewport"])
    answer_all(page)
    expect(page.locator(".said")).to_contain_text("Not said")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
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
    page.goto(f"{watched.heard.url}/speak/#answer={ballot}")
    expect(page.locator("heard-answering")).to_contain_text("If you have answered, all is well")


def test_once_it_is_kept_opening_the_page_asks_the_server_for_nothing(ready: Ready, watched: Watched) -> None:
    page, ballot = ready()
    expect_in_charge(page)
    until(page, KEPT)
    fetched = [one for one in watched.pages.seen if one.path.startswith(("/speak/", "/sw.js"))]
    assert {one.path for one in fetched} >= {"/speak/", "/sw.js"}
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


def test_a_page_that_changed_says_so_and_was_fetched_without_a_cookie(ready: Ready, watched: Watched) -> None:
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


def test_a_script_that_changed_under_its_old_name_changes_the_fingerprint_and_the_page_says_so(
    ready: Ready, watched: Watched
) -> None:
    page, _ballot = ready()
    expect_in_charge(page)
    until(page, KEPT)
    before = page.evaluate(NOTED)["digest"]
    watched.pages.spoil = lambda seen, body: body + MARKED if "/confidence/questions." in seen.path else body
    page.evaluate("navigator.serviceWorker.controller.postMessage({ heard: 'keep' })")
    until(page, f"async () => (await ({NOTED})()).before")

    page.goto(f"{watched.heard.url}/speak/")

    expect(page.locator("heard-version")).to_contain_text("This page has changed")
    assert page.evaluate("marked") == 1
    noted = page.evaluate(NOTED)
    assert noted["before"] == before != noted["digest"]
    expect(page.locator("heard-version")).to_contain_text(noted["digest"][:16])


def test_everything_that_the_page_runs_is_under_its_fingerprint_whatever_other_pages_were_given(
    ready: Ready, watched: Watched
) -> None:
    watched.pages.spoil = lambda seen, body: body + MARKED if is_given_to_a_member(seen) else body
    page, ballot = ready()
    expect_in_charge(page)
    until(page, KEPT)
    to_answer(page, watched, ballot)
    assert page.evaluate("globalThis.marked") is None

    kept, files = page.evaluate(COVERED), page.evaluate(RUN)

    assert [one for one in files if one.endswith(".js")]
    assert set(files) <= {path for path, _digest in kept}
    lines = "".join(f"{digest}  {path}\n" for path, digest in kept)
    assert sha256(lines.encode()).hexdigest() == page.evaluate(NOTED)["digest"]


def is_given_to_a_member(seen: Seen) -> bool:
    return seen.path.startswith("/static/js/confidence/") and "Cookie" in seen.headers


def test_a_keyboard_is_enough_and_what_was_answered_waits_for_another_day(ready: Ready, watched: Watched) -> None:
    page, ballot = ready()
    to_answer(page, watched, ballot)
    page.keyboard.press("Enter")
    page.keyboard.press("9")
    page.keyboard.press("Enter")
    expect(page.locator(".asking h1")).to_have_text(str(ASKED[1]["text"]))
    page.get_by_role("button", name="Next").click()
    expect(page.locator(".asking [role=alert]")).to_contain_text("Choose one")
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.locator(".asking h1")).to_have_text(str(ASKED[2]["text"]))

    page.goto("about:blank")
    to_answer(page, watched, ballot)

    expect(page.locator(".asking h1")).to_have_text(str(ASKED[2]["text"]))
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("radio", name="Strongly agree", exact=True)).to_be_checked()
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("radio", name="9", exact=True)).to_be_checked()


def test_a_token_counts_once_and_the_second_time_says_what_to_do(ready: Ready, watched: Watched) -> None:
    page, ballot = ready()
    to_answer(page, watched, ballot)
    answer_all(page)
    page.get_by_label("Keep my token afterwards").check()
    watched.ballots.spoil = lambda seen, body: None if seen.path.endswith("/redeem/") else body
    send(page)
    expect(page.locator(".asking [role=alert]")).to_contain_text("cannot be reached")
    watched.ballots.spoil = None

    send(page)

    expect(page.get_by_role("heading", name="This token counts no more")).to_be_visible()
    expect(page.locator("heard-answering")).to_contain_text("If you sent your answers a moment ago, they have arrived")
    expect(page.locator("heard-answering").get_by_role("link", name="Back to Heard")).to_be_visible()
    expect(page.get_by_role("button", name="Send without my name")).to_have_count(0)
    assert counted(watched.heard, ballot) == {"used": 1, "answers": 3}
    page.goto(f"{watched.heard.url}/speak/#kept")
    expect(page.locator("[data-slot=tokens]")).to_contain_text("Used. Kept because you asked for it.")


def test_a_token_that_is_kept_is_found_in_the_public_list(ready: Ready, watched: Watched) -> None:
    page, ballot = ready()
    keep_the_token(page, watched, ballot)
    (beginning,) = beginnings(watched.heard, ballot)
    expect(page.locator("[data-slot=tokens]")).to_contain_text(beginning)
    expect(page.locator(f"[href='#answer={ballot}']:visible")).to_have_count(0)


def test_when_it_is_closed_the_page_says_so(ready: Ready, watched: Watched) -> None:
    page, ballot = ready()
    to_answer(page, watched, ballot)
    answer_all(page)
    open_from(watched.heard, ballot, -200)
    send(page)
    expect(page.locator(".asking [role=alert]")).to_contain_text("Your answers stay in this browser.")


def test_where_a_browser_cannot_do_its_part_the_page_says_what_to_do(new_page: Opened, watched: Watched) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{watched.heard.url}/speak/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Here script is needed")
    expect(page.locator("noscript code")).to_contain_text(f"heard speak take --url {watched.heard.url}")
    page = new_page()
    watched.pages.spoil = lambda seen, body: None if "/speak." in seen.path and seen.path.endswith(".js") else body
    page.goto(f"{watched.heard.url}/speak/")
    expect(page.get_by_role("heading", level=1)).to_have_text("This page has not begun to work")
    watched.pages.spoil = None
    page = new_page()
    page.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); }")
    page.goto(f"{watched.heard.url}/speak/#answer=1")
    expect(page.locator("h1:visible")).to_have_text("This browser does not get on here")
    page = new_page()
    page.add_init_script("Object.defineProperty(crypto, 'subtle', { get: () => undefined })")
    page.goto(f"{watched.heard.url}/speak/#answer=1")
    expect(page.locator("h1:visible")).to_have_text("This address is not safe enough to speak")


def test_who_is_signed_in_saves_the_public_list_of_keys_as_nobody_in_particular(
    browser_of: Opened, ready: Ready, watched: Watched
) -> None:
    page, ballot = ready()
    page.goto(page_of(watched.heard, ballot))
    button = page.get_by_role("button", name="Keys")
    watched.clear()
    with page.expect_download() as saved:
        button.click()
    assert json.loads(saved.value.path().read_text(encoding="utf-8"))["ballot"] == ballot
    expect(page.locator("heard-listed [role=status]")).to_contain_text(saved.value.suggested_filename)
    (fetched,) = [one for one in watched.ballots.seen if one.path == f"/ballots/{ballot}/keys.json"]
    assert not {"Cookie", "Referer"} & set(fetched.headers)

    plain = browser_of(java_script_enabled=False, **PHONE)
    plain.goto(page.url)
    expect(plain.locator(".flash pre")).to_contain_text(f"heard speak take --url {watched.heard.url}")
    assert overflow(plain) == []
    expect(plain.locator("#audit noscript p")).to_be_visible()
    expect(plain.locator("heard-listed button:visible")).to_have_count(0)
