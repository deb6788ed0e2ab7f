"""Packets for a stream process that is behind: sent from a thread of their own, so that nobody waits."""

import socket
import struct
from collections import deque
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread

from heard.plumbing.realtime.buses.reach import reached

PATIENCE = 1
"""Seconds to wait for room before all that is late is dropped."""

MOST_PACKETS = 1_000


class Latecomers:
    """Linux queues ten datagrams a socket by default; a burst of more arrives through here, a little later."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._packets: deque[tuple[str, str]] = deque(maxlen=MOST_PACKETS)
        self._lock = Lock()
        self._at_work = False

    def add(self, name: str, packet: str) -> None:
        """Deliver `packet` to the socket `name` when it has room; never waits."""
        with self._lock:
            self._packets.append((name, packet))
            if self._at_work:
                return
            self._at_work = True
        Thread(target=self._deliver, name="late news", daemon=True).start()

    def _deliver(self) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as patient:
            patient.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", PATIENCE, 0))
            while item := self._next():
                self._send(patient, *item)

    def _next(self) -> tuple[str, str] | None:
        with self._lock:
            if self._packets:
                return self._packets.popleft()
            self._at_work = False
            return None

    def _send(self, patient: socket.socket, name: str, packet: str) -> None:
        with suppress(OSError), reached(self._folder) as folder:
            try:
                patient.sendto(packet.encode(), str(folder / name))
            except BlockingIOError:
                self._packets.clear()
