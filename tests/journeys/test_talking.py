"""The main job: find a community, join it, say something, be answered live, react, mend one's words, keep a thread."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.talking import a_name, a_picture, reply, say, start_community

Opened = Callable[..., Page]
TEXT = "#reply [name=source]"
PLACE_OF_TEXT = f"Math.round(document.querySelector('{TEXT}').getBoundingClientRect().top)"


@pytest.fixture(scope="module")
def met() -> dict[str, str]:
    """Where the tender and the member meet, once both are there."""
    return {}


@pytest.fixture
def tender(page_for: Opened, url: str, met: dict[str, str]) -> Page:
    """Somebody before the page of a community that they started."""
    page = page_for("tender")
    if "name" in met:
        page.goto(met["place"])
    else:
        met["name"] = start_community(page, url)
        met["place"] = page.url
    return page


@pytest.fixture
def member(page_for: Opened, url: str, tender: Page, met: dict[str, str]) -> Page:
    """Somebody who found that community by its name, joined it, and looks at it."""
    page = page_for("member")
    if "joined" in met:
        page.goto(met["place"])
        return page
    page.goto(f"{url}/communities/")
    page.get_by_role("searchbox", name="Find a community").press_sequentially(met["name"])
    page.locator("#found").get_by_role("link", name=met["name"], exact=True).click()
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_text("You belong")).to_be_visible()
    met["joined"] = "yes"
    return page


def test_a_member_writes_with_a_picture_and_names_a_colleague_by_keyboard(member: Page) -> None:
    member.locator("a.invite").click()
    member.locator("[name=title]").fill("The blue pallets")
    member.locator("[name=files]").set_input_files(a_picture())
    expect(member.locator(".thumbs img")).to_be_visible()
    text = member.locator("[name=source]")
    text.press_sequentially("They are back, @erin.c")
    expect(member.get_by_role("option", name="Erin Calloway")).to_be_visible()
    text.press("Tab")
    expect(text).to_have_value(re.compile(r"@erin\S* $"))
    expect(text).to_be_focused()
    text.press("Control+Enter")

    expect(member.get_by_role("heading", level=1)).to_have_text("The blue pallets")
    expect(member.locator("#head .prose .mention")).to_have_text(re.compile("Erin"))
    picture = member.locator("#head .gallery img")
    expect(picture).to_have_attribute("alt", re.compile("loading bay"))
    expect(picture).to_have_js_property("naturalWidth", 320)


def test_an_answer_arrives_while_somebody_types_and_moves_neither_words_nor_page(member: Page, tender: Page) -> None:
    thread = say(member, "Who has the long forks?", "Long forks")
    for nth in range(6):
        reply(member, f"I looked in bay {nth}.\n\nNothing there.\n\nNor beside it.")
    tender.goto(thread)
    member.locator(TEXT).press_sequentially("Half a sent")
    before = member.evaluate(PLACE_OF_TEXT)

    reply(tender, "They are in Leith.")

    expect(member.locator("#replies").get_by_text("They are in Leith.")).to_be_attached()
    expect(member.get_by_role("heading", name="7 replies")).to_be_attached()
    expect(member.locator(TEXT)).to_be_focused()
    assert abs(member.evaluate(PLACE_OF_TEXT) - before) <= 1
    member.locator(TEXT).press_sequentially("ence.")
    expect(member.locator(TEXT)).to_have_value("Half a sentence.")


def test_a_reply_is_answered_below_it_and_its_link_leads_to_it(member: Page, tender: Page) -> None:
    thread = say(member, "Who has the long forks?")
    reply(member, "Nobody, it seems.")
    tender.goto(thread)
    tender.get_by_role("link", name="Answer").click()
    box = tender.locator(".answer-box [name=source]")
    expect(box).to_be_focused()
    box.fill("I do.")
    box.press("Control+Enter")
    expect(tender.locator(".answers .reply").get_by_text("I do.")).to_be_visible()
    expect(tender.locator(".answer-box [name=source]")).to_have_count(0)
    expect(member.locator(".answers .reply").get_by_text("I do.")).to_be_visible()

    member.locator(".answers .reply .who small a").click()
    expect(member.locator(".reply:target .prose")).to_have_text("I do.")
    expect(member.locator(".reply:target")).to_be_in_viewport()


def test_somebody_reacts_by_the_picker_and_others_see_it(member: Page, tender: Page) -> None:
    thread = say(member, "The long forks are back.")
    tender.goto(thread)
    tender.get_by_role("link", name="Add a reaction").click()
    first = tender.locator("#head .picker button").first
    expect(first).to_be_focused()
    tender.locator("#head .picker button", has_text="🎉").click()
    mine = tender.locator("#head").get_by_role("button", name="🎉 1")
    expect(mine).to_have_attribute("aria-pressed", "true")
    expect(mine).to_be_focused()
    theirs = member.locator("#head").get_by_role("button", name="🎉 1")
    expect(theirs).to_have_attribute("aria-pressed", "false")
    theirs.click()
    expect(member.locator("#head").get_by_role("button", name="🎉 2")).to_have_attribute("aria-pressed", "true")


def test_a_choice_that_is_open_stays_while_others_react(member: Page, tender: Page) -> None:
    thread = say(member, "The long forks are back.")
    tender.goto(thread)
    tender.get_by_role("link", name="Add a reaction").click()
    tender.get_by_role("textbox", name="Any other emoji").fill("🚜")
    member.get_by_role("link", name="Add a reaction").click()
    member.locator("#head .picker button").first.click()
    reply(member, "Look at them.")
    expect(tender.locator("#replies").get_by_text("Look at them.")).to_be_visible()
    tender.get_by_role("button", name="React").click()
    expect(tender.locator("#head .reactions button")).to_have_text(["👍 1", "🚜 1"])
    expect(member.locator("#head").get_by_role("button", name="🚜 1")).to_be_visible()
    opening = tender.locator("#head").get_by_role("link", name="Add a reaction")
    opening.click()
    expect(tender.locator("#head .picker button").first).to_be_focused()
    tender.keyboard.press("Escape")
    expect(tender.locator("#head .picker")).to_have_count(0)
    expect(opening).to_be_focused()


def test_words_are_changed_and_what_they_were_can_be_read(member: Page, tender: Page) -> None:
    thread = say(member, "The forks are in Leth.", "Found")
    tender.goto(thread)
    member.locator("#head summary").click()
    member.get_by_role("link", name="Edit").click()
    member.locator("[name=source]").fill("The forks are in Leith.")
    member.get_by_role("button", name="Keep").click()
    expect(member.locator("#head .prose")).to_have_text("The forks are in Leith.")
    expect(tender.locator("#head .prose")).to_have_text("The forks are in Leith.")
    tender.get_by_role("link", name="edited").click()
    expect(tender.locator(".past del")).to_have_text("Leth.")
    expect(tender.locator(".past ins")).to_have_text("Leith.")


def test_what_was_deleted_leaves_a_note_and_can_be_put_back(member: Page, tender: Page) -> None:
    thread = say(member, "The forks are in Leith.")
    reply(member, "They were.")
    tender.goto(thread)
    member.locator(".reply summary").click()
    member.locator(".reply").get_by_role("button", name="Delete").click()
    asked = member.get_by_role("alertdialog")
    expect(asked).to_contain_text("Delete this?")
    asked.get_by_role("button", name="Cancel").click()
    expect(member.get_by_text("They were.")).to_be_visible()
    member.locator(".reply").get_by_role("button", name="Delete").click()
    asked.get_by_role("button", name="Yes, go on").click()
    expect(member.locator(".reply .tomb")).to_be_visible()
    expect(tender.locator(".reply .tomb")).to_be_visible()
    member.get_by_role("button", name="Put it back").click()
    expect(member.get_by_text("They were.")).to_be_visible()
    expect(tender.get_by_text("They were.")).to_be_visible()


def test_a_menu_stays_open_while_news_come_and_they_are_shown_once_it_is_shut(member: Page, tender: Page) -> None:
    thread = say(member, "The ramp is closed.")
    reply(member, "Until when?")
    tender.goto(thread)
    member.get_by_text("Until when?").wait_for()
    member.locator(".reply details.menu summary").click()
    expect(member.locator(".reply details.menu[open]")).to_be_visible()
    with member.expect_event("console", lambda said: said.text == "heard"):
        member.evaluate("document.addEventListener('heard:changed', () => console.log('heard'))")
        reply(tender, "Until Friday.")
    member.wait_for_timeout(1_000)
    expect(member.locator(".reply details.menu[open]")).to_be_visible()
    expect(member.get_by_text("Until Friday.")).to_have_count(0)
    member.keyboard.press("Escape")
    expect(member.get_by_text("Until Friday.")).to_be_visible()


def test_a_thread_is_kept_for_later(member: Page, url: str) -> None:
    title = a_name("Keep this")
    say(member, "The code of the gate.", title)
    member.get_by_role("button", name="Save for later").click()
    expect(member.get_by_role("button", name="Save for later")).to_have_attribute("aria-pressed", "true")
    member.goto(f"{url}/saved/")
    card = member.locator(".thread", has_text=title)
    card.get_by_role("button", name="Save for later").click()
    expect(card.get_by_role("button", name="Save for later")).to_have_attribute("aria-pressed", "false")
    member.reload()
    expect(member.get_by_text(title)).to_have_count(0)


def test_home_says_that_something_is_new_and_moves_nothing(member: Page, tender: Page, url: str) -> None:
    member.goto(f"{url}/newest/")
    member.mouse.wheel(0, 300)
    expect(member.locator("html")).to_have_js_property("scrollTop", 300)
    first = "Math.round(document.querySelector('#feed .thread').getBoundingClientRect().top)"
    before = member.evaluate(first)
    title = a_name("News")

    say(tender, "It rains in Leith.", title)

    pill = member.locator("#news a")
    expect(pill).to_contain_text(title)
    expect(pill).to_be_in_viewport()
    assert member.evaluate(first) == before
    pill.click()
    expect(member.locator("#feed .thread").first).to_contain_text(title)


def test_notices_are_counted_as_they_come(member: Page, tender: Page, url: str) -> None:
    thread = say(member, "Who has the long forks?")
    tender.goto(thread)
    member.goto(f"{url}/notices/")
    if (seen := member.get_by_role("button", name="Mark all as seen")).count():
        seen.click()
    badge = member.locator(".rooms .count")
    expect(badge).to_be_hidden()

    reply(tender, "Not I.")

    expect(badge).to_have_text(re.compile("^1"))
    expect(member.locator("#told li").first).to_contain_text("Not I.")
    member.locator("#told li").first.get_by_role("link").click()
    expect(member.locator(".reply:target")).to_contain_text("Not I.")
    expect(badge).to_be_hidden()
