"""What is fetched, from real servers that behave and that do not."""

import gzip
import socket
import threading
import time
import tracemalloc
import zlib
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

import heard
from heard.plumbing import outbound
from tests.plumbing.outbound.peers import dripping, leading_to, page, peer


def fetched(url: str, **options: Any) -> outbound.Answer:
    return outbound.fetch(url, **{"most_bytes": 100_000, "deadline": 5, "accept": "text/html", **options})


def test_a_page_comes_with_where_it_came_from(settings: Any) -> None:
    with peer(page(b"<p>Hello")) as it:
        settings.HEARD_OUTBOUND_ALLOW = [it.allowed]
        answer = fetched(f"{it.url}/a?b=c#d")
    assert (answer.status, answer.body, answer.kind) == (200, b"<p>Hello", "text/html")
    assert answer.url == f"{it.url}/a?b=c"
    method, path, headers, _ = it.requests[0]
    assert (method, path) == ("GET", "/a?b=c")
    assert headers["user-agent"] == f"Heard/{heard.__version__} (+{settings.HEARD_URL})"


def test_nothing_of_ours_goes_along(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    (tmp_path / ".netrc").write_text("default login me password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    with peer(page(b"", Set_Cookie="a=b; Path=/")) as it:
        settings.HEARD_OUTBOUND_ALLOW = [it.allowed]
        fetched(it.url, headers={"Cookie": "a=b", "X-Mine": "yes", "Host": "elsewhere.example"})
        fetched(it.url)
    for _, _, headers, _ in it.requests:
        assert not {"cookie", "authorization", "referer"} & set(headers)
        assert headers["host"] == f"127.0.0.1:{it.port}"
    assert it.requests[0][2]["x-mine"] == "yes"


def test_what_is_not_allowed_by_address_and_port_is_not_asked(settings: Any) -> None:
    with peer(page(b"")) as it:
        for entries in ([], ["127.0.0.1"], [f"127.0.0.1:{it.port + 1}"], [f"localhost:{it.port}"], ["10.0.0.0/8"]):
            settings.HEARD_OUTBOUND_ALLOW = entries
            with pytest.raises(outbound.AddressIsNotPublic):
                fetched(f"http://localhost:{it.port}/")
        settings.HEARD_OUTBOUND_ALLOW = ["127.0.0.0/8", f"127.0.0.1:{it.port}"]
        assert fetched(f"http://localhost:{it.port}/").status == 200


def test_the_address_that_was_judged_is_the_one_that_is_dialled(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads elsewhere the second time it is asked for (rebinding) is asked for once."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def rebinding(host: str, port: int, *args: Any, **named: Any) -> Any:
        if not host.startswith("rebinding.example"):
            return real(host, port, *args, **named)
        asked.append(host)
        address = "93.184.215.14" if len(asked) > 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    with peer(page(b"here")) as it:
        settings.HEARD_OUTBOUND_ALLOW = [it.allowed]
        monkeypatch.setattr(socket, "getaddrinfo", rebinding)
        assert fetched(f"http://rebinding.example:{it.port}/").body == b"here"
    assert asked == ["rebinding.example."]
    assert it.requests[0][2]["host"] == f"rebinding.example:{it.port}"


def test_five_redirects_are_followed_and_no_sixth(settings: Any) -> None:
    with peer(leading_to(lambda path: f"{path}x")) as it:
        settings.HEARD_OUTBOUND_ALLOW = [it.allowed]
        with pytest.raises(outbound.TooManyRedirects):
            fetched(f"{it.url}/")
    assert len(it.requests) == 6


def test_a_circle_ends_at_once(settings: Any) -> None:
    with peer(leading_to("/")) as it:
        settings.HEARD_OUTBOUND_ALLOW = [it.allowed]
        with pytest.raises(outbound.TooManyRedirects):
            fetched(f"{it.url}/")
    assert len(it.requests) == 1


@pytest.mark.parametrize(
    "where",
    ["http://169.254.169.254/", "http://[::ffff:10.0.0.1]/", "http://127.0.0.1/", "//localhost/", "http://2130706433/"],
)
def test_a_redirect_into_a_private_network_is_not_followed(where: str, settings: Any) -> None:
    with peer(leading_to(where)) as it:
        settings.HEARD_OUTBOUND_ALLOW = [it.allowed]
        with pytest.raises((outbound.AddressIsNotPublic, outbound.AddressCannotBeRead)):
            fetched(it.url)


@pytest.mark.parametrize(
    "where", ["file:///etc/passwd", "javascript:alert(1)", "http://", "http://[", "\\\\x\\y", "ftp://x/"]
)
def test_a_redirect_to_nonsense_is_refused_in_words(where: str, settings: Any) -> None:
    with peer(leading_to(where)) as it:
        settings.HEARD_OUTBOUND_ALLOW = [it.allowed]
        with pytest.raises(outbound.OutboundRefused):
            fetched(it.url)


def test_what_carries_a_body_follows_nothing(settings: Any) -> None:
    with peer(leading_to("/elsewhere", 307)) as it:
        settings.HEARD_OUTBOUND_ALLOW = [it.allowed]
        answer = fetched(it.url, method="POST", body=b"secret")
    assert (answer.status, len(it.requests), it.requests[0][3]) == (307, 1, b"secret")


@pytest.mark.parametrize("body", [b"a" * 100_001, gzip.compress(b"a" * 100_001)])
def test_what_is_too_large_is_refused_or_cut(body: bytes, settings: Any) -> None:
    packing = {"Content_Encoding": "gzip"} if body[:2] == b"\x1f\x8b" else {}
    with peer(page(body, **packing)) as it:
        settings.HEARD_OUTBOUND_ALLOW = [it.allowed]
        with pytest.raises(outbound.AnswerIsTooLarge):
            fetched(it.url)
        answer = fetched(it.url, cut=True)
        assert (answer.body, answer.is_cut) == (b"a" * 100_000, True)
        assert not fetched(it.url, most_bytes=100_001).is_cut


def test_a_bomb_is_left_before_it_is_unpacked(settings: Any) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(200)), packer.flush()])
    with peer(page(bomb, Content_Encoding="gzip")) as it:
        settings.HEARD_OUTBOUND_ALLOW = [it.allowed]
        tracemalloc.start()
        with pytest.raises(outbound.AnswerIsTooLarge):
            fetched(it.url)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 3_000_000


@pytest.mark.parametrize("packing", ["br", "zstd", "deflate", "gzip, gzip", "compress", "x"])
def test_what_is_packed_as_nobody_asked_is_refused(packing: str, settings: Any) -> None:
    with peer(page(b"\x28\xb5\x2f\xfd" * 9, Content_Encoding=packing)) as it:
        settings.HEARD_OUTBOUND_ALLOW = [it.allowed]
        with pytest.raises(outbound.WrongKindOfAnswer):
            fetched(it.url)


def test_broken_packing_is_refused_in_words(settings: Any) -> None:
    with peer(page(b"\x1f\x8bnot at all", Content_Encoding="gzip")) as it:
        settings.HEARD_OUTBOUND_ALLOW = [it.allowed]
        with pytest.raises(outbound.NobodyAnswers):
            fetched(it.url)


def test_another_kind_than_was_asked_for_is_refused(settings: Any) -> None:
    with peer(page(b"%PDF", "application/pdf")) as it:
        settings.HEARD_OUTBOUND_ALLOW = [it.allowed]
        with pytest.raises(outbound.WrongKindOfAnswer):
            fetched(it.url)
        assert fetched(it.url, accept="application/*").body == b"%PDF"


SLOW = [
    b"",
    b"HTTP/1.1 200 OK\r\nX-Slow: ",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 90000\r\n\r\n",
    b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 90000\r\n\r\n",
]


@pytest.mark.parametrize("said", SLOW)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_slow_drip_ends_when_the_time_is_up(said: bytes, scheme: str, settings: Any) -> None:
    with dripping(said) as it:
        settings.HEARD_OUTBOUND_ALLOW = [it.allowed]
        begun = time.monotonic()
        with pytest.raises(outbound.OutboundRefused):
            fetched(f"{scheme}://127.0.0.1:{it.port}/", deadline=0.4)
        assert time.monotonic() - begun < 10  # it would never end


def test_a_name_that_is_slow_to_be_found_ends_too(monkeypatch: pytest.MonkeyPatch) -> None:
    never = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_named: [never.wait(20)][:0])
    with pytest.raises(outbound.TookTooLong):
        fetched("https://slow.example/", deadline=0.2)
    never.set()


def test_no_thread_and_no_connection_is_left_behind(settings: Any) -> None:
    with dripping(b"HTTP/1.1 200 OK\r\n") as it:
        settings.HEARD_OUTBOUND_ALLOW = [it.allowed]
        for _ in range(3):
            with pytest.raises(outbound.TookTooLong):
                fetched(f"http://127.0.0.1:{it.port}/", deadline=0.1)
    assert not [one for one in threading.enumerate() if isinstance(one, threading.Timer) and not one.finished.is_set()]


@pytest.mark.parametrize(
    "said", [b"nonsense\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"SSH-2.0-OpenSSH_9.2\r\n", b"\0" * 70_000]
)
def test_a_server_that_speaks_something_else_is_refused_in_words(said: bytes, settings: Any) -> None:
    with dripping(said, pause=0.01) as it:
        settings.HEARD_OUTBOUND_ALLOW = [it.allowed]
        with pytest.raises(outbound.OutboundRefused) as refused:
            fetched(f"http://127.0.0.1:{it.port}/", deadline=1)
    assert str(refused.value)


def test_nobody_there_is_said_so(settings: Any) -> None:
    settings.HEARD_OUTBOUND_ALLOW = ["127.0.0.1:9"]
    with pytest.raises(outbound.NobodyAnswers):
        fetched("http://127.0.0.1:9/")


def test_the_second_address_is_tried_where_the_first_takes_no_connection(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with peer(page(b"second")) as it:
        settings.HEARD_OUTBOUND_ALLOW = [f"127.0.0.0/8:{it.port}"]
        rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, it.port)) for one in ("127.0.0.9", "127.0.0.1")]
        real = socket.getaddrinfo
        monkeypatch.setattr(
            socket, "getaddrinfo", lambda host, *rest, **more: rows if "two" in host else real(host, *rest, **more)
        )
        assert fetched(f"http://two.example:{it.port}/").body == b"second"


def test_an_answer_that_says_no_is_given_as_it_is(settings: Any) -> None:
    def gone(to: BaseHTTPRequestHandler) -> None:
        page(b"{}", "application/json", 410)(to)

    with peer(gone) as it:
        settings.HEARD_OUTBOUND_ALLOW = [it.allowed]
        assert fetched(it.url).status == 410
