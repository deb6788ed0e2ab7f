"""Where the stream cannot be reached, pages ask by themselves; and what a page may reach is ours alone."""

import urllib.error
import urllib.request
from collections.abc import Callable

from playwright.sync_api import ConsoleMessage, Page, Route, expect

from tests.journeys.running import Heard
from tests.journeys.talking import reply, say, start_community

Opened = Callable[..., Page]


def deaf(page: Page, heard: Heard, address: str) -> None:
    """Opens the page where the stream's port cannot be reached, and where it does not take long to notice."""

    def sooner(route: Route) -> None:
        answer = route.fetch()
        soon = answer.text().replace("<heard-live ", '<heard-live poll-after="0.5" poll-every="0.5" ')
        route.fulfill(response=answer, body=soon)

    page.route(f"http://localhost:{heard.port + 1}/**", lambda route: route.abort("connectionrefused"))
    page.route(address, sooner)
    page.goto(address)


def test_a_reply_appears_all_the_same(page_for: Opened, heard: Heard) -> None:
    writer = page_for("tender")
    start_community(writer, heard.url)
    thread = say(writer, "Who has the long forks?")
    reader = page_for("leader")
    deaf(reader, heard, thread)

    reply(writer, "They are in Leith.")

    expect(reader.locator("#replies").get_by_text("They are in Leith.")).to_be_visible()


def test_no_page_breaks_its_own_policy(page_for: Opened, heard: Heard) -> None:
    page = page_for("member")
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        said.append(message.text)

    page.on("console", note)
    for address in ("/", "/write/", "/people/", "/notices/", "/communities/", "/me/"):
        page.goto(heard.url + address)
    assert [words for words in said if "Content Security Policy" in words] == []
    policy = page.request.get(heard.url).headers["content-security-policy"]
    assert f"connect-src 'self' http://localhost:{heard.port + 1};" in policy
    assert "unsafe" not in policy


def test_the_stream_speaks_to_our_own_pages_alone(page_for: Opened, heard: Heard) -> None:
    page = page_for("member")
    cookie = "; ".join(f"{one['name']}={one['value']}" for one in page.context.cookies())
    stream = f"http://localhost:{heard.port + 1}/stream?topics=home"
    assert answered(stream, {"Cookie": cookie, "Origin": heard.url}) == (200, heard.url)
    assert answered(stream, {"Cookie": cookie, "Origin": "http://elsewhere.example"}) == (403, None)
    assert answered(stream, {"Cookie": cookie, "Sec-Fetch-Site": "cross-site"}) == (403, None)
    assert answered(stream, {"Origin": heard.url}) == (401, None)


def answered(address: str, headers: dict[str, str]) -> tuple[int, str | None]:
    """Status, and the origin that may read the answer."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20) as answer:
            return answer.status, answer.headers["Access-Control-Allow-Origin"]
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, None
