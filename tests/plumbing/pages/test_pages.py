"""Pages wait for no browser: bodies are there before Django is asked, and answers go as they are fetched."""

import asyncio
from contextlib import suppress
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.conf import settings as heards
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from hypothesis import given
from hypothesis import strategies as some

from heard.plumbing.pages import Pages, bodies
from heard.plumbing.pages.application import MEMORY, MOST_AT_ONCE, OF_MEMORY
from heard.plumbing.pages.bodies import NoRoom, Room


class Browser:
    """One request: what it sends, each piece once it is asked for, and what it got."""

    def __init__(self, path="/", *, sends=(), method="POST", headers=(), address="192.0.2.7", leaves=False) -> None:
        self.sends, self.leaves, self.got = list(sends), leaves, []
        self.is_bare = not self.sends
        named = [(name.lower().encode(), value) for name, value in headers]
        if self.sends and b"content-length" not in dict(named):
            named.append((b"transfer-encoding", b"chunked"))
        self.scope = {
            "type": "http",
            "http_version": "1.1",
            "scheme": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "server": ("127.0.0.1", "8000"),
            "client": (address, "51234"),
            "headers": named,
        }

    async def receive(self):
        if self.sends:
            piece = self.sends.pop(0)
            return {"type": "http.request", "body": piece, "more_body": bool(self.sends)}
        if self.is_bare:
            self.is_bare = False
            return {"type": "http.request", "body": b"", "more_body": False}
        if self.leaves:
            return {"type": "http.disconnect"}
        return await asyncio.Event().wait()

    async def send(self, message):
        self.got.append(message)

    @property
    def status(self):
        return self.got[0]["status"]

    @property
    def content(self):
        return b"".join(one.get("body", b"") for one in self.got[1:])


class Stalling(Browser):
    """Sends the pieces it has, and then says for ever that more is to come."""

    async def receive(self):
        if self.sends:
            return {"type": "http.request", "body": self.sends.pop(0), "more_body": True}
        return await super().receive()


def echo(environ, start_response):
    """What was sent comes back, with the names of headers."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    start_response("200 OK", [("X-Length", str(length))])
    echo.environ = environ
    return HttpResponse(environ["wsgi.input"].read(length))


def answering(response):
    """An application that gives this response."""

    def application(environ, start_response):
        start_response("200 OK", list(response.items()))
        return response

    return application


def ask(pages, *browsers):
    """Serves them, all at once."""

    async def all_of_them():
        await asyncio.gather(*(pages(one.scope, one.receive, one.send) for one in browsers))

    asyncio.run(all_of_them())


def never(environ, start_response):
    raise AssertionError("Django was asked before the body was there.")


def test_what_comes_in_pieces_is_whole_before_django_is_asked():
    browser = Browser(sends=[b"one ", b"two ", b"three"])
    ask(Pages(echo), browser)
    assert (browser.status, browser.content) == (200, b"one two three")


@pytest.mark.parametrize("path", ["/threads/1/replies/", "/voice/read/"])
def test_a_body_that_stops_on_its_way_takes_no_thread_and_is_told_so(path, monkeypatch):
    monkeypatch.setattr(bodies, "GRACE", 0.05)
    browser = Stalling(path, sends=[b"abc"], headers=[("Content-Length", b"1024")])
    pages = Pages(never)
    ask(pages, browser)
    assert browser.status == 408
    assert b"came too slowly" in browser.content
    assert pages.memory.taken == pages.disk.taken == 0


def test_whoever_goes_away_while_sending_is_not_answered_for_them():
    browser = Stalling(sends=[b"abc"], leaves=True)
    ask(Pages(never), browser)
    assert browser.got == []


def test_a_body_that_keeps_coming_at_the_slowest_pace_is_taken(monkeypatch):
    monkeypatch.setattr(bodies, "GRACE", 1)
    monkeypatch.setattr(bodies, "time", SimpleNamespace(monotonic=iter([0, 0.9, 1.9, 2.9]).__next__))
    monkeypatch.setattr(bodies, "SLOWEST", 3)
    browser = Browser(sends=[b"abc", b"def", b"ghi"])
    ask(Pages(echo), browser)
    assert browser.content == b"abcdefghi"


def test_what_is_said_without_a_name_never_touches_the_disk(settings):
    long = b"x" * (bodies.IN_MEMORY + 1)
    ask(Pages(echo), Browser("/ballots/1/redeem/", sends=[long]))
    assert isinstance(echo.environ["wsgi.input"], BytesIO)
    ask(Pages(echo), Browser("/threads/1/replies/", sends=[long]))
    assert not isinstance(echo.environ["wsgi.input"], BytesIO)


@pytest.mark.parametrize("headers", [[], [("Content-Length", b"2000")]])
def test_of_what_is_too_long_django_hears_the_length_alone(headers, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    browser = Browser("/voice/", sends=[b"x" * 600, b"x" * 600, b"x" * 800], headers=headers)
    pages = Pages(echo)
    ask(pages, browser)
    assert int(echo.environ["CONTENT_LENGTH"]) > 1000
    assert len(browser.content) <= 600
    assert pages.memory.taken == 0


def test_more_at_once_from_one_address_than_anybody_needs_are_refused_and_nobody_else(monkeypatch):
    monkeypatch.setattr(bodies, "GRACE", 0.2)
    crowd = [Stalling(sends=[b"abc"]) for _ in range(MOST_AT_ONCE + 3)]
    other = Browser(sends=[b"abc"], address="192.0.2.8")
    ask(Pages(echo), *crowd, other)
    assert [one.status for one in crowd].count(429) == 3
    assert other.status == 200


def test_what_arrives_together_has_a_bound(monkeypatch):
    monkeypatch.setattr(bodies, "GRACE", 0.2)
    pages = Pages(echo)
    pages.memory.most = 1000
    first, second = Stalling("/voice/", sends=[b"x" * 900]), Browser("/voice/", sends=[b"x" * 200], address="192.0.2.8")
    page = Browser("/", sends=[b"x" * 200])
    ask(pages, first, second, page)
    assert (first.status, second.status, page.status) == (408, 503, 200)
    ask(pages, again := Browser("/voice/", sends=[b"x" * 200]))
    assert again.status == 200


def test_what_one_address_sends_without_a_name_leaves_room_for_all_others(monkeypatch):
    monkeypatch.setattr(bodies, "GRACE", 0.2)
    monkeypatch.setattr(bodies, "SLOWEST", 1_000_000_000)
    one = [Stalling("/voice/", sends=[b"x" * 2_450_000]) for _ in range(13)]
    sheets = [Browser("/voice/", sends=[b"x" * 70_000], address=f"198.51.100.{nth}") for nth in range(100)]
    pages = Pages(echo)
    ask(pages, *one, *sheets)
    assert [browser.status for browser in one] == [408] + [503] * 12
    assert {browser.status for browser in sheets} == {200}
    assert pages.memory.taken == 0


def test_many_who_answer_at_once_from_one_address_have_room_for_their_sheets():
    sheets = [Browser("/ballots/1/redeem/", sends=[b"x" * 70_000]) for _ in range(MOST_AT_ONCE)]
    ask(Pages(echo), *sheets)
    assert {browser.status for browser in sheets} == {200}


def test_the_longest_body_that_is_taken_fits_into_the_share_of_one_address():
    assert MEMORY // OF_MEMORY >= heards.DATA_UPLOAD_MAX_MEMORY_SIZE


@given(some.lists(some.tuples(some.integers(0, 6), some.integers(0, 130), some.booleans())))
def test_whatever_all_but_one_address_have_taken_that_one_finds_its_share_free(deeds):
    room, kept = Room(800, 100), []
    for address, size, goes in deeds:
        whose = bytes([address])
        if goes and kept:
            room.leave(*kept.pop(address % len(kept)))
        elif sum(other for other, by in kept if by == whose) + size <= 100:
            room.take(size, whose)
            kept.append((size, whose))
        else:
            with pytest.raises(NoRoom):
                room.take(size, whose)
    room.take(100, b"the eighth")
    with pytest.raises(NoRoom):
        room.take(1, b"the eighth")
    for taken in [*kept, (100, b"the eighth")]:
        room.leave(*taken)
    assert (room.taken, dict(room._of)) == (0, {})


def test_a_cookie_is_seen_however_it_is_written():
    cookies = [("Cookie", b"a=\xff"), ("Cookie", b"b=2")]
    ask(Pages(echo), Browser(method="GET", headers=cookies))
    assert echo.environ["HTTP_COOKIE"] == "a=\xff; b=2"


def test_no_header_passes_for_one_that_a_proxy_sets():
    sent = [("X_Forwarded_For", b"203.0.113.1"), ("X-Forwarded-For", b"192.0.2.1"), ("X-Forwarded-For", b"192.0.2.2")]
    ask(Pages(echo), Browser(method="GET", headers=sent))
    assert echo.environ["HTTP_X_FORWARDED_FOR"] == "192.0.2.1,192.0.2.2"


def test_an_address_arrives_as_it_was_written():
    browser = Browser("/files/caf%C3%A9%ff/", method="GET")
    ask(Pages(echo), browser)
    assert echo.environ["PATH_INFO"].encode("latin-1") == b"/files/caf\xc3\xa9\xff/"


def test_pieces_are_made_as_they_are_fetched_and_closed_when_nobody_fetches_them():
    made, closed = [], []

    def pieces():
        for nth in range(100):
            made.append(nth)
            yield b"x" * 64_000

    response = StreamingHttpResponse(pieces())
    response._resource_closers.append(lambda: closed.append(True))

    class Slow(Browser):
        async def send(self, message):
            await super().send(message)
            if len(self.got) == 4:
                await asyncio.Event().wait()

    browser = Slow(method="GET")

    async def until_it_stalls():
        pages = Pages(answering(response))
        with suppress(TimeoutError):
            async with asyncio.timeout(0.5):
                await pages(browser.scope, browser.receive, browser.send)

    asyncio.run(until_it_stalls())
    assert len(made) == 3
    assert closed == [True]


def test_a_stream_comes_whole():
    response = StreamingHttpResponse(str(nth).encode() for nth in range(50_000))
    browser = Browser(method="GET")
    ask(Pages(answering(response)), browser)
    assert browser.content == "".join(str(nth) for nth in range(50_000)).encode()
    assert browser.got[-1]["more_body"] is False


def test_a_file_is_sent_by_the_server(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"words")
    browser = Browser(method="GET")
    ask(Pages(answering(FileResponse(path.open("rb")))), browser)
    assert browser.got[1] == {"type": "http.response.pathsend", "path": str(path)}
    assert (b"content-length", b"5") in browser.got[0]["headers"]


@pytest.mark.parametrize("begin", [0, 2])
def test_what_is_no_whole_file_is_sent_in_pieces(begin, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"words")
    file = path.open("rb") if begin else BytesIO(b"words")
    file.seek(begin)
    browser = Browser(method="GET")
    ask(Pages(answering(FileResponse(file))), browser)
    assert browser.content == b"words"[begin:]


def test_whoever_asks_for_the_head_alone_gets_no_pieces():
    browser = Browser(method="HEAD")
    ask(Pages(answering(StreamingHttpResponse([b"words"]))), browser)
    assert browser.content == b""
    assert browser.status == 200
