"""Everybody is asked in the same words: a browser takes no token for others, and shows none for one it was brought."""

import json

import pytest
from playwright.sync_api import expect

from heard.plumbing import base64url
from tests.journeys.answering import HAS, KEPT_AS, PHONE, Opened, Ready, Watched, until
from tests.journeys.asking import ASKED, ask
from tests.journeys.watching import Seen

OTHERS = """const decode = TextDecoder.prototype.decode;
TextDecoder.prototype.decode = function (bytes) {
  return decode.call(this, bytes).replace("Which shift", "Which other shift");
};"""
"""Whatever is published is read with other words than were sealed."""


@pytest.mark.parametrize("what", ["no key", "another key", "other words"])
def test_who_brings_a_token_without_the_words_of_everybody_is_told_so_and_asked_by_numbers(
    ready: Ready, new_page: Opened, watched: Watched, what: str
) -> None:
    page, ballot = ready()
    page.goto(f"{watched.heard.url}/speak/#carry={ballot}")
    whole = base64url.decode(page.locator(".carried .secret").inner_text().removeprefix("heard1."))
    key = {"no key": b"", "another key": bytes(16), "other words": whole[320:]}[what]
    phone = new_page(**PHONE)
    if what == "other words":
        phone.add_init_script(OTHERS)
    phone.goto(f"{watched.heard.url}/speak/#token=heard1.{base64url.encode(whole[:320] + key)}")
    phone.get_by_role("button", name="I made it: bring it in").click()
    expect(phone.locator(".asking h1")).to_have_text("Question 1, as it stands on your other device or on paper")
    why = "came without the key" if what == "no key" else "not those that everybody is asked"
    expect(phone.locator(".asking [data-slot=intro]")).to_contain_text(why)
    for _nth in range(2):
        phone.get_by_text("I would rather not say").click()
        phone.get_by_role("button", name="Next").click()
    expect(phone.locator(".pick-one").first).to_have_text("Answer A")
    expect(phone.locator("body")).not_to_contain_text("Which other shift")


def test_whatever_the_words_are_a_browser_counts_their_digest_as_the_server_did(
    browser_of: Opened, watched: Watched
) -> None:
    odd = '„ü“ \\ " \t\n\u2028\x7f </b> 🙂'
    ballot = ask(watched.heard, odd, [one | {"text": f"{odd} {one['text']}"} for one in ASKED])
    until(browser_of(), HAS, ballot)


@pytest.mark.parametrize("what", ["title", "intro", "text", "options", "reversed"])
def test_who_is_asked_in_other_words_than_everybody_takes_no_token(
    browser_of: Opened, watched: Watched, what: str
) -> None:
    ballot = ask(watched.heard)

    def mark(seen: Seen, body: bytes) -> bytes:
        return spoiled(body, ballot, what) if seen.path == "/tokens/" else body

    watched.pages.spoil = mark
    watched.clear()
    page = browser_of()
    until(page, KEPT_AS, "trouble:")
    page.goto(f"{watched.heard.url}/speak/#answer={ballot}")
    expect(page.get_by_role("heading", name="Your browser took no token")).to_be_visible()
    expect(page.locator("heard-answering")).to_contain_text("not worded here as they are for everybody")
    assert [one for one in watched.pages.seen if one.path == f"/tokens/{ballot}/"] == []


def spoiled(body: bytes, ballot: str, what: str) -> bytes:
    """The listing with one ballot worded otherwise, in a way that would tell two people apart."""
    told = json.loads(body)
    (page,) = [one for one in told["ballots"] if one["ballot"] == ballot]
    choice = page["questions"][2]
    if what in {"title", "intro"}:
        page[what] += "."
    elif what == "text":
        choice["text"] = page["questions"][0]["text"]
    elif what == "options":
        choice["options"].reverse()
    else:
        page["questions"][1]["is_reversed"] = True
    return json.dumps(told).encode()
