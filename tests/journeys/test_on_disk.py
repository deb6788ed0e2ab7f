"""What the browser of somebody who answered has on its disk, all files of it, once the answers have arrived."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from heard.plumbing import base64url
from tests.journeys.answering import HAS, Watched, answer_all, send, until
from tests.journeys.asking import ask, page_of
from tests.journeys.browsing import chromium, flags
from tests.journeys.conftest import PATIENCE, sign_in

WORDS = "The rota is unbearable, zebra"
KEYS = """async () => {
  const cache = await caches.open("heard-apart-1"), keys = [];
  const names = (await cache.keys()).filter(({ url }) => !url.endsWith("/chosen"));
  for (const request of names) keys.push(await (await cache.match(request)).text());
  return keys;
}"""
"""What tokens are sealed with."""


@pytest.fixture
def context(browser: Browser, tmp_path: Path) -> Iterator[BrowserContext]:
    """A browser that keeps what it keeps in `tmp_path`."""
    context = browser.browser_type.launch_persistent_context(tmp_path, executable_path=chromium(), args=flags())
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


def with_token(context: BrowserContext, watched: Watched) -> tuple[Page, str]:
    """A page where a member is signed in, whose browser has the token of a pulse that is open; and the pulse."""
    ballot, page = ask(watched.heard, hours=-2), context.pages[0]
    sign_in(page, watched.heard, *watched.heard.people["member"])
    page.goto(f"{watched.heard.url}/saved/")
    until(page, HAS, ballot)
    return page, ballot


def found(folder: Path, *sought: bytes) -> dict[bytes, list[str]]:
    """Of what is sought, what is found, and in which files."""
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    hits = {one: [path.name for path, held in files.items() if one in held] for one in sought}
    return {one: names for one, names in hits.items() if names}


def forms(text: str) -> list[bytes]:
    """A text as a browser may write it."""
    return [text.encode("utf-8"), text.encode("utf-16-le")]


def begun(page: Page, watched: Watched, ballot: str) -> None:
    """Comes from the page of the question, answers all of it, loads it again, and finds it as it was."""
    page.goto(page_of(watched.heard, ballot))
    page.get_by_role("link", name="Answer", exact=True).click()
    answer_all(page, WORDS)
    page.reload()
    expect(page.locator(".said")).to_contain_text(WORDS)


@pytest.mark.parametrize("keeps", [False, True], ids=["forgotten", "kept"])
def test_no_file_of_it_tells_what_was_answered_or_which_question_was_open_when(
    context: BrowserContext, watched: Watched, tmp_path: Path, keeps: bool
) -> None:
    page, ballot = with_token(context, watched)
    begun(page, watched, ballot)
    if keeps:
        page.get_by_label("Keep my token afterwards").check()
    keys = page.evaluate(KEYS)
    assert keys
    watched.clear()
    send(page)
    expect(page.get_by_role("heading", name="Your answers have arrived")).to_be_visible()
    left = set(page.evaluate(KEYS))
    context.close()

    (sent,) = watched.answers()
    assert WORDS in sent.body.decode()
    prefix = base64url.decode(json.loads(sent.body)["prefix"])
    gone = [key for key in keys if key not in left]
    secrets = [WORDS, *gone, prefix.hex(), base64url.encode(prefix), f"{watched.heard.url}/speak/#answer={ballot}"]
    assert gone
    assert found(tmp_path, prefix, *(form for one in secrets for form in forms(one))) == {}
    assert found(tmp_path, b"heard-tokens", ballot.encode()).keys() == {b"heard-tokens", ballot.encode()}
