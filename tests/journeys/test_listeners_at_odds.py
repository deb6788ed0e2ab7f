"""Listeners who do what no page of Heard does, or shut the desk while something is under way."""

import json
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from tests.journeys.asking import python
from tests.journeys.conftest import sign_in
from tests.journeys.running import Heard, running
from tests.journeys.voices import COMPANY, REPORTS

Opened = Callable[..., Page]
PASSPHRASE = "correct horse battery staple"
DIGITS = "12345678901234567890"
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
    """Two listeners with keys, and four reports that nobody has opened."""
    with running(tmp_path_factory.mktemp("odds"), demo=False) as it:
        python(it, COMPANY)
        python(it, REPORTS)
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
