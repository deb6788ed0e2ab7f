"""One open page: what it may hear, and what it has yet to be told."""

import asyncio
from dataclasses import dataclass

from heard.plumbing.realtime.news import EVERYTHING, News

MOST_PENDING = 100
"""Different items a slow page can be behind with; with more, it is told to look at everything again."""

HEARTBEAT = 20.0
"""Seconds of silence after which a comment is sent, so that proxies and dead connections show themselves."""

COMMENT = b":\n\n"


@dataclass(frozen=True, slots=True)
class Grant:
    """What a connection may hear: `topics`, and always its `owner` (`person:7`).

    What is `watched` is not heard, but where its membership changes the grant is asked for again.
    """

    owner: str
    topics: frozenset[str]
    watched: frozenset[str] = frozenset()

    @property
    def all_topics(self) -> frozenset[str]:
        """Every topic whose news concerns the connection."""
        return self.topics | self.watched | {self.owner}

    def lets_hear(self, topic: str) -> bool:
        """Whether news of `topic` may be told."""
        return topic in self.topics or topic == self.owner


class Subscription:
    """Collects news for one connection; the same news twice is told once."""

    __slots__ = ("_pending", "_waiting", "asked", "cookie", "grant", "is_on_hold", "is_over")

    def __init__(self, grant: Grant, *, cookie: str, asked: frozenset[str]) -> None:
        self.grant = grant
        self.cookie = cookie
        self.asked = asked
        self.is_over = False
        self.is_on_hold = False
        self._pending: dict[News, bytes] = {}
        self._waiting: asyncio.Future[None] | None = None

    def add(self, news: News, event: bytes) -> None:
        """Tell the page of `news`, whose bytes are `event`, as soon as it can take them, if it may hear of it."""
        if not self.grant.lets_hear(news.topic):
            return
        if len(self._pending) >= MOST_PENDING:
            self._pending = {EVERYTHING: EVERYTHING.as_event()}
        if EVERYTHING not in self._pending:
            self._pending[news] = event
        self._wake()

    def hold(self) -> None:
        """Tell the page nothing until `resume`, while it is asked again what it may hear."""
        self.is_on_hold = True

    def resume(self, grant: Grant) -> None:
        """Go on with what may be heard now; what was held back of other topics is forgotten."""
        self.grant = grant
        self._pending = {
            news: event for news, event in self._pending.items() if news == EVERYTHING or grant.lets_hear(news.topic)
        }
        self.is_on_hold = False
        self._wake()

    def end(self) -> None:
        """Let the connection finish."""
        self.is_over = True
        self._wake()

    async def next_chunk(self) -> bytes:
        """What to write next: all pending events, or a comment after a silence, or nothing when it is over."""
        if not self.is_over and (self.is_on_hold or not self._pending):
            await self._something()
        if self.is_over:
            return b""
        if self.is_on_hold or not self._pending:
            return COMMENT
        chunk = b"".join(self._pending.values())
        self._pending = {}
        return chunk

    async def _something(self) -> None:
        loop = asyncio.get_running_loop()
        self._waiting = loop.create_future()
        silence = loop.call_later(HEARTBEAT, self._stop_waiting)
        try:
            await self._waiting
        finally:
            silence.cancel()
            self._waiting = None

    def _wake(self) -> None:
        if self.is_over or not self.is_on_hold:
            self._stop_waiting()

    def _stop_waiting(self) -> None:
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(None)
