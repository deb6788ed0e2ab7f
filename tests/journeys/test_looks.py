"""How small things look, where only a browser can tell."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page

from tests.journeys.modules import SCRIPTS
from tests.journeys.talking import say, start_community
from tests.journeys.walking import overflow

Opened = Callable[..., Page]
MARKERS = "lists => lists.map((list) => getComputedStyle(list).listStyleType)"


def test_a_list_in_a_reply_has_the_dots_of_any_other(page_for: Opened, url: str) -> None:
    page = page_for("tender")
    start_community(page, url)
    say(page, "- one")
    page.locator("#reply [name=source]").fill("- three")
    page.locator("#reply").get_by_role("button", name="Reply").click()
    page.locator("#replies").get_by_text("three").wait_for()
    assert page.locator(".prose ul").evaluate_all(MARKERS) == ["disc", "disc"]


def test_the_ways_below_the_door_begin_at_one_edge_where_they_stand_below_each_other(
    browser: Browser, url: str
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{url}/accounts/login/")
    forgotten, invited = (page.locator(f"main p a[href='{way}']") for way in ("/accounts/password/reset/", "/join/"))
    one, other = forgotten.bounding_box(), invited.bounding_box()
    assert one is not None
    assert other is not None
    assert other["y"] > one["y"]
    assert other["x"] == one["x"]
    context.close()


def test_an_answer_of_one_long_word_makes_no_question_wider_than_a_phone(new_page: Opened) -> None:
    page = new_page(viewport={"width": 390, "height": 780})
    page.set_content(f"<ol class='asked'><li>Where?<p class='scale'><span>{'x' * 82}</span></p></li></ol>")
    page.add_style_tag(path=SCRIPTS.parent / "css/asks.css")
    assert overflow(page) == []
