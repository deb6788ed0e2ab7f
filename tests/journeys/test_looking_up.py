"""A token that was kept is looked for by its browser, in the list that everybody is given."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.answering import PHONE, PIN, Ready, Watched, choose_pin, keep_the_token
from tests.journeys.asking import beginnings, close, drop
from tests.journeys.watching import Seen

Axed = Callable[[Page], None]


def keeps_its_token(page: Page, watched: Watched, ballot: str) -> Locator:
    """The row of the token that was kept, where it lies."""
    keep_the_token(page, watched, ballot)
    row = page.locator("heard-kept li", has=page.get_by_role("button", name="Look it up"))
    expect(row).to_have_count(1)
    return row


def look(row: Locator, sentence: str) -> None:
    row.get_by_role("button", name="Look it up").click()
    expect(row.get_by_role("status")).to_contain_text(sentence)


def test_a_kept_token_is_found_by_its_browser_once_the_list_is_published_and_nothing_of_it_is_sent(
    ready: Ready, watched: Watched, axe: Axed
) -> None:
    page, ballot = ready(**PHONE)
    row = keeps_its_token(page, watched, ballot)
    (beginning,) = beginnings(watched.heard, ballot)
    look(row, "published within an hour after it has closed")
    watched.ballots.spoil = lambda _seen, _body: None
    look(row, "The server cannot be reached")
    close(watched.heard, ballot)
    watched.ballots.spoil = lambda seen, body: body[: len(body) // 2] if seen.path.endswith("/audit.json") else body
    look(row, "The server cannot be reached")
    watched.ballots.spoil = None
    watched.clear()

    button = row.get_by_role("button", name="Look it up")
    button.focus()
    page.keyboard.press("Enter")

    expect(row.get_by_role("status")).to_have_text(
        "Found: your token is one of the 1 that counted, and the published key of your group signed it."
    )
    expect(button).to_be_focused()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert watched.pages.seen == []
    asked = [f"/ballots/{one}" for one in ("log.json", f"{ballot}/keys.json", f"{ballot}/audit.json")]
    assert [one.path for one in watched.ballots.seen] == asked
    for one in watched.ballots.seen:
        assert (one.method, one.body) == ("GET", b"")
        assert not {"Cookie", "Referer"} & set(one.headers)
        assert beginning not in f"{one.path} {one.headers}"


def without_any(used: list[dict[str, str]]) -> list[dict[str, str]]:
    return []


def signed_by_nobody(used: list[dict[str, str]]) -> list[dict[str, str]]:
    return [one | {"signature": "A" * len(one["signature"])} for one in used]


def counted_twice(used: list[dict[str, str]]) -> list[dict[str, str]]:
    return used * 2


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (without_any, "your token is not in it"),
        (signed_by_nobody, "not as the published key of your group signed it"),
        (counted_twice, "not as the published key of your group signed it"),
    ],
)
def test_a_list_in_which_it_does_not_stand_as_it_should_is_said_to_be_one(
    ready: Ready, watched: Watched, changed, sentence: str
) -> None:
    def spoil(seen: Seen, body: bytes) -> bytes:
        if not seen.path.endswith("/audit.json"):
            return body
        listed = json.loads(body)
        return json.dumps(listed | {"used": changed(listed["used"])}).encode()

    page, ballot = ready()
    row = keeps_its_token(page, watched, ballot)
    close(watched.heard, ballot)
    watched.ballots.spoil = spoil
    look(row, sentence)


def test_a_key_that_is_not_the_published_one_finds_nothing(ready: Ready, watched: Watched) -> None:
    page, ballot = ready()
    row = keeps_its_token(page, watched, ballot)
    close(watched.heard, ballot)
    watched.ballots.spoil = lambda seen, body: body.replace(b'"n":"', b'"n":"B') if "keys" in seen.path else body
    look(row, "The list of keys is not the one that stands in the log.")


def test_of_what_is_gone_nothing_is_checked_and_under_a_pin_nobody_else_looks(ready: Ready, watched: Watched) -> None:
    page, ballot = ready()
    row = keeps_its_token(page, watched, ballot)
    choose_pin(page)
    close(watched.heard, ballot)
    page.reload()
    expect(page.get_by_role("heading", name="Your PIN")).to_be_visible()
    expect(page.get_by_role("button", name="Look it up")).to_have_count(0)
    page.locator("[data-unlocking]").get_by_label("PIN").fill(PIN)
    page.locator("[data-unlocking]").get_by_role("button", name="Open").click()
    look(row, "Found: your token is one of")
    drop(watched.heard, ballot)
    look(row, "Nothing is kept of this question here any more")
