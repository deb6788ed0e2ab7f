"""Everything by keyboard: keys that lead, focus that is seen and comes in order, and dialogs that hold it."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.talking import reply, say, start_community

Opened = Callable[..., Page]
FOCUSED = """() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  return outlineStyle === "none" ? 0 : parseFloat(outlineWidth);
}"""
WHERE = "() => document.activeElement.closest('dialog') !== null || document.activeElement === document.body"


@pytest.fixture
def page(page_for: Opened) -> Page:
    """Home, as the member sees it."""
    return page_for("member")


def test_keys_lead_to_places(page: Page, url: str) -> None:
    for keys, address in {
        "gc": "/communities/",
        "gp": "/people/",
        "gn": "/notices/",
        "gs": "/saved/",
        "gh": "/",
    }.items():
        page.keyboard.type(keys)
        page.wait_for_url(url + address)
        expect(page.locator("heard-keys:defined")).to_be_attached()


def test_a_letter_typed_into_a_field_is_only_a_letter(page: Page, url: str) -> None:
    page.keyboard.press("/")
    find = page.locator("#find")
    expect(find).to_be_focused()
    page.keyboard.type("gc?")
    expect(find).to_have_value("gc?")
    expect(page).to_have_url(f"{url}/")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_j_and_k_go_from_thread_to_thread_and_enter_opens_one(page: Page) -> None:
    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.locator("#feed .thread").nth(1)
    expect(second.locator("a:focus")).to_be_in_viewport()
    page.keyboard.press("k")
    expect(page.locator("#feed .thread").first.locator("a:focus")).to_be_in_viewport()
    page.keyboard.press("j")
    address = second.locator("a:focus").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_a_thread_is_answered_without_a_mouse(page_for: Opened, url: str) -> None:
    page = page_for("tender")
    start_community(page, url)
    say(page, "Who has the long forks?")
    page.keyboard.press("r")
    expect(page.locator("#reply [name=source]")).to_be_focused()
    page.keyboard.type("Not I, said c.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#replies").get_by_text("Not I, said c.")).to_be_visible()
    page.locator("main").focus()
    page.keyboard.press("c")
    page.wait_for_url("**/write/")


def test_the_list_of_keys_holds_the_focus_and_gives_it_back(page: Page) -> None:
    link = page.locator("#feed .thread h2 a").first
    link.focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    for _ in range(15):
        page.keyboard.press("Tab")
        assert page.evaluate(WHERE)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()


def test_a_question_asked_once_more_holds_the_focus_and_gives_it_back(page_for: Opened, url: str) -> None:
    page = page_for("tender")
    start_community(page, url)
    page.get_by_role("button", name="Leave the community").focus()
    page.keyboard.press("Enter")
    asked = page.get_by_role("alertdialog")
    expect(asked.get_by_role("button", name="Cancel")).to_be_focused()
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate(WHERE)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Leave the community")).to_be_focused()


def test_the_first_tab_leads_past_the_menu(page: Page) -> None:
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main a.invite")).to_be_focused()


def test_wherever_the_focus_is_it_is_seen_and_goes_down_the_page(page_for: Opened, url: str) -> None:
    page = page_for("tender")
    start_community(page, url)
    say(page, "Who has the long forks?", "Forks")
    reply(page, "Not I.")
    page.reload()
    page.locator("main").focus()
    tops = []
    while page.evaluate("document.activeElement.closest('main') !== null"):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED) >= 1, page.evaluate("document.activeElement.outerHTML")
        tops.append(page.evaluate("Math.round(document.activeElement.getBoundingClientRect().top + scrollY)"))
        if len(tops) > 60:
            break
    assert 10 < len(tops) <= 60
    fell_back = [(one, other) for one, other in pairwise(tops[:-1]) if other < one - 60]
    assert fell_back == []


def test_single_keys_can_be_turned_off_and_on_again(page: Page, url: str) -> None:
    page.keyboard.press("?")
    page.get_by_role("switch", name="Single keys").uncheck()
    page.keyboard.press("Escape")
    page.goto(f"{url}/me/")
    expect(page.locator("main").get_by_role("switch", name="Single keys")).not_to_be_checked()
    page.keyboard.type("gc?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(f"{url}/me/")
    page.locator(".account summary").click()
    page.get_by_role("button", name="Keys").click()
    page.get_by_role("dialog").get_by_role("switch", name="Single keys").check()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.type("gc")
    page.wait_for_url(f"{url}/communities/")


def test_a_thread_is_saved_and_reacted_to_by_keyboard(page: Page) -> None:
    page.keyboard.press("j")
    first = page.locator("#feed .thread").first
    saved = first.locator(".save button")
    was = saved.get_attribute("aria-pressed")
    page.keyboard.press("s")
    expect(saved).to_have_attribute("aria-pressed", "false" if was == "true" else "true")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("e")
    expect(first.locator(".picker")).to_be_visible()
    page.keyboard.press("Escape")


def test_words_are_made_bold_and_left_by_keyboard(page: Page, url: str) -> None:
    page.goto(f"{url}/write/")
    text = page.locator("[name=source]")
    text.fill("A long word")
    page.keyboard.press("Control+b")
    expect(text).to_have_value("A long **word**")
    text.fill("")
    page.keyboard.press("Control+i")
    page.keyboard.type("leaning")
    expect(text).to_have_value("*leaning*")
    page.keyboard.press("Escape")
    expect(text).not_to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def test_a_menu_opens_and_closes_by_keyboard(page: Page) -> None:
    opener = page.locator(".account summary")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Your profile")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Your profile")).to_be_hidden()
    expect(opener).to_be_focused()


def test_whoever_wants_less_motion_gets_none(page_for: Opened) -> None:
    page = page_for("member", reduced_motion="reduce")
    moving = """() => [...document.querySelectorAll("*")].filter((one) => {
      const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(one);
      return animationName !== "none" || parseFloat(transitionDuration) > 0 || scrollBehavior === "smooth";
    }).map((one) => one.outerHTML.slice(0, 80))"""
    assert page.evaluate(moving) == []
