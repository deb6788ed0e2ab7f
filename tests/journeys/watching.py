"""A door in front of Heard that sees what a server sees: every request with its headers, and may spoil an answer."""

import contextlib
import http.client
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOP = {"connection", "transfer-encoding", "keep-alive", "content-length", "date", "server"}


@dataclass
class Seen:
    """One request."""

    method: str
    path: str
    headers: Message
    body: bytes


@dataclass
class Door:
    """What came through it; `spoil` may change the body of an answer, or say by None that it is lost on its way."""

    port: int
    upstream: int = 0
    seen: list[Seen] = field(default_factory=list)
    spoil: Callable[[Seen, bytes], bytes | None] | None = None

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://localhost:{self.port}"

    def pass_on(self, seen: Seen) -> tuple[int, list[tuple[str, str]], bytes]:
        """What Heard answers to a request."""
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.upstream, timeout=30)) as connection:
            connection.request(seen.method, seen.path, seen.body, dict(seen.headers.items()))
            answer = connection.getresponse()
            kept = [(name, words) for name, words in answer.getheaders() if name.lower() not in HOP]
            return answer.status, kept, answer.read()


class Handler(BaseHTTPRequestHandler):
    door: Door

    def pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        seen = Seen(self.command, self.path, self.headers, body)
        self.door.seen.append(seen)
        status, headers, answer = self.door.pass_on(seen)
        spoiled = self.door.spoil(seen, answer) if self.door.spoil else answer
        if spoiled is None:
            return  # The connection ends without a word.
        self.send_response_only(status)
        for name, words in headers:
            self.send_header(name, words)
        self.send_header("Content-Length", str(len(spoiled)))
        self.end_headers()
        self.wfile.write(spoiled)

    do_GET = do_POST = do_HEAD = do_OPTIONS = pass_on  # noqa: N815 - named by http.server

    def log_message(self, *_args: object) -> None:
        """Says nothing."""


@contextlib.contextmanager
def door() -> Iterator[Door]:
    """A door at a port of its own; where it leads is told later."""
    own = type("Own", (Handler,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), own) as server:
        own.door = Door(server.server_port)  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield own.door  # type: ignore[attr-defined]
        server.shutdown()
        thread.join()
