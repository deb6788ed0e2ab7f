"""A listener at the desk, in a real browser: one passphrase for all of it, in the memory of one page and no longer."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.answering import until
from tests.journeys.browsing import chromium, flags
from tests.journeys.conftest import sign_in
from tests.journeys.receipts import stays_when_it_is_left
from tests.journeys.running import Heard
from tests.journeys.voices import KEEPS_A_KEY, KEPT_HERE, reports_that_wait
from tests.journeys.walking import overflow

Opened = Callable[..., Page]
Axed = Callable[[Page], None]
PASSPHRASE = "correct horse battery staple"
PASSWORD = "a rather long password"
SAID = "Bills are paid twice, case {}."
BEGUN = "We have asked the auditors"


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Heard]:
    with reports_that_wait(tmp_path_factory.mktemp("desk")) as it:
        yield it


@pytest.fixture
def page(new_page: Opened, heard: Heard) -> Page:
    page = new_page()
    sign_in(page, heard, "ines.ear@example.org", PASSWORD)
    page.goto(f"{heard.url}/desk/")
    return page


def unlock(page: Page) -> None:
    page.locator("#passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Open").click()
    expect(page.locator(".talk .say").first).to_be_visible()


def open_nth(page: Page, nth: int) -> str:
    """Opens a conversation from the desk; its address."""
    address = page.locator(".on-desk h2 a").nth(nth).get_attribute("href")
    page.locator(".on-desk h2 a").nth(nth).click()
    page.wait_for_url(f"**{address}")
    return str(address)


def is_shut(page: Page) -> None:
    """The passphrase is asked for, and no word of what was said is in the page, seen or not."""
    expect(page.locator("#passphrase")).to_be_visible()
    expect(page.get_by_role("button", name="Lock")).to_be_hidden()
    assert "Bills are paid" not in page.content()


def test_one_passphrase_is_enough_for_all_that_is_read_and_answered_at_the_desk(page: Page, axe: Axed) -> None:
    page.evaluate("window.isTheSame = true")
    first = open_nth(page, 0)
    expect(page).to_have_title("Report of wrongdoing · Heard")
    expect(page.locator("#main")).to_be_focused()
    unlock(page)
    expect(page.locator("#what-it-is .badge")).to_have_text("Seen")
    axe(page)
    page.get_by_role("link", name="Next that waits").click()
    page.wait_for_url(lambda url: first not in url)
    expect(page.locator(".talk .say")).to_contain_text("Bills are paid twice")
    expect(page.locator("#what-it-is .badge")).to_have_text("Seen")
    page.locator("#reply").fill(BEGUN)
    page.get_by_role("link", name="The desk").click()
    expect(page).to_have_title("The desk · Heard")
    expect(page.locator("heard-gist", has_text="Bills are paid twice")).to_have_count(2)
    expect(page.locator("heard-gist .badge:visible")).to_have_count(1)
    axe(page)
    open_nth(page, 2)
    expect(page.locator(".talk .say")).to_contain_text("Bills are paid twice")
    expect(page.locator("#reply")).to_have_value("")
    page.go_back()
    expect(page.locator(".on-desk")).to_be_visible()
    page.go_back()
    expect(page.locator("#reply")).to_have_value(BEGUN)
    page.locator("form[data-way=replies] button").click()
    expect(page.locator(".say.listener")).to_contain_text(BEGUN)
    expect(page.locator("#what-it-is .badge")).to_have_text("Answered")
    expect(page.locator("#who-did")).to_contain_text("Ines Ear replied")
    page.get_by_role("button", name="Done").click()
    expect(page.locator("#what-it-is .badge")).to_have_text("Done")
    expect(page.locator(".say.listener")).to_contain_text(BEGUN)
    assert page.evaluate("window.isTheSame")
    assert overflow(page) == []


def test_it_is_locked_by_the_button_and_by_loading_it_again(page: Page) -> None:
    open_nth(page, 0)
    unlock(page)
    page.locator("#reply").fill(BEGUN)
    page.get_by_role("button", name="Lock").click()
    is_shut(page)
    assert BEGUN not in page.content()
    unlock(page)
    page.get_by_role("link", name="The desk").click()
    expect(page.locator("heard-gist", has_text="Bills are paid twice")).to_be_visible()
    page.get_by_role("button", name="Lock").click()
    expect(page.get_by_role("button", name="Lock")).to_be_hidden()
    assert "Bills are paid" not in page.content()
    open_nth(page, 0)
    unlock(page)
    expect(page.locator("#reply")).to_have_value(BEGUN)
    page.locator("#reply").fill("")
    page.reload()
    is_shut(page)


def test_it_locks_by_itself_and_keeps_what_was_begun(page: Page) -> None:
    page.clock.install()
    open_nth(page, 0)
    unlock(page)
    page.get_by_text("Note to the other listeners", exact=True).click()
    page.locator("#note").fill(BEGUN)
    page.clock.run_for("09:30")
    expect(page.locator(".talk .say").first).to_be_visible()
    page.keyboard.press("Shift")
    page.clock.run_for("09:30")
    expect(page.locator(".talk .say").first).to_be_visible()
    page.clock.run_for("00:40")
    is_shut(page)
    unlock(page)
    expect(page.locator("#note")).to_have_value(BEGUN)


def test_what_was_begun_is_not_lost_by_leaving_the_desk_unasked(page: Page) -> None:
    open_nth(page, 0)
    unlock(page)
    page.locator("#reply").fill(BEGUN)
    page.get_by_role("link", name="The desk").click()
    expect(page.locator(".on-desk")).to_be_visible()
    stays_when_it_is_left(page)
    page.go_back()
    expect(page.locator("#reply")).to_have_value(BEGUN)


def test_nothing_of_it_is_kept_in_the_browser_or_comes_back_with_it(page: Page, heard: Heard) -> None:
    open_nth(page, 0)
    unlock(page)
    page.locator("#reply").fill(BEGUN)
    page.get_by_role("link", name="The desk").click()
    open_nth(page, 1)
    expect(page.locator(".talk .say")).to_be_visible()
    until(page, "() => Boolean(localStorage.getItem('worker-looked-for'))")
    kept = page.evaluate(KEPT_HERE)
    assert "worker-looked-for" in kept
    for word in (PASSPHRASE, "Bills are paid", BEGUN, "key for ECDH"):
        assert word not in kept
    page.evaluate(KEEPS_A_KEY)
    assert "key for ECDH" in page.evaluate(KEPT_HERE), "a key that is kept would have been found"
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    is_shut(page)
    unlock(page)
    page.goto(f"{heard.url}/saved/")
    page.go_back()
    is_shut(page)
    unlock(page)


def test_what_the_browser_writes_to_its_disk_holds_no_word_of_it(
    browser: Browser, heard: Heard, tmp_path: Path
) -> None:
    """Chromium notes what is typed, so that it can open its tabs again: not here, as an ordinary field shows."""
    context = browser.browser_type.launch_persistent_context(tmp_path, executable_path=chromium(), args=flags())
    page, ordinary = context.pages[0], context.new_page()
    sign_in(page, heard, "ines.ear@example.org", PASSWORD)
    ordinary.goto(f"{heard.url}/saved/")
    ordinary.locator("#find").fill("what everybody may find")
    page.bring_to_front()
    page.goto(f"{heard.url}/desk/")
    open_nth(page, 0)
    unlock(page)
    page.get_by_text("Note to the other listeners", exact=True).click()
    page.get_by_text("Offer to open it to everyone", exact=True).click()
    expect(page.locator("#offer")).to_have_value(re.compile("Bills are paid"))
    for field in ("#reply", "#note"):
        page.locator(field).fill(BEGUN)
    page.wait_for_timeout(3_000)
    context.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    is_kept = {
        words: any(words.encode(form) in kept for form in ("utf-8", "utf-16-le"))
        for words in ("what everybody may find", PASSPHRASE, "Bills are paid", BEGUN)
    }
    assert [words for words, so in is_kept.items() if so] == ["what everybody may find"]


def test_who_signs_out_in_another_tab_locks_the_desk_in_this_one(page: Page, heard: Heard) -> None:
    open_nth(page, 0)
    unlock(page)
    other = page.context.new_page()
    other.goto(f"{heard.url}/saved/")
    other.wait_for_load_state()
    other.locator(".account summary").click()
    other.locator(".account").get_by_role("button", name="Sign out").click()
    other.wait_for_url(re.compile("/accounts/"))
    is_shut(page)
