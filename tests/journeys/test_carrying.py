"""Ways to the page for speaking for whoever is not signed in: a token that was carried, and a receipt."""

import re

from playwright.sync_api import expect

from tests.journeys.answering import HAS, PHONE, Opened, Watched, until
from tests.journeys.asking import ask

TEXT = "Nobody should learn their shift on the evening before."
VOTE: list[dict[str, object]] = [{"code": "q1", "kind": "vote", "options": [], "text": TEXT}]


def test_what_is_not_open_yet_says_when_it_opens_here_and_where_it_is_carried_to(
    browser_of: Opened, new_page: Opened, watched: Watched
) -> None:
    ballot = ask(watched.heard, "What a colleague says", VOTE)
    page = browser_of()
    until(page, HAS, ballot)
    page.goto(f"{watched.heard.url}/speak/#carry={ballot}")
    carried = page.locator(".carried")
    expect(carried.locator("[data-slot=when]")).to_have_text(re.compile(r"^Opens on .+\d{4}\. Open until .+\d{4}\.$"))
    token = carried.locator(".secret").inner_text()
    expect(carried).to_contain_text(f"typed: {len(token)} characters")
    expect(carried.locator("ol > li")).to_have_text([TEXT])

    phone = new_page(**PHONE)
    phone.goto(f"{watched.heard.url}/speak/#kept")
    phone.get_by_label("Token").fill(token)
    phone.get_by_role("button", name="Bring it in").click()
    expect(phone.get_by_role("heading", name="This is not open yet")).to_be_visible()
    said = phone.locator("heard-answering p").first.inner_text().splitlines()
    assert (said[0], said[1].startswith("Opens on ")) == ("What a colleague says", True)
    phone.get_by_role("button", name="My clock is wrong").click()
    expect(phone.locator(".asking h1")).to_have_text(TEXT)


def test_as_many_things_are_to_be_compared_as_stand_there(new_page: Opened, watched: Watched) -> None:
    page = new_page()
    page.goto(f"{watched.heard.url}/speak/#kept")
    page.get_by_role("button", name="Look now").click()
    given = page.locator("heard-kept section", has=page.get_by_role("heading", name="What everybody is given"))
    expect(given.locator("dt")).to_have_count(3)
    expect(given).to_contain_text("Three things to compare")
    expect(given.locator("dd").first).to_contain_text("entries")
    expect(given).to_contain_text("may have more entries")


def test_the_door_leads_to_a_receipt_and_says_nothing_of_whence(new_page: Opened, watched: Watched) -> None:
    page = new_page()
    page.goto(f"{watched.heard.url}/accounts/login/")
    page.get_by_role("link", name="I have a receipt").click()
    expect(page.get_by_label("The 20 digits")).to_be_visible()
    assert page.evaluate("document.referrer") == ""
