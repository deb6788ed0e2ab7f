"""The stream: an ASGI application that tells browsers, by server-sent events, what changed."""

import asyncio
import contextlib
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from heard.plumbing.realtime.asking import Asking, Refused, Scope
from heard.plumbing.realtime.buses import chosen_bus
from heard.plumbing.realtime.hub import Hub
from heard.plumbing.realtime.news import News, unpacked
from heard.plumbing.realtime.subscription import Subscription

MOST_CONNECTIONS = 20_000
MOST_OF_ONE_PERSON = 20
LONGEST_HOURS = 1.0
"""After about this long a connection ends and the browser opens another, so that sessions are looked at again."""

STUCK = 60.0
"""Seconds for which a browser may take nothing of what is written."""

RECHECKING, ENDING = "membership", "signed-out"
"""News that changes what those who hear it may hear, and news that ends their connections."""

type Receive = Callable[[], Awaitable[dict[str, Any]]]
type Send = Callable[[dict[str, Any]], Awaitable[None]]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Grant:
    """Whose connection it is (`person:7`, which is heard as well) and the topics they may hear."""

    owner: str
    topics: frozenset[str]


type Authorise = Callable[[str, frozenset[str]], Awaitable[Grant | None]]
"""From a Cookie header and the topics asked for to what is granted; None where nobody is signed in."""


class StreamApplication:
    """Answers `GET /stream?topics=thread:1,community:2,home`; everything else is refused."""

    def __init__(self, authorise: Authorise) -> None:
        self._authorise = authorise
        self._hub = Hub()
        self._hears = False
        self._rechecks: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            try:
                asking = Asking.read(scope)
                subscription = await self._subscribed(asking)
            except Refused as refusal:
                await _refuse(refusal, send)
            else:
                await self._tell(subscription, asking.origin, receive, send)

    def end_all(self) -> None:
        """Let every connection finish and take no new ones; call it in the event loop."""
        self._hears = False
        self._hub.end_all()

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        following = asyncio.create_task(self._follow())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        following.cancel()
        self.end_all()
        with contextlib.suppress(asyncio.CancelledError):
            await following
        await send({"type": "lifespan.shutdown.complete"})

    async def _follow(self) -> None:
        # While the bus is lost nobody is connected: pages poll, and look at everything again when they are back.
        pause = 0.1
        while True:
            try:
                async with chosen_bus().listening() as packets:
                    self._hears, pause = True, 0.1
                    await self._publish(packets)
            except Exception as error:  # a bus may fail in any way of its client library; it is asked again
                _log.warning("News cannot be heard: %s", error)
            finally:
                self.end_all()
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5.0)

    async def _publish(self, packets: AsyncIterator[str]) -> None:
        async for packet in packets:
            for news in unpacked(packet):
                listeners = self._hub.publish(news)
                if news.name == ENDING:
                    for subscription in listeners:
                        subscription.end()
                elif news.name == RECHECKING:
                    for subscription in listeners:
                        self._recheck(subscription)

    def _recheck(self, subscription: Subscription) -> None:
        subscription.hold()
        task = asyncio.create_task(self._regrant(subscription))
        self._rechecks.add(task)
        task.add_done_callback(self._rechecks.discard)

    async def _regrant(self, subscription: Subscription) -> None:
        try:
            grant = await self._authorise(subscription.cookie, subscription.asked)
        except Exception:
            _log.exception("Could not ask what may be heard")
            grant = None
        if grant is None or grant.owner != subscription.owner:
            subscription.end()
        elif not subscription.is_over:
            self._hub.regrant(subscription, grant.topics | {grant.owner})

    async def _subscribed(self, asking: Asking) -> Subscription:
        if not self._hears or len(self._hub) >= MOST_CONNECTIONS:
            raise Refused(503, "The stream is not ready; pages ask by themselves.")
        try:
            grant = await self._authorise(asking.cookie, asking.topics)
        except Exception as error:
            _log.exception("Could not ask what may be heard")
            raise Refused(503, "The stream is not ready; pages ask by themselves.") from error
        if grant is None:
            raise Refused(401, "Sign in first.")
        if self._hub.count_of(grant.owner) >= MOST_OF_ONE_PERSON:
            raise Refused(429, "Too many pages are open.")
        topics = grant.topics | {grant.owner}
        return Subscription(grant.owner, topics, cookie=asking.cookie, asked=asking.topics)

    async def _tell(self, subscription: Subscription, origin: str, receive: Receive, send: Send) -> None:
        await receive()
        self._hub.add(subscription)
        gone = asyncio.ensure_future(receive())
        gone.add_done_callback(lambda _: subscription.end())
        ageing = asyncio.get_running_loop().call_later(LONGEST_HOURS * random.uniform(3000, 3600), subscription.end)  # noqa: S311
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _headers(origin)})
            # Browsers come back at different times, or all would come at once when a process is restarted.
            chunk = b"retry:%d\n:\n\n" % random.randint(2000, 6000)  # noqa: S311
            while chunk:
                async with asyncio.timeout(STUCK):
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
                chunk = await subscription.next_chunk()
            await send({"type": "http.response.body", "body": b""})
        finally:
            ageing.cancel()
            gone.cancel()
            self._hub.remove(subscription)


def _headers(origin: str) -> list[tuple[bytes, bytes]]:
    headers = [
        (b"content-type", b"text/event-stream"),
        (b"cache-control", b"no-store"),
        (b"vary", b"origin"),
        (b"x-accel-buffering", b"no"),
    ]
    if origin:
        headers += [
            (b"access-control-allow-origin", origin.encode("latin-1")),
            (b"access-control-allow-credentials", b"true"),
        ]
    return headers


async def _refuse(refusal: Refused, send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": str(refusal).encode()})
