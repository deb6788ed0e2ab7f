"""Runs the stream as a process of its own."""

import asyncio
import contextlib
import resource
import socket
from types import FrameType

import uvicorn

from heard.plumbing.realtime.stream import StreamApplication


def serve(application: StreamApplication, *, host: str, port: int) -> None:
    """Serve until told to stop by a signal; then every connection is ended at once, and browsers come back.

    As many files may be open as the system allows, since each connection is one.
    """
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    config = uvicorn.Config(
        application,
        host=host,
        port=port,
        ws="none",
        lifespan="on",
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=3,
    )
    with contextlib.suppress(KeyboardInterrupt):
        _Server(config, application).run()


class _Server(uvicorn.Server):
    """Uvicorn waits for responses to finish before it says that it is stopping; ours would never finish."""

    def __init__(self, config: uvicorn.Config, application: StreamApplication) -> None:
        super().__init__(config)
        self._application = application

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().serve(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self._loop.call_soon_threadsafe(self._application.end_all)
