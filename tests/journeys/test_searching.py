"""Finding again what one half remembers: with a typing error, a filter and the keys, as one types."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.talking import a_name, say, start_community

Opened = Callable[..., Page]


def test_a_half_remembered_thread_is_found_with_a_typing_error_and_a_filter(page_for: Opened, url: str) -> None:
    page = page_for("tender")
    name = start_community(page, url)
    mark = a_name("Perpendicular")
    say(page, f"The winch of the second gate squeaks. {mark}")
    page.goto(url)
    page.keyboard.press("/")
    page.get_by_role("searchbox", name="Search").fill("wintch gate")
    page.keyboard.press("Enter")
    box = page.get_by_role("searchbox", name="What are you looking for?")
    expect(box).to_have_value("wintch gate")
    expect(box).to_be_focused()
    assert box.evaluate("box => box.selectionStart") == len("wintch gate")
    found = page.locator("#found")
    # What was said a moment ago is there once the worker had its turn; typing asks again.
    for nth in range(40):
        box.fill("wintch gate" + " " * (nth % 2 + 1))
        page.wait_for_timeout(500)
        if found.locator("mark", has_text="winch").count():
            break
    expect(found).to_contain_text("winch gate")
    expect(found.locator("article.hit").first).to_contain_text("winch of the second gate squeaks")
    found.get_by_role("link", name="From me").click()
    expect(page.locator("article.hit").first).to_contain_text(name)
    page.get_by_role("searchbox", name="What are you looking for?").press("ArrowDown")
    expect(page.locator("article.hit a.said, article.hit h2 a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox", name="What are you looking for?")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("paragraph").filter(has_text=mark)).to_be_visible()
    page.goto(f"{url}/search/")
    expect(page.get_by_role("link", name="wintch gate")).to_be_visible()


def test_on_a_phone_searching_is_one_tap_away(page_for: Opened, url: str) -> None:
    page = page_for("tender")
    start_community(page, url)
    page.set_viewport_size({"width": 390, "height": 800})
    page.get_by_role("link", name="Search in this community").click()
    expect(page.get_by_role("searchbox", name="What are you looking for?")).to_be_visible()
    page.goto(url)
    page.get_by_role("main").get_by_role("link", name="Search", exact=True).click()
    expect(page.get_by_role("searchbox", name="What are you looking for?")).to_be_visible()
    page.goto(f"{url}/search/?q=peas&from={'x' * 140}&in={'y' * 90}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
