"""The receipt of a conversation, as its writer holds it once it was sent."""

import re

from playwright.sync_api import Page, expect

FOURS_IN_LINES = """(receipt) => {
  const tops = Array.from({ length: 5 }, (_, nth) => {
    const four = document.createRange();
    four.setStart(receipt.firstChild, nth * 5);
    four.setEnd(receipt.firstChild, nth * 5 + 4);
    return [...four.getClientRects()].map(({ top }) => top).join();
  });
  return [...new Set(tops)].map((top) => tops.filter((one) => one === top).length);
}"""
"""How many of its fours stand in each line."""


def the_receipt_stays_until_it_is_kept(page: Page) -> str:
    receipt = page.locator(".secret")
    digits = receipt.inner_text()
    assert re.fullmatch(r"\d{4}( \d{4}){4}", digits)
    assert receipt.evaluate(FOURS_IN_LINES) in ([5], [3, 2])
    page.get_by_role("link", name="Try it").click()
    expect(page.locator("#digits")).to_have_value(digits)
    page.go_back()
    expect(receipt).to_have_text(digits)
    stays_when_it_is_left(page)
    expect(receipt).to_have_text(digits)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == digits
    page.get_by_role("button", name="I have kept it").click()
    expect(page.get_by_role("heading", name="Without your name")).to_be_visible()
    assert digits not in page.content()
    return digits


def stays_when_it_is_left(page: Page) -> None:
    """Goes to another page; the browser asks whether to, and one thinks better of it."""
    with page.expect_event("dialog") as asked:
        page.once("dialog", lambda dialog: dialog.dismiss())
        page.get_by_role("link", name="Heard", exact=True).click()
    assert asked.value.type == "beforeunload"
