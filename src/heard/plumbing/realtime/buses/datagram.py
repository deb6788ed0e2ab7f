"""News over Unix datagram sockets in the data folder: no other service, all processes on one machine."""

import asyncio
import secrets
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

from heard.plumbing.realtime.buses.latecomers import Latecomers
from heard.plumbing.realtime.buses.reach import reached

MOST_BYTES = 65_536


class DatagramBus:
    """Every stream process binds a socket of its own in `folder`; a sender writes to each it finds there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._late = Latecomers(folder)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)

    def send(self, packet: str) -> None:
        """Send to every listener; one that is behind gets it from another thread, one that is gone is cleared away."""
        with suppress(FileNotFoundError), reached(self.folder) as folder:
            for path in folder.glob("*.sock"):
                try:
                    self._socket.sendto(packet.encode(), str(path))
                except BlockingIOError:
                    self._late.add(path.name, packet)
                except ConnectionRefusedError:
                    path.unlink(missing_ok=True)
                except OSError:
                    continue

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[AsyncIterator[str]]:
        """Bind a socket of our own, after clearing away those of processes that died."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._clear_away_the_dead()
        with self._bound() as ours:
            yield _packets(ours)

    def _clear_away_the_dead(self) -> None:
        with reached(self.folder) as folder, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as probe:
            for path in folder.glob("*.sock"):
                try:
                    probe.connect(str(path))
                except ConnectionRefusedError:
                    path.unlink(missing_ok=True)

    @contextmanager
    def _bound(self) -> Iterator[socket.socket]:
        name = secrets.token_hex(8)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ours:
            ours.setblocking(False)
            with reached(self.folder) as folder:
                # Seen by senders only once it is bound: until then it would look like the socket of a dead process.
                ours.bind(str(folder / f".{name}"))
                (folder / f".{name}").rename(folder / f"{name}.sock")
            try:
                yield ours
            finally:
                (self.folder / f"{name}.sock").unlink(missing_ok=True)


async def _packets(ours: socket.socket) -> AsyncIterator[str]:
    loop = asyncio.get_running_loop()
    while True:
        yield (await loop.sock_recv(ours, MOST_BYTES)).decode(errors="replace")
