"""Writing, as the browser helps with it: drafts, completion, files, keys, and posts that wait for a connection."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6364f8cf50"
    "0f00038601805a347d6b0000000049454e44ae426082"
)


def open_composer(page: Page, url: str) -> None:
    """The page of the composer, once its script has taken over."""
    page.goto(f"{url}/write/")
    expect(page.get_by_role("button", name="Bold")).to_be_visible()


def choose(page: Page, place: str) -> None:
    """Chooses where to say it, and waits until the page says who will read it."""
    page.locator("[name=community]").select_option(label=place)
    expect(page.locator(".audience-words")).not_to_have_text(re.compile("choose where"))


def test_a_draft_survives_a_closed_tab_and_is_gone_once_sent(page_for: Callable[..., Page], url: str) -> None:
    page = page_for("member")
    open_composer(page, url)
    expect(page.locator(".audience-words")).to_have_text(re.compile("choose where"))
    choose(page, "The kettle")
    page.get_by_text("Ask", exact=True).click()
    page.locator("[name=title]").fill("Where do the pallets go?")
    page.locator("[name=source]").fill("I ask for the night shift.")
    tab = page.context.new_page()
    page.close()
    open_composer(tab, url)
    expect(tab.locator("[name=source]")).to_have_value("I ask for the night shift.")
    expect(tab.locator("[name=title]")).to_have_value("Where do the pallets go?")
    expect(tab.locator("[name=kind]:checked")).to_have_value("ask")
    expect(tab.locator(".audience-words")).to_have_text(re.compile("Everybody"))
    tab.locator("[name=source]").press("Control+Enter")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Where do the pallets go?")
    open_composer(tab, url)
    expect(tab.locator("[name=source]")).to_have_value("")


def test_a_draft_is_offered_wherever_somebody_begins_to_write(page_for: Callable[..., Page], url: str) -> None:
    page = page_for("member")
    page.goto(f"{url}/write/?community=the-kettle")
    page.locator("[name=source]").fill("Begun by the kettle.")
    open_composer(page, url)
    expect(page.locator("[name=source]")).to_have_value("")
    expect(page.get_by_text("You have a draft for The kettle.")).to_be_visible()
    page.get_by_role("button", name="Go on with it").click()
    expect(page.locator("[name=source]")).to_have_value("Begun by the kettle.")
    expect(page.locator("[name=community]")).to_have_value("the-kettle")
    expect(page.get_by_role("button", name="Go on with it")).to_be_hidden()
    page.locator("[name=source]").press("Control+Enter")
    page.wait_for_url(re.compile(r"/threads/\d+/"))
    open_composer(page, url)
    expect(page.get_by_role("button", name="Go on with it")).to_be_hidden()


def test_whoever_writes_in_a_community_with_any_name_stays_signed_in(page_for: Callable[..., Page], url: str) -> None:
    page = page_for("member")
    page.goto(f"{url}/communities/new/")
    page.locator("[name=name]").fill("Größe Продажи")
    page.locator("main form button").last.click()
    page.wait_for_url(re.compile(r"/communities/gr"))
    composer = f"{url}/write/?community={page.url.rstrip('/').rpartition('/')[2]}"
    page.goto(composer)
    page.locator("[name=source]").fill("For sale")
    page.locator("[name=source]").press("Control+Enter")
    page.wait_for_url(re.compile(r"/threads/\d+/"))
    page.goto(composer)
    expect(page.get_by_role("button", name="Bold")).to_be_visible()
    expect(page.locator("[name=source]")).to_have_value("")


def test_colleagues_and_hashtags_are_completed_by_keyboard(page_for: Callable[..., Page], url: str) -> None:
    page = page_for("member")
    open_composer(page, url)
    text, offered = page.locator("[name=source]"), page.get_by_role("listbox").get_by_role("option")
    text.press_sequentially("Ask @amira")
    expect(offered.first).to_have_text(re.compile("Amira"))
    expect(text).to_have_attribute("aria-activedescendant", re.compile(r"offers-\d+-0"))
    text.press("Enter")
    expect(text).to_have_value(re.compile(r"^Ask @\S+ $"))
    expect(offered).to_have_count(0)
    text.press_sequentially("@amira")
    expect(offered.first).to_be_visible()
    text.press("Escape")
    expect(offered).to_have_count(0)


def test_the_preview_follows_what_is_written(page_for: Callable[..., Page], url: str) -> None:
    page = page_for("member")
    open_composer(page, url)
    text = page.locator("[name=source]")
    text.fill("heavy")
    text.select_text()
    page.get_by_role("button", name="Bold").click()
    expect(text).to_have_value("**heavy**")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview strong")).to_have_text("heavy")
    text.press("End")
    text.press_sequentially(" and light")
    expect(page.locator(".preview")).to_have_text(re.compile("heavy and light"))


def test_files_show_themselves_and_one_too_large_says_so(page_for: Callable[..., Page], url: str) -> None:
    page = page_for("member")
    open_composer(page, url)
    page.evaluate("document.querySelector('heard-files').dataset.most = 1000")
    picture = {"name": "dock.png", "mimeType": "image/png", "buffer": PIXEL}
    large = {"name": "film.mov", "mimeType": "video/quicktime", "buffer": b"0" * 2000}
    page.locator("[name=files]").set_input_files([picture, large])
    expect(page.locator(".thumbs li")).to_have_count(1)
    expect(page.get_by_role("alert")).to_have_text(re.compile(r"film\.mov.* at most \d+ MB"))
    page.get_by_role("button", name="Remove dock.png").click()
    expect(page.locator(".thumbs li")).to_have_count(0)


def test_the_question_mark_lists_the_keys_and_they_work(
    page_for: Callable[..., Page], url: str, axe: Callable[[Page], None]
) -> None:
    page = page_for("member")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    expect(page.locator(".thread").first.locator("a:focus")).to_have_count(1)
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url(f"{url}/people/")
    page.keyboard.press("c")
    page.wait_for_url(f"{url}/write/")
    page.keyboard.press("/")
    expect(page.locator("#find")).to_be_focused()


def test_what_is_posted_while_offline_waits_and_goes_out_once(page_for: Callable[..., Page], url: str) -> None:
    page = page_for("member")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    open_composer(page, url)
    page.evaluate("caches.open('heard-pages-1').then((pages) => pages.match('/write/')).then(() => true)")
    choose(page, "The kettle")
    page.context.set_offline(True)
    page.locator("[name=title]").fill("From the tunnel")
    page.locator("[name=source]").fill("No bars down here.")
    page.get_by_role("button", name="Post", exact=True).click()
    page.wait_for_url(re.compile(r"/offline/#"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Your post waits")
    expect(page.locator("heard-offline li")).to_have_text("Waiting: From the tunnel")
    page.goto(f"{url}/write/")
    expect(page.locator("[name=source]")).to_have_value("")
    page.context.set_offline(False)
    expect(page.locator("#toasts")).to_have_text(re.compile("gone out"), timeout=20_000)
    page.goto(f"{url}/newest/")
    expect(page.get_by_role("link", name="From the tunnel")).to_have_count(1)


def test_a_theme_is_kept_and_comes_with_the_next_page(page_for: Callable[..., Page]) -> None:
    page = page_for("member")
    page.locator(".account summary").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
