"""Pages that listen to a stream, as light as they can be: they share a processor with what is measured."""

import asyncio
import time
from dataclasses import dataclass, field

TOPIC, NAME = "community:1", "thread"


@dataclass
class Audience:
    """All pages together: how many are open, and how many milliseconds news took to reach each."""

    open: int = 0
    heard: list[float] = field(default_factory=list)
    announced_at: float = 0.0


class BenchPage(asyncio.Protocol):
    """One page."""

    def __init__(self, audience: Audience, nth: int) -> None:
        self.audience = audience
        self.nth = nth

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Asks for the topic, as the nth person."""
        request = f"GET /stream?topics={TOPIC} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self.nth}\r\n\r\n"
        transport.write(request.encode())  # type: ignore[attr-defined]

    def data_received(self, received: bytes) -> None:
        """Notes how long the news was on its way."""
        self.audience.open += received.count(b"retry:")
        took = (time.perf_counter() - self.audience.announced_at) * 1000
        self.audience.heard += [took] * received.count(b"data:")
