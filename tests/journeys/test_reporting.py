"""Wrongdoing is reported where outsiders are heard: without an account, or by a member who names no group."""

import json
import re
from base64 import b64decode
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.asking import python
from tests.journeys.receipts import the_receipt_stays_until_it_is_kept
from tests.journeys.running import Heard, running
from tests.journeys.talking import a_photograph, tells_nothing
from tests.journeys.test_speaking import PASSPHRASE, PHONE, opens_a_receipt, signed_in, token_came
from tests.journeys.voices import COMPANY, HAS_TOKEN, KEYS, MONTH, SAID, SETTLE
from tests.journeys.walking import overflow

Opened = Callable[..., Page]
Axed = Callable[[Page], None]
BILLS = "Bills of one supplier are paid twice, and one of the two goes to somebody else."
TESTED = "Brakes are signed as tested that nobody has tested."


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Heard]:
    """Two listeners with keys, a month in which members may speak, and an ear for whoever reaches the pages."""
    told = {"HEARD_REPORTS_FROM_OUTSIDE": "yes", "HEARD_TOKEN_WAIT": "1"}
    with running(tmp_path_factory.mktemp("reported"), demo=False, **told) as it:
        python(it, COMPANY)
        python(it, KEYS)
        python(it, MONTH)
        yield it


def said(heard: Heard) -> dict[str, object]:
    kept: dict[str, object] = json.loads(python(heard, SAID))
    return kept


def test_somebody_without_an_account_reports_comes_back_and_was_read(new_page: Opened, heard: Heard, axe: Axed) -> None:
    digits = an_outsider_reports(new_page(**PHONE), heard, axe)
    python(heard, SETTLE)
    a_listener_reads_it(signed_in(new_page, heard, "ines.ear"), heard)
    page = new_page()
    opens_a_receipt(page, heard, digits)
    expect(page.locator(".say.writer")).to_contain_text(BILLS)
    expect(page.locator(".say.listener")).to_contain_text("Thank you. We look into it.")


def an_outsider_reports(page: Page, heard: Heard, axe: Axed) -> str:
    page.goto(f"{heard.url}/speak/#write")
    expect(page.get_by_text("Speak · without a token, as somebody")).to_be_visible()
    for name in ("Ines Ear", "Lars Ear"):
        expect(page.locator("[data-slot=readers]")).to_contain_text(name)
    for kind in ("Thought", "Question", "Concern"):
        expect(page.get_by_role("radio", name=kind)).to_be_disabled()
    expect(page.get_by_role("radio", name="Report of wrongdoing")).to_be_checked()
    expect(page.locator("[name=apart]")).to_be_hidden()
    expect(page.get_by_text("within seven days")).to_be_visible()
    axe(page)
    assert overflow(page) == []
    page.locator("#write-text").fill(BILLS)
    page.locator("#write-pictures").set_input_files(a_photograph())
    page.get_by_role("button", name="Send without my name").click()
    page.get_by_role("heading", name="Your receipt").wait_for()
    expect(page.locator("[data-report]:visible")).to_contain_text("within three months")
    return the_receipt_stays_until_it_is_kept(page)


def a_listener_reads_it(page: Page, heard: Heard) -> None:
    page.goto(f"{heard.url}/desk/")
    page.get_by_role("link", name="Report of wrongdoing").first.click()
    page.locator("#passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Open").click()
    expect(page.locator(".say.writer")).to_contain_text(BILLS)
    picture = page.get_by_alt_text("A picture that was added")
    address = str(picture.get_attribute("src"))
    assert tells_nothing(b64decode(address.removeprefix("data:image/jpeg;base64,") + "==")).size == (200, 320)
    page.locator("#reply").fill("Thank you. We look into it.")
    page.locator("form[data-way=replies] button").click()
    expect(page.locator(".say.listener")).to_have_text(re.compile("We look into it"))


def test_a_member_reports_without_saying_of_which_group_and_keeps_their_token(new_page: Opened, heard: Heard) -> None:
    page = signed_in(new_page, heard, "operations.5")
    token_came(page, heard, "voice")
    before = said(heard)
    page.goto(f"{heard.url}/speak/#write")
    expect(page.get_by_text("as a member of Operations, one of 12")).to_be_visible()
    apart = page.get_by_label("Do not say of which group I am, and use no token")
    expect(apart).to_be_hidden()
    page.get_by_text("Report of wrongdoing", exact=True).click()
    apart.check()
    expect(page.get_by_text("Speak · without a token, as somebody")).to_be_visible()
    expect(page.get_by_text("as a member of Operations")).to_have_count(0)
    page.get_by_text("Concern", exact=True).click()
    expect(page.get_by_text("as a member of Operations, one of 12")).to_be_visible()
    page.get_by_text("Report of wrongdoing", exact=True).click()
    page.locator("#write-text").fill(TESTED)
    page.get_by_role("button", name="Send without my name").click()
    page.get_by_role("heading", name="Your receipt").wait_for()
    after = said(heard)
    assert after["used"] == before["used"] == 0
    assert len(after["threads"]) == len(before["threads"]) + 1
    assert {tuple(one) for one in after["threads"]} == {("report", "", "")}
    assert page.evaluate(HAS_TOKEN, "voice")
