"""What the Caddyfile promises to whoever answers is kept by a real Caddy, in front of a Heard that runs."""

import contextlib
import http.client
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_nothing_kept import ADDRESS, AGENT, ASKED, COOKIE, PREFERRED, REFERER, TRACES
from tests.cli.test_serve import soon
from tests.cli.test_speak import within
from tests.deploy.fronts import ANSWERS, PAGES, Front, caddy
from tests.deploy.upstream import Upstream, upstream
from tests.house.tree import ROOT
from tests.journeys.running import Heard, running, two_free_ports

MINA = {"X-Forwarded-For": ADDRESS, "User-Agent": AGENT, "Referer": REFERER, "Accept-Language": PREFERRED}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Heard, Front]]:
    """Heard under two names, with nobody in it."""
    port = two_free_ports()
    pages, answers = (f"https://{name}:{port}" for name in (PAGES, ANSWERS))
    told = {"HEARD_URL": pages, "HEARD_STREAM_URL": pages, "HEARD_BALLOT_URL": answers, "PYTHONPATH": str(ROOT)}
    with (
        running(tmp_path_factory.mktemp("heard"), demo=False, **told) as heard,
        caddy(tmp_path_factory.mktemp("caddy"), port=port, web=heard.port, stream=heard.port + 1) as front,
    ):
        yield heard, front


@pytest.fixture
def behind() -> Iterator[Upstream]:
    with upstream() as it:
        yield it


@pytest.fixture
def front(tmp_path: Path, behind: Upstream) -> Iterator[Front]:
    """Caddy in front of a server that remembers what came."""
    with caddy(tmp_path, port=two_free_ports(), web=behind.port, stream=behind.port) as it:
        yield it


def test_each_name_has_a_certificate_of_its_own(site: tuple[Heard, Front]) -> None:
    _heard, front = site
    for name in (PAGES, ANSWERS):
        with front.connection(name) as secret:
            assert (secret.getpeercert() or {})["subjectAltName"] == (("DNS", name),)


def test_pages_come_under_their_name_and_may_send_to_the_other(site: tuple[Heard, Front]) -> None:
    _heard, front = site
    status, headers, page = front.ask(PAGES, "/begin/")
    assert (status, page[:15].lower()) == (200, b"<!doctype html>")
    assert front.url(ANSWERS) in headers["content-security-policy"]


ODD = ["/BALLOTS/log.json", "/Voice/", "//ballots/log.json", "/x/../ballots/log.json", "/x/%2e%2e/ballots/log.json"]
ODDER = [
    "/ballots/../begin/",
    "/ballots/%2e%2e/begin/",
    "/ballots/..%2fbegin/",
    "/b%61llots/log.json",
    "/ballots%2flog.json",
]
ODDEST = [
    "/./ballots/log.json",
    "/ballots/./log.json",
    "/ballots//log.json",
    "/ballots/;/../begin/",
    "/?/ballots/log.json",
]


@pytest.mark.parametrize("path", ["/ballots/log.json", "/ballots/log.json?from=1", "/voice/listeners.json"])
def test_under_the_name_for_answers_are_the_addresses_that_know_nobody(site: tuple[Heard, Front], path: str) -> None:
    _heard, front = site
    status, headers, _said = front.ask(ANSWERS, path)
    assert (status, headers["content-type"]) == (200, "application/json")


@pytest.mark.parametrize(
    "path", ["/", "/begin/", "/accounts/login/", "/stream", "/sw.js", "/ballots", "/admin/", *ODD, *ODDER, *ODDEST]
)
def test_under_the_name_for_answers_there_is_nothing_else(site: tuple[Heard, Front], path: str) -> None:
    _heard, front = site
    status, headers, page = front.ask(ANSWERS, path)
    assert (status, headers["server"], page) == (404, "Caddy", b"")


def test_a_browser_is_told_nothing_that_it_would_write_down_with_the_moment(site: tuple[Heard, Front]) -> None:
    _heard, front = site
    told = {name: front.ask(name, path)[1] for name, path in ((PAGES, "/begin/"), (ANSWERS, "/ballots/log.json"))}
    nowhere = front.ask(ANSWERS, "/begin/")[1]
    assert [headers for headers in (*told.values(), nowhere) if "alt-svc" in headers] == []
    assert told[PAGES]["strict-transport-security"] == "max-age=31536000"
    assert told[ANSWERS]["strict-transport-security"] == "max-age=0"
    assert "strict-transport-security" not in nowhere


@pytest.mark.parametrize(
    ("name", "other", "path"), [(ANSWERS, PAGES, "/begin/"), (PAGES, ANSWERS, "/ballots/log.json")]
)
def test_who_has_come_for_one_name_gets_nothing_of_the_other(
    site: tuple[Heard, Front], name: str, other: str, path: str
) -> None:
    _heard, front = site
    before = front.everything()
    status, headers, said = front.ask(name, path, headers={"Host": f"{other}:{front.port}"})
    assert (status, headers["server"], said) == (421, "Caddy", b"")
    assert front.everything() == before


def test_of_who_answered_caddy_keeps_nothing_either(site: tuple[Heard, Front]) -> None:
    heard, front = site
    ballot, bodies, wrong = json.loads(within(heard, ASKED).splitlines()[-1])
    path = f"/ballots/{ballot}/redeem/"

    def send(body: str, **further: str) -> int:
        headers = {**MINA, "Origin": front.url(PAGES), "Content-Type": "text/plain", **further}
        return front.ask(ANSWERS, path, body.encode(), headers)[0]

    assert [send(body) for body in bodies] == [204] * len(bodies)
    assert send(bodies[0]) == 409
    assert [send(body) for body in wrong] == [409, 400, 400]
    assert send(wrong[0], Cookie=COOKIE) == 400
    status, headers, _keys = front.ask(ANSWERS, f"/ballots/{ballot}/keys.json", headers=MINA)
    assert (status, "set-cookie" in headers) == (200, False)
    assert [trace for trace in (*TRACES, "remote_ip", ballot) if trace in front.everything()] == []


def test_what_a_browser_says_of_itself_goes_no_further(front: Front, behind: Upstream) -> None:
    front.ask(ANSWERS, "/voice/read/", b"body", MINA)
    came = behind.came["/voice/read/"]
    assert (came["Host"], came["X-Forwarded-Proto"]) == (f"{ANSWERS}:{front.port}", "https")
    assert came["X-Forwarded-For"] == "127.0.0.1", "what a visitor says of their address is not believed"
    assert [trace for trace in TRACES if trace in str(came)] == []
    front.ask(PAGES, "/begin/", headers=MINA)
    assert behind.came["/begin/"]["User-Agent"] == AGENT
    assert behind.came["/begin/"]["X-Forwarded-For"] == "127.0.0.1"


@pytest.mark.parametrize("name", [PAGES, ANSWERS])
def test_bodies_that_never_end_are_not_gathered_in_the_memory_of_caddy(
    front: Front, behind: Upstream, name: str
) -> None:
    """Heard gets them as they come, and has bounds for them."""
    before, half, count = front.most_memory(), b"x" * 1_500_000, 60
    with contextlib.ExitStack() as stack:
        for _nth in range(count):
            secret = stack.enter_context(front.connection(name))
            head = f"POST /voice/ HTTP/1.1\r\nHost: {name}\r\nContent-Length: {2 * len(half) - 100_000}\r\n\r\n"
            secret.sendall(head.encode() + half)
        assert soon(lambda: behind.read == count * len(half))
        assert behind.came == {}, "none of them is whole"
        assert front.most_memory() - before < count * len(half) / 2


def test_what_is_new_is_passed_on_as_it_comes(front: Front) -> None:
    with front.connection(PAGES) as secret:
        asking = http.client.HTTPConnection(PAGES, front.port)
        asking.sock = secret
        asking.request("GET", "/stream", headers={"Accept-Encoding": "gzip, zstd"})
        answer = asking.getresponse()
        assert answer.getheader("Content-Encoding") is None
        assert answer.readline() == b"data: first\n", "while whoever sent it goes on"


@pytest.mark.parametrize("is_as_shipped", [True, False])
def test_of_what_fails_on_its_way_nothing_is_written_down(tmp_path: Path, is_as_shipped: bool) -> None:
    """Heard breaks off, the browser leaves in the middle, Heard is gone: left to itself Caddy logs all three."""
    port = two_free_ports()
    with (
        upstream() as behind,
        caddy(tmp_path, port=port, web=behind.port, stream=behind.port, is_silent=is_as_shipped) as front,
    ):
        with contextlib.suppress(http.client.HTTPException, ConnectionError):
            front.ask(ANSWERS, "/ballots/broken", headers=MINA)
        with front.connection(ANSWERS) as secret:
            secret.sendall(f"GET /voice/large HTTP/1.1\r\nHost: {ANSWERS}\r\nUser-Agent: {AGENT}\r\n\r\n".encode())
            assert secret.recv(12) == b"HTTP/1.1 200"
        behind.stop()
        assert front.ask(ANSWERS, "/ballots/gone", headers=MINA)[0] == 502
        traces = {"remote_ip", "/broken", "/large", "/gone", "Mina Member"}
        if is_as_shipped:
            time.sleep(1)
            assert not any(trace in front.everything() for trace in traces)
        else:
            assert soon(lambda: all(trace in front.everything() for trace in traces))
