"""Being told: a kind turned off on the notice itself, ten thousand that wait, and a day's digest in the mail."""

import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.running import Heard
from tests.journeys.talking import reply, say, start_community

Opened = Callable[..., Page]
MANY = 10_000


@pytest.fixture(scope="module")
def met() -> dict[str, str]:
    """Where the tender and the member meet, once both are there."""
    return {}


@pytest.fixture
def tender(page_for: Opened, url: str, met: dict[str, str]) -> Page:
    """Somebody before the page of a community that they started."""
    page = page_for("tender")
    if "place" not in met:
        start_community(page, url)
        met["place"] = page.url
    page.goto(met["place"])
    return page


@pytest.fixture
def member(page_for: Opened, tender: Page, met: dict[str, str]) -> Page:
    """Somebody who belongs to it, before its page."""
    page = page_for("member")
    page.goto(met["place"])
    if (join := page.get_by_role("button", name="Join")).count():
        join.click()
        expect(page.get_by_text("You belong")).to_be_visible()
    return page


def told_of_a_reply(member: Page, tender: Page, place: str, words: str) -> None:
    """The member starts a thread, and the tender replies in it."""
    member.goto(place)
    tender.goto(say(member, f"Who knows about {words}?"))
    reply(tender, f"I know about {words}.")


def test_a_kind_is_turned_off_on_the_notice_and_on_again(
    member: Page, tender: Page, met: dict[str, str], url: str
) -> None:
    told_of_a_reply(member, tender, met["place"], "pallets")
    member.goto(f"{url}/notices/")
    row = member.locator(".notices > li", has_text="I know about pallets.")
    expect(row).to_contain_text("because it answers what you said")
    row.locator("summary").click()
    row.get_by_role("button", name="Nothing more when somebody replies to you").click()
    expect(
        member.get_by_role("status").filter(has_text="You are told nothing more when somebody replies to you.")
    ).to_be_visible()

    told_of_a_reply(member, tender, met["place"], "ladders")
    member.goto(f"{url}/notices/")
    expect(member.locator("#told")).not_to_contain_text("ladders")
    member.goto(f"{url}/notices/settings/")
    box = member.get_by_role("checkbox", name=re.compile("^replied to you Here"))
    expect(box).not_to_be_checked()

    member.goto(f"{url}/notices/")
    row = member.locator(".notices > li", has_text="I know about pallets.")
    expect(row).to_contain_text("off")
    row.locator("summary").click()
    row.get_by_role("button", name="Tell me again when somebody replies to you").click()
    told_of_a_reply(member, tender, met["place"], "forks")
    member.goto(f"{url}/notices/")
    expect(member.locator("#told li").first).to_contain_text("I know about forks.")


def test_ten_thousand_are_gone_through_by_keys_and_seen_at_once_and_back(member: Page, heard: Heard, url: str) -> None:
    me = int(member.locator("body").get_attribute("data-me") or 0)
    add_many(heard, me)
    member.goto(f"{url}/notices/")
    expect(member.locator(".rooms .count")).to_contain_text("99+")
    expect(member.locator("#told li")).to_have_count(30)
    member.keyboard.press("j")
    member.keyboard.press("j")
    expect(member.locator("#told li").nth(1).locator("a:focus")).to_be_in_viewport()
    for _nth in range(3):
        member.get_by_role("link", name="Older").click()
    expect(member.locator("#told li").first).to_contain_text("Number 9910")
    member.goto(f"{url}/notices/")
    member.get_by_role("button", name="Mark all as seen").click()
    expect(member.locator("#told .unseen")).to_have_count(0)
    expect(member.locator(".rooms .count")).to_be_hidden()
    member.get_by_role("button", name="Undo").click()
    expect(member.locator(".rooms .count")).to_contain_text("99+")
    member.get_by_role("button", name="Mark all as seen").click()
    expect(member.locator(".rooms .count")).to_be_hidden()


def add_many(heard: Heard, person: int) -> None:
    """Ten thousand notices that somebody has not seen, each about somebody else."""
    copy = (
        "INSERT INTO notices_notice "
        "(id, person_id, why, by_id, about, about_id, address, title, words, told_at, is_listed) "
        "SELECT max(id) + ?, ?, 'follow', NULL, 'person', ?, '/people/', '', ?, datetime('now'), 1 "
        "FROM notices_notice"
    )
    with closing(sqlite3.connect(heard.folder / "heard.sqlite3", timeout=30)) as database, database:
        for nth in range(1, MANY + 1):
            database.execute(copy, [1, person, 900_000 + nth, f"Number {nth}"])


def test_a_days_digest_lies_in_the_mail_and_one_click_ends_it(
    member: Page, tender: Page, heard: Heard, url: str, new_page: Opened
) -> None:
    say(tender, "The lift in Leith is mended.")
    member.goto(f"{url}/notices/settings/")
    member.get_by_role("button", name="Send me a digest now").click()
    letter = arrived(heard, heard.people["member"][0], "Your day in")
    html = letter.get_body(("html",))
    text = letter.get_body(("plain",))
    assert html is not None
    assert text is not None
    reader = new_page()
    reader.set_content(html.get_content())
    expect(reader.get_by_role("heading", name="In your communities")).to_be_visible()
    assert "IN YOUR COMMUNITIES" in text.get_content()
    reader.set_viewport_size({"width": 320, "height": 600})
    assert reader.evaluate("document.documentElement.scrollWidth") <= 320

    reader.goto(str(letter["List-Unsubscribe"]).strip("<>"))
    expect(reader.get_by_role("heading", name="Unsubscribe?")).to_be_visible()
    reader.get_by_role("button", name="Unsubscribe").click()
    expect(reader.get_by_role("heading", name="Unsubscribed")).to_be_visible()
    member.goto(f"{url}/notices/")
    expect(member.locator("aside")).to_contain_text("You get no digest.")


def arrived(heard: Heard, to: str, subject: str) -> EmailMessage:
    """The letter to somebody with this subject, once it lies in the folder."""
    for _nth in range(300):
        for path in (heard.folder / "mail").glob("*.log"):
            for raw in path.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
                letter = message_from_bytes(raw.strip() + b"\n", policy=policy.default)
                if letter["To"] == to and str(letter["Subject"]).startswith(subject):
                    return letter
        time.sleep(0.1)
    raise AssertionError(f"Nothing came to {to}.")


def test_a_push_is_shown_by_name_and_leads_to_its_notice(
    member: Page, tender: Page, met: dict[str, str], url: str
) -> None:
    told_of_a_reply(member, tender, met["place"], "trolleys")
    member.context.grant_permissions(["notifications"], origin=url)
    devtools = member.context.new_cdp_session(member)
    known: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: known.extend(one["registrationId"] for one in said["registrations"]),
    )
    devtools.send("ServiceWorker.enable")
    member.goto(f"{url}/notices/settings/")
    expect(member.get_by_role("button", name="Show notices in this browser")).to_be_visible()
    member.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    member.wait_for_timeout(200)
    for payload in ('{"title": "Amira Khan replied to you", "url": "/notices/", "tag": "thread-1"}', "nonsense"):
        devtools.send("ServiceWorker.deliverPushMessage", {"origin": url, "registrationId": known[0], "data": payload})
    shown = """async () => {
      const registration = await navigator.serviceWorker.ready;
      for (let nth = 0; nth < 200; nth += 1) {
        const all = await registration.getNotifications();
        if (all.length === 2) return all.map((one) => [one.title, one.data.url]).sort();
        await new Promise((done) => setTimeout(done, 100));
      }
      return [];
    }"""
    assert member.evaluate(shown) == [["Amira Khan replied to you", "/notices/"], ["Heard", "/notices/"]]


def test_axe_finds_nothing_where_it_is_settled_how_one_is_told(
    member: Page, url: str, axe: Callable[[Page], None]
) -> None:
    for scheme in ("light", "dark"):
        member.emulate_media(color_scheme=scheme)
        for address in ("/notices/", "/notices/settings/"):
            member.goto(url + address)
            if (menu := member.locator(".notices .menu summary")).count():
                menu.last.click()  # an open menu lies on the buttons below it
            axe(member)
