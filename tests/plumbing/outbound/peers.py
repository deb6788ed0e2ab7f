"""Servers of our own on the loopback network, that answer well or badly; the tests allow them by address and port."""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answering = Callable[[BaseHTTPRequestHandler], None]


class Peer:
    """A running server: its `port`, `url`, and the `requests` it has seen as (method, path, headers, body)."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.allowed = f"127.0.0.1:{port}"
        self.requests: list[tuple[str, str, dict[str, str], bytes]] = []


@contextlib.contextmanager
def peer(answers: Answering, *, tls: ssl.SSLContext | None = None) -> Iterator[Peer]:
    """A server that answers everything by `answers`, as long as the context lasts."""

    class Handler(BaseHTTPRequestHandler):
        def answered(self) -> None:
            size = int(self.headers.get("content-length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            self.body = self.rfile.read(size)
            it.requests.append((self.command, self.path, headers, self.body))
            with contextlib.suppress(OSError):
                answers(self)

        do_GET = do_POST = do_HEAD = answered  # noqa: N815

        def log_message(self, *_args: object) -> None:
            """Says nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_args: object) -> None:
            """Those who hang up are no news."""

    with Server(("127.0.0.1", 0), Handler) as server:
        it = Peer(server.server_port)
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield it
        server.shutdown()
        thread.join()


def page(body: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> Answering:
    """Answers with one page."""

    def answers(to: BaseHTTPRequestHandler) -> None:
        to.send_response(status)
        to.send_header("Content-Type", kind)
        for name, value in headers.items():
            to.send_header(name.replace("_", "-"), value)
        to.send_header("Content-Length", str(len(body)))
        to.end_headers()
        to.wfile.write(body)

    return answers


def leading_to(where: str | Callable[[str], str], status: int = 302) -> Answering:
    """Leads on, to an address or to one made of the path that was asked for."""

    def answers(to: BaseHTTPRequestHandler) -> None:
        to.send_response(status)
        to.send_header("Location", where if isinstance(where, str) else where(to.path))
        to.send_header("Content-Length", "0")
        to.end_headers()

    return answers


@contextlib.contextmanager
def dripping(said: bytes, *, pause: float = 0.05) -> Iterator[Peer]:
    """A server that sends `said` and then one byte after another, for ever."""
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            try:
                taken, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=drip, args=(taken,), daemon=True).start()

    def drip(taken: socket.socket) -> None:
        with taken, contextlib.suppress(OSError):
            taken.sendall(said)
            while not ended.is_set():
                taken.sendall(b"a")
                time.sleep(pause)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, daemon=True).start()
        yield Peer(listener.getsockname()[1])
        ended.set()
        listener.shutdown(socket.SHUT_RDWR)
