"""A limit on all the time that a request takes: names, handshakes, headers and bodies, however slowly they drip."""

import contextlib
import socket
import threading
import time
from contextvars import ContextVar
from types import TracebackType

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from .refusing import TookTooLong


class Lifeline:
    """Ends every connection that is made while it holds, once its seconds are over."""

    def __init__(self, seconds: float) -> None:
        self.ends_at = time.monotonic() + seconds
        self.is_over = False
        self.sockets: list[socket.socket] = []
        self.lock = threading.Lock()
        self.timer = threading.Timer(seconds, self.cut)
        self.timer.daemon = True

    @property
    def left(self) -> float:
        """The seconds that are left; raises TookTooLong where none are."""
        self.check()
        return max(self.ends_at - time.monotonic(), 0.001)

    def check(self) -> None:
        """Raises TookTooLong where the time is up."""
        if self.is_over or time.monotonic() >= self.ends_at:
            raise TookTooLong

    def holds(self, connected: socket.socket) -> None:
        """Takes note of a connection, by a handle of its own: TLS takes the first one over."""
        with self.lock:
            self.sockets.append(connected.dup())
        if self.is_over:
            self.cut()

    def cut(self) -> None:
        """Ends everything now; whoever waits for a byte is told that there will be none."""
        self.is_over = True
        with self.lock:
            for one in self.sockets:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> "Lifeline":
        self.timer.start()
        self.token = current.set(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        current.reset(self.token)
        self.timer.cancel()
        with self.lock:
            for one in self.sockets:
                one.close()
            self.sockets.clear()


current: ContextVar[Lifeline] = ContextVar("lifeline")


class Connection(HTTPConnection):
    """A connection that the lifeline of the moment can end."""

    def _new_conn(self) -> socket.socket:
        connected = super()._new_conn()
        current.get().holds(connected)
        return connected


class SecureConnection(HTTPSConnection):
    """The same with TLS, whose handshake counts too."""

    def _new_conn(self) -> socket.socket:
        connected = super()._new_conn()
        current.get().holds(connected)
        return connected


class Pool(HTTPConnectionPool):
    """Makes such connections."""

    ConnectionCls = Connection


class SecurePool(HTTPSConnectionPool):
    """Makes such connections with TLS."""

    ConnectionCls = SecureConnection
