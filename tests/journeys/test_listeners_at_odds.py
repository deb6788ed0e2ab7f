"""Listeners who do what no page of Heard does, or shut the desk while something is under way."""

import json
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from tests.journeys.asking import python
from tests.journeys.conftest import sign_in
from tests.journeys.running import Heard
from tests.journeys.voices import reports_that_wait

Opened = Callable[..., Page]
PASSPHRASE = "correct horse battery staple"
DIGITS = "12345678901234567890"
LOCK = "new BroadcastChannel('heard-desk').postMessage('lock');"
LOCK_WHILE_DRAWN = f"""() => {{
  const asked = window.fetch;
  window.fetch = async (url, ...given) => {{
    if (`${{url}}`.endsWith("/voice/opened.json")) {{
      {LOCK}
      await new Promise((done) => document.addEventListener("heard:unlocked", done, {{ once: true }}));
    }}
    return asked(url, ...given);
  }};
}}"""
"""Another tab locks the desk after a conversation was asked for and before it is drawn."""
SPOILED = """
import django, json, sys
django.setup()
from heard.demo.letters import sealed, writer_with
from heard.demo.talking import filled
from heard.features.voice import actions as voice
from heard.features.voice.models import Thread
from heard.features.voice.queries import public_keys, salt
from heard.features.voice.rules import beginning_in, message_in
from heard.plumbing.base64url import encode
digits, answers = json.loads(sys.argv[1])
heard = {key.code: bytes(key.public) for key in public_keys()}
writer = writer_with(digits, salt())
mine = {"thread": writer.thread, "lookup": encode(writer.lookup), "public": encode(writer.address)}
said = {"text": "The brakes were not tested.", "pictures": [], "me": mine["public"]}
message = sealed(writer.thread, "writer", said, heard | {"writer": writer.address})
body = {**mine, "wrapped": encode(writer.wrapped), "kind": "report", "ballot": "", "group": "", "message": message}
voice.begin(beginning_in(filled(body)), takes_strangers=True)
voice.settle()
thread = Thread.objects.get(pk=writer.thread)
for by, content in answers:
    readers = heard | ({"writer": writer.address} if by == "listener" else {})
    (voice.answer if by == "listener" else voice.note)(thread, message_in(sealed(writer.thread, by, content, readers)))
print(writer.thread)
"""


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Heard]:
    with reports_that_wait(tmp_path_factory.mktemp("odds")) as it:
        yield it


@pytest.fixture
def page(new_page: Opened, heard: Heard) -> Page:
    page = new_page()
    sign_in(page, heard, "ines.ear@example.org", "a rather long password")
    return page


def open_first(page: Page, heard: Heard) -> None:
    page.goto(f"{heard.url}/desk/")
    page.locator(".on-desk h2 a").first.click()
    page.locator("#passphrase").fill(PASSPHRASE)


def unlock(page: Page) -> None:
    page.locator("#passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.locator(".talk .say").first).to_be_visible()


def test_what_one_listener_spoils_is_said_and_all_the_rest_is_read(page: Page, new_page: Opened, heard: Heard) -> None:
    spoiled = [["note", {"pictures": [{"type": "image/jpeg"}]}], ["listener", {"text": 7}]]
    code = python(heard, SPOILED, json.dumps([DIGITS, [*spoiled, ["listener", {"text": "We look into it."}]]])).strip()
    page.goto(f"{heard.url}/desk/{code}/")
    unlock(page)
    writer = new_page()
    writer.goto(f"{heard.url}/speak/#receipt")
    writer.locator("#digits").fill(DIGITS)
    writer.get_by_role("button", name="Open", exact=True).click()
    for reader, unread in ((page, 2), (writer, 1)):
        said = reader.locator(".talk .say")
        expect(said).to_have_count(unread + 2)
        expect(said.first).to_contain_text("The brakes were not tested.")
        expect(said.filter(has_text="This message cannot be read")).to_have_count(unread)
        expect(said.last).to_contain_text("We look into it.")


def test_no_request_tells_whether_something_of_a_conversation_stands_open(page: Page, heard: Heard) -> None:
    """Nothing of these four was opened, and what is asked for is the same as if it had been."""
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    open_first(page, heard)
    with page.expect_response("**/opened/"):
        unlock(page)
    whence = {urlsplit(one.url).path: one.headers.get("referer") for one in asked}
    assert not whence["/opened/"]
    assert not whence["/voice/opened.json"]


def test_a_lock_that_comes_while_the_passphrase_is_stretched_holds(page: Page, heard: Heard) -> None:
    open_first(page, heard)
    page.evaluate(f"() => {{ document.querySelector('heard-reading form').requestSubmit(); {LOCK} }}")
    expect(page.locator("heard-reading form[inert]")).to_have_count(0)
    expect(page.locator("#passphrase")).to_be_visible()
    expect(page.locator(".talk")).to_have_count(0)
    expect(page.get_by_role("button", name="Lock")).to_be_hidden()


def test_a_lock_that_comes_while_a_conversation_is_drawn_leaves_the_field_for_the_passphrase(
    page: Page, heard: Heard
) -> None:
    open_first(page, heard)
    unlock(page)
    page.evaluate(LOCK_WHILE_DRAWN)
    page.get_by_role("link", name="Next that waits").click()
    expect(page.locator("#passphrase")).to_be_visible()
    expect(page.locator(".talk")).to_have_count(0)
    assert "Bills are paid" not in page.content()


def test_the_keyboard_stays_where_something_happened_and_it_is_said_that_a_reply_went(page: Page, heard: Heard) -> None:
    open_first(page, heard)
    field = page.locator("#passphrase")
    field.fill("something else entirely")
    field.press("Enter")
    expect(page.get_by_text("This is not the passphrase of your key.")).to_be_visible()
    expect(field).to_be_focused()
    field.fill(PASSPHRASE)
    field.press("Enter")
    expect(page.locator(".conversation")).to_be_focused()
    page.locator("#reply").fill("We have asked the auditors.")
    page.locator("#reply").press("Control+Enter")
    told = page.get_by_text("Your reply is there.")
    expect(told).to_be_focused()
    expect(told).to_be_in_viewport()


def test_what_was_decided_is_taken_back_as_what_is_done(page: Page, heard: Heard) -> None:
    open_first(page, heard)
    unlock(page)
    badge = page.locator("#what-it-is .badge")
    expect(badge).not_to_have_text("Sent")
    before = badge.inner_text()
    page.get_by_role("button", name="Decided", exact=True).click()
    expect(badge).to_have_text("Decided")
    page.get_by_role("button", name="It is not decided after all").click()
    expect(badge).to_have_text(before)
    expect(page.get_by_role("button", name="Decided", exact=True)).to_be_visible()
