"""Everything works where no script runs: the whole way from the door to what was said, found and kept."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in
from tests.journeys.running import Heard
from tests.journeys.talking import a_name, a_picture, start_community

Opened = Callable[..., Page]


def test_somebody_without_script_joins_writes_and_is_answered(new_page: Opened, page_for: Opened, heard: Heard) -> None:
    place = page_for("tender")
    name = start_community(place, heard.url)
    page = new_page(java_script_enabled=False)
    sign_in(page, heard, *heard.people["leader"])

    page.goto(f"{heard.url}/communities/")
    page.get_by_role("searchbox", name="Find a community").fill(name)
    page.get_by_role("searchbox", name="Find a community").press("Enter")
    page.get_by_role("button", name=f"Join {name}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)

    page.locator("a.invite").click()
    page.get_by_text("Ask", exact=True).click()
    page.locator("[name=title]").fill("Who has the long forks?")
    page.locator("[name=source]").fill("They were in **bay 4**.")
    page.locator("[name=files]").set_input_files(a_picture())
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator("#head .prose strong")).to_have_text("bay 4")
    expect(page.locator("#head .gallery img")).to_be_visible()

    page.locator("#reply [name=source]").fill("Found them.")
    page.locator("#reply").get_by_role("button", name="Reply").click()
    expect(page.locator(".reply:target .prose")).to_have_text("Found them.")
    page.get_by_role("link", name="Answer").click()
    page.locator("[name=source]").fill("Good.")
    page.get_by_role("button", name="Answer").click()
    expect(page.locator(".answers .reply:target .prose")).to_have_text("Good.")

    page.locator("#head").get_by_role("link", name="Add a reaction").click()
    page.get_by_role("button", name="🎉").click()
    expect(page.locator("#head").get_by_role("button", name="🎉 1")).to_be_visible()
    page.locator("#head").get_by_role("button", name="Save for later").click()
    expect(page.get_by_role("button", name="Save for later")).to_have_attribute("aria-pressed", "true")

    page.locator("#head summary").click()
    page.locator("#head").get_by_role("link", name="Edit").click()
    page.locator("[name=source]").fill("They were in bay 5.")
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("#head .prose")).to_have_text("They were in bay 5.")
    page.get_by_role("link", name="edited").click()
    expect(page.locator(".past del")).to_have_text(["**bay", "4**."])
    expect(page.locator(".past ins")).to_have_text(["bay", "5."])


def test_somebody_without_script_finds_colleagues_and_changes_the_theme(page_for: Opened, heard: Heard) -> None:
    page = page_for("member", java_script_enabled=False)
    page.goto(f"{heard.url}/people/")
    page.get_by_role("searchbox", name="Name, title, skill, language or place").fill("Joana")
    page.locator("main").get_by_role("button", name="Search").click()
    page.locator("#found a.person", has_text="Joana Ribeiro").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Joana Ribeiro")

    page.locator(".account summary").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Joana Ribeiro")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_preview_and_a_refusal_keep_the_words(page_for: Opened, heard: Heard) -> None:
    page = page_for("member", java_script_enabled=False, viewport={"width": 390, "height": 800})
    words = a_name("Heavy")
    page.goto(f"{heard.url}/write/")
    page.locator("[name=source]").fill(f"*{words}*")
    page.locator("[name=community]").select_option(index=1)
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview em")).to_have_text(words)
    expect(page.locator("[name=files]")).to_have_css("opacity", "1")
    for part in (page.locator("[name=files]"), page.locator(".composer")):
        box = part.bounding_box()
        assert box
        assert box["x"] + box["width"] <= 390
    page.locator("[name=files]").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\nbroken"}
    )
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator("[name=source]")).to_have_value(f"*{words}*")
    expect(page.get_by_role("alert").filter(has_text="“a.png” was not added.")).to_be_focused()
