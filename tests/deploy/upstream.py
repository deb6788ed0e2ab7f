"""A server that a proxy leads to: it remembers what came, and breaks off or holds on where it is told to."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LARGE = 20_000_000


@dataclass
class Upstream:
    """Its port, how it is stopped at once, the headers of each request by its path, and the bytes of all bodies."""

    port: int
    stop: Callable[[], None]
    came: dict[str, Message] = field(default_factory=dict)
    read: int = 0
    let_go: threading.Event = field(default_factory=threading.Event)


class Handler(BaseHTTPRequestHandler):
    upstream: Upstream

    def answer(self) -> None:
        missing = int(self.headers.get("Content-Length", 0))
        while missing and (piece := self.rfile.read1(min(missing, 65_536))):  # type: ignore[attr-defined]
            missing -= len(piece)
            self.upstream.read += len(piece)
        self.upstream.came[self.path] = self.headers
        self.send_response_only(200)
        if self.path == "/stream":
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            self.wfile.write(b"data: first\n\n")
            self.upstream.let_go.wait(30)
        else:
            is_broken, length = self.path.endswith("/broken"), LARGE if self.path.endswith("/large") else 10
            self.send_header("Content-Length", str(length + 90 * is_broken))
            self.end_headers()
            with contextlib.suppress(ConnectionError):
                self.wfile.write(b"x" * length)
        self.close_connection = True

    do_GET = do_POST = answer  # noqa: N815 - named by http.server

    def log_message(self, *_args: object) -> None:
        """Says nothing."""


@contextlib.contextmanager
def upstream() -> Iterator[Upstream]:
    """The server, as long as the context lasts."""
    own = type("Own", (Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), own)
    server.daemon_threads = True

    def stop() -> None:
        it.let_go.set()
        server.shutdown()
        server.server_close()

    it = own.upstream = Upstream(server.server_port, stop)  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield it
    stop()
