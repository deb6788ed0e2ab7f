"""Pictures and files from the composer to the eye: described, looked at, taken away again."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.talking import a_picture, say, start_community

Opened = Callable[..., Page]


def test_a_picture_is_described_opens_over_the_page_and_is_taken_away_by_an_edit(
    page_for: Opened, url: str, axe: Callable[[Page], None]
) -> None:
    page = page_for("tender", viewport={"width": 390, "height": 800})
    start_community(page, url)
    page.locator("a.invite").click()
    page.locator("[name=source]").fill("The loading bay, as of today.")
    note = {"name": "note.txt", "mimeType": "text/plain", "buffer": b"Bring the forks"}
    broken = {"name": "broken.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\nbroken"}
    page.locator("[name=files]").set_input_files([note, a_picture(1200, 800), broken])
    page.get_by_label("What loading bay.png shows").fill("A teal wall")
    axe(page)
    page.get_by_role("button", name="Post", exact=True).click()

    wrong = page.get_by_role("alert").filter(has_text="“broken.png” was not added.")
    expect(wrong).to_be_focused()
    expect(page.locator(".thumbs li")).to_have_count(2)
    expect(page.locator(".thumbs input[type=text], .thumbs input:not([type])")).to_have_value("A teal wall")
    page.get_by_role("button", name="Post", exact=True).click()

    picture = page.get_by_role("img", name="A teal wall")
    expect(picture).to_be_visible()
    box = picture.bounding_box()
    assert box
    assert box["width"] > 250
    address = page.url
    page.locator(".gallery a").click()
    expect(page.get_by_role("dialog", name="Picture").get_by_role("img")).to_have_js_property("naturalWidth", 1200)
    axe(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Picture")).to_be_hidden()
    assert page.url == address
    expect(page.locator(".gallery a")).to_be_focused()

    page.locator("#head summary").first.click()
    page.locator("#head").get_by_role("link", name="Edit").click()
    page.get_by_role("button", name="Remove note.txt").click()
    page.locator("[name=files]").set_input_files([{**note, "name": "other.txt"}])
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("#head .file")).to_have_text("other.txt · 15\xa0bytes")


def test_a_reply_with_a_broken_picture_keeps_the_rest_and_is_clean_once_it_is_sent(page_for: Opened, url: str) -> None:
    page = page_for("tender")
    start_community(page, url)
    say(page, "Who has the long forks?")
    box = page.locator("#reply")
    box.locator("[name=source]").fill("In the bay.")
    broken = {"name": "broken.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\nbroken"}
    box.locator("[name=files]").set_input_files([a_picture(), broken])
    box.get_by_role("button", name="Reply").click()
    wrong = box.get_by_role("alert").filter(has_text="“broken.png” was not added.")
    expect(wrong).to_be_focused()
    expect(box.locator("[name=source]")).to_have_value("In the bay.")
    box.get_by_role("button", name="Reply").click()
    expect(page.locator("#replies .gallery img")).to_be_visible()
    expect(wrong).to_have_count(0)
    expect(box.locator(".thumbs li")).to_have_count(0)
    expect(box.locator("[name=source]")).to_have_value("")


def test_a_picture_that_is_opened_alone_breaks_no_rule_of_the_page(page_for: Opened, url: str) -> None:
    page = page_for("tender", java_script_enabled=False)
    page.goto(f"{url}/write/")
    page.locator("[name=community]").select_option(index=1)
    page.locator("[name=source]").fill("The gate.")
    page.locator("[name=files]").set_input_files(a_picture())
    page.get_by_role("button", name="Post", exact=True).click()
    page.locator(".gallery a").click()
    expect(page).to_have_url(re.compile("/files/"))
    expect(page.locator("img")).to_have_js_property("naturalWidth", 320)
