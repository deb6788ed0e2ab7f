"""What the browser does with news: it asks again for what changed, spares who is writing, and polls when deaf."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import django_htmx
import pytest
from playwright.sync_api import Page, expect

from heard import web
from tests.plumbing.realtime.rig import Rig, stop

HTMX = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-4.js"
SCRIPTS = Path(web.__file__).parent / "static/js"
PAGE = """<!doctype html><html lang="en"><head><title>Live</title><link rel="icon" href="data:,">
<script src="/htmx-4.js"></script><script type="module" src="/live.js"></script>
<script type="module" src="/changed.js"></script></head><body>
<heard-live src="http://127.0.0.1:{stream}/stream?topics=community:3"></heard-live>
<div id="one" data-live="thread:1" hx-get="/one" hx-trigger="heard:changed" hx-swap="outerMorph">nothing yet</div>
<div id="two" data-live="thread:2" hx-get="/two" hx-trigger="heard:changed" hx-swap="outerMorph">
<p>nothing yet</p><input id="field"></div>
<p id="news" data-live="home" data-live-for="thread" hx-get="/news" hx-trigger="heard:changed">none</p>
{gap}<p id="far" data-live="thread:4" hx-get="/far" hx-trigger="heard:changed">none</p></body></html>"""
ATTRIBUTES = 'hx-trigger="heard:changed" hx-swap="outerMorph"'
ONE = f'<div id="one" data-live="thread:1" hx-get="/one" {ATTRIBUTES}>asked {{count}}</div>'
TWO = f'<div id="two" data-live="thread:2" hx-get="/two" {ATTRIBUTES}><p>asked {{count}}</p><input id="field"></div>'
FRAGMENTS = {"/one": ONE, "/two": TWO, "/news": "asked {count}", "/far": "asked {count}"}


class Site:
    """A page whose fragments count how often any was asked for, or fail when told to; `asked` says which were."""

    def __init__(self, port: int) -> None:
        self.asked: list[str] = []
        self.fails = False
        self._server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Answer, self))
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        self.address = f"http://127.0.0.1:{port}/"
        self.page = PAGE.format(stream=port + 1, gap="<br>" * 200)

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, path: str) -> tuple[int, str, str]:
        """Status, type and text."""
        if path in {"/htmx-4.js", "/live.js", "/changed.js"}:
            file = HTMX if path == "/htmx-4.js" else SCRIPTS / path[1:]
            return 200, "text/javascript", file.read_text()
        if path in FRAGMENTS:
            self.asked.append(path)
            return 500 if self.fails else 200, "text/html", FRAGMENTS[path].format(count=len(self.asked))
        return 200, "text/html", self.page


class _Answer(BaseHTTPRequestHandler):
    def __init__(self, site: Site, *arguments: object) -> None:
        self._site = site
        super().__init__(*arguments)

    def do_GET(self) -> None:
        status, kind, text = self._site.answer(self.path)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    """A stream beside which the site stands."""
    with Rig(tmp_path, {}) as rig:
        rig.allow(p7=["thread:1", "thread:2", "community:3"])
        rig.open("thread:1")
        yield rig


@pytest.fixture
def site(rig: Rig) -> Iterator[Site]:
    """The web at whose pages the stream's news arrives."""
    site = Site(rig.port)
    yield site
    site.close()


@pytest.fixture
def page(site: Site, new_page: Callable[..., Page]) -> Page:
    """Person 7 looks at the site and hears the stream; `told` is what the document was told."""
    page = new_page()
    page.context.add_cookies([{"name": "session", "value": "7", "url": site.address}])
    page.add_init_script(
        "window.told = []; document.addEventListener('heard:changed', (e) => told.push(e.detail.topic));"
    )
    with page.expect_response(lambda response: "/stream" in response.url and response.status == 200):
        page.goto(site.address)
    return page


def test_what_changed_asks_for_itself_again_and_nothing_else_does(page: Page, rig: Rig) -> None:
    rig.announce("thread:1 reply")

    expect(page.locator("#one")).to_have_text("asked 1")
    expect(page.locator("#two")).to_contain_text("nothing yet")
    rig.announce("thread:1 reply")
    expect(page.locator("#one")).to_have_text("asked 2")


def test_home_waits_for_the_news_it_names_from_any_community(page: Page, rig: Rig, site: Site) -> None:
    rig.announce("community:3 reply", "thread:1 reply")
    expect(page.locator("#one")).to_have_text("asked 1")
    assert site.asked == ["/one"]

    rig.announce("community:3 thread")

    expect(page.locator("#news")).to_have_text("asked 2")


def test_what_somebody_writes_in_is_left_alone_until_they_look_up(page: Page, rig: Rig) -> None:
    page.locator("#field").fill("half a sent")
    rig.announce("thread:2 reply", "thread:1 reply")
    expect(page.locator("#one")).to_have_text("asked 1")
    expect(page.locator("#two")).to_contain_text("nothing yet")

    page.locator("#field").blur()

    expect(page.locator("#two p")).to_have_text("asked 2")
    expect(page.locator("#field")).to_have_value("half a sent")


def test_an_answer_that_is_an_error_leaves_the_page_as_it_was(page: Page, site: Site, rig: Rig) -> None:
    site.fails = True
    with page.expect_response(lambda response: response.url.endswith("/one")):
        rig.announce("thread:1 reply")
    site.fails = False
    expect(page.locator("#one")).to_have_text("nothing yet")

    rig.announce("thread:1 reply")

    expect(page.locator("#one")).to_have_text("asked 2")


def test_a_page_polls_for_what_is_in_view_while_the_stream_is_gone_and_hears_again_when_it_is_back(
    page: Page, rig: Rig, site: Site
) -> None:
    page.evaluate(
        "for (const it of ['poll-after', 'poll-every']) document.querySelector('heard-live').setAttribute(it, 0.3)"
    )
    stop(rig.stream)
    page.wait_for_function("told.filter((topic) => topic === '*').length > 2")
    expect(page.locator("#two p")).to_contain_text("asked")
    assert {*site.asked} == {"/one", "/two", "/news"}

    rig.restart_stream()
    with page.expect_response(lambda response: "/stream" in response.url and response.status == 200):
        pass
    rig.announce("thread:1 reply")

    page.wait_for_function("told.includes('thread:1')")


def test_a_page_that_was_left_and_is_come_back_to_hears_again(page: Page, rig: Rig) -> None:
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    assert page.evaluate("document.querySelector('heard-live').stream === undefined")

    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")

    page.wait_for_function("told.includes('*')")
    rig.announce("thread:1 reply")
    page.wait_for_function("told.includes('thread:1')")
