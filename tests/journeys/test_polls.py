"""A community asks itself: one member through the page, and another answers without a name, on a phone."""

import json
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.answering import HAS, PHONE, Opened, Watched, send, until
from tests.journeys.asking import counted, open_from

DAY = timedelta(days=1)
QUESTION = "Which soup should the canteen cook more often?"
ISSUED = "#audit a[href$='/issued.json']"


def test_a_member_asks_a_community_and_another_answers_on_a_phone(browser_of: Opened, watched: Watched) -> None:
    asker = browser_of("tender")
    community = ask_there(asker, watched.heard.url)
    ballot = announced(asker)
    expect(asker.locator(".badge", has_text="announced")).to_be_visible()
    expect(asker.get_by_role("link", name="Answer", exact=True)).to_have_count(0)
    page = browser_of("member", **PHONE)
    until(page, HAS, ballot)
    open_from(watched.heard, ballot, -1)
    page.clock.set_system_time(datetime.now(UTC) + 2 * DAY)
    watched.clear()

    page.goto(community)
    page.get_by_role("link", name=QUESTION).click()
    page.get_by_role("link", name="Answer", exact=True).click()
    expect(page.locator(".asking h1")).to_have_text(QUESTION)
    page.locator(".asking").get_by_text("Pea", exact=True).click()
    send(page)

    expect(page.get_by_role("heading", name="Your answers have arrived")).to_be_visible()
    (sent,) = watched.answers()
    assert not {"Cookie", "Authorization", "Referer"} & set(sent.headers)
    assert json.loads(sent.body)["answers"] == {"q1": 1}
    assert counted(watched.heard, ballot) == {"used": 1, "answers": 1}


def ask_there(page: Page, url: str) -> str:
    """Asks a community to which both belong through its page; the address of the community."""
    page.goto(f"{url}/communities/the-kettle/")
    community = page.url
    page.get_by_role("link", name="Anonymous poll").click()
    expect(page.get_by_text("Asked now, it opens on")).to_be_visible()
    page.get_by_label("Question").fill(QUESTION)
    page.get_by_label("Answers to choose from").fill("Leek\nPea\nTomato")
    page.get_by_role("button", name="Ask it").click()
    expect(page.get_by_text("Until then every member’s browser fetches a token.")).to_be_visible()
    return community


def announced(page: Page) -> str:
    """Loads the page of an ask until the worker has announced it; its ballot."""
    for _attempt in range(100):
        if page.locator(ISSUED).count():
            return str(page.locator(ISSUED).get_attribute("href")).split("/")[2]
        page.wait_for_timeout(200)
        page.reload()
    raise AssertionError(page.locator("main").inner_text())
