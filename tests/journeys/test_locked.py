"""Somebody else holds the database for longer than anybody waits: a sentence says so, and no word is lost."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator

from playwright.sync_api import Page, expect

from tests.journeys.running import Heard
from tests.journeys.talking import say, start_community

Opened = Callable[..., Page]


@contextlib.contextmanager
def locked(heard: Heard) -> Iterator[None]:
    """The database as it is while another program writes and does not end."""
    with contextlib.closing(sqlite3.connect(heard.folder / "heard.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_a_reply_waits_in_its_composer_and_goes_out_when_it_is_sent_again(page_for: Opened, heard: Heard) -> None:
    page = page_for("leader")
    start_community(page, heard.url)
    say(page, "Who has the key to the cellar?")
    words = page.locator("#reply [name=source]")
    words.fill("It hangs behind the door.")
    send = page.locator("#reply").get_by_role("button", name="Reply")

    with locked(heard):
        send.click()
        expect(page.get_by_text("busy writing")).to_be_visible()
        expect(words).to_have_value("It hangs behind the door.")
    expect(page.locator("#replies").get_by_text("It hangs")).to_have_count(0)

    send.click()
    expect(page.locator("#replies").get_by_text("It hangs behind the door.")).to_have_count(1)
