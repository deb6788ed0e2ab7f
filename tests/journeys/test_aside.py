"""What somebody is asked is put aside in their browser, by whoever likes, and nobody is told."""

from playwright.sync_api import Page, expect

from tests.journeys.answering import Ready, Watched
from tests.journeys.asking import page_of


def test_what_is_asked_is_put_aside_everywhere_in_this_browser_and_nobody_is_told(
    ready: Ready, watched: Watched
) -> None:
    page, ballot = ready(viewport={"width": 1366, "height": 768})
    page_of(watched.heard, ballot)
    at_home(page, watched)
    expect(page.locator("heard-aside [data-asked]:visible")).to_have_count(1)
    watched.clear()
    page.get_by_role("button", name="Not now").click()
    expect(page.locator("heard-aside [data-asked]:visible")).to_have_count(0)
    at_home(page, watched)
    expect(page.locator("heard-aside [data-asked]:visible")).to_have_count(0)
    page.goto(f"{watched.heard.url}/asks/")
    later = page.locator(f"heard-aside[ballots='{ballot}']")
    expect(later.get_by_role("link")).to_have_text("Answer after all Autumn pulse")
    assert [one.path for one in watched.pages.seen if one.method == "POST" or ballot in one.path] == []


def at_home(page: Page, watched: Watched) -> None:
    """Home, with what stands beside it."""
    page.goto(watched.heard.url)
    expect(page.get_by_role("heading", name="Your communities")).to_be_visible()
    expect(page.locator("heard-aside")).to_have_count(2)
