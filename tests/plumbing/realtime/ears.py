"""Hears in a test what the test's own process announces."""

import socket
from pathlib import Path


class Ears:
    """A socket bound where a stream process would bind its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(folder / "ears.sock"))
        self._socket.setblocking(False)

    def packets(self) -> list[str]:
        """All that was received and not asked for yet."""
        received = []
        while True:
            try:
                received.append(self._socket.recv(65_536).decode())
            except BlockingIOError:
                return received

    def close(self) -> None:
        """Go deaf."""
        self._socket.close()
