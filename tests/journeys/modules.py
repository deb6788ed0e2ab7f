"""The scripts of Heard on a server of their own, for what needs a real browser and nothing else of Heard."""

import contextlib
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import heard

SCRIPTS = Path(heard.__file__).parent / "web/static/js"
HEX = """
  const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
"""
"""How bytes go into a page and come out."""


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Says nothing."""


@contextlib.contextmanager
def scripts_served() -> Iterator[str]:
    """An address on this machine where `/blind.js` and the others lie; to a browser it is as good as HTTPS."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(SCRIPTS))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
