"""Everybody is asked in the same words: a browser takes no token for others, neither from the server nor by a link."""

import json

import pytest
from playwright.sync_api import expect

from tests.journeys.answering import HAS, KEPT_AS, PHONE, STORED, Opened, Ready, Watched, until
from tests.journeys.asking import ASKED, ask
from tests.journeys.watching import Seen


def test_a_link_with_other_words_than_everybody_is_asked_is_refused(
    ready: Ready, new_page: Opened, watched: Watched
) -> None:
    page, ballot = ready()
    page.add_init_script(
        """const encode = TextEncoder.prototype.encode;
        TextEncoder.prototype.encode = function (text) {
          if (text?.startsWith("http")) window.link = text;
          return encode.call(this, text?.replace('"Early","Late"', '"Late","Early"'));
        };"""
    )
    page.goto(f"{watched.heard.url}/speak/#carry={ballot}")
    expect(page.locator(".carried-code path")).to_be_attached()
    phone = new_page(**PHONE)
    phone.goto(page.evaluate("link"))
    phone.get_by_role("button", name="I made it: bring it in").click()
    expect(phone.get_by_role("heading", name="This token was not brought in")).to_be_visible()
    expect(phone.locator("heard-token")).to_contain_text("not worded here as they are for everybody")
    assert phone.evaluate(STORED) == []


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
