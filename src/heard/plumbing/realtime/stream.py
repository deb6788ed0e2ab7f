"""The stream: an ASGI application that tells browsers, by server-sent events, what changed."""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable
from typing import Any

from heard.plumbing.realtime.asking import Asking, Refused, Scope
from heard.plumbing.realtime.exchange import NOT_READY, Authorise, Exchange
from heard.plumbing.realtime.subscription import Subscription

MOST_CONNECTIONS = 20_000
MOST_OF_ONE_PERSON = 20
LONGEST = 3600.0
"""Seconds after which a connection ends and the browser opens another, so that sessions are looked at again."""

type Receive = Callable[[], Awaitable[dict[str, Any]]]
type Send = Callable[[dict[str, Any]], Awaitable[None]]


class StreamApplication:
    """Answers `GET /stream?topics=thread:1,community:2,home`; everything else is refused.

    Each event is a JSON object of `topic` and `name`. What `authorise` does not grant is left out in silence, and
    the person's own topic is always heard. It is asked again when a topic of theirs has news named `membership`;
    news named `signed-out` ends the connection.
    """

    def __init__(self, authorise: Authorise) -> None:
        self._exchange = Exchange(authorise)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            origin = ""
            try:
                asking = Asking.read(scope)
                origin = asking.origin
                subscription = await self._subscribed(asking)
            except Refused as refusal:
                await _refuse(refusal, origin, send)
            else:
                await self._tell(subscription, asking.origin, receive, send)

    def end_all(self) -> None:
        """Let every connection finish and take no new ones; call it in the event loop."""
        self._exchange.end_all()

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        following = asyncio.create_task(self._exchange.follow())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await following
        await send({"type": "lifespan.shutdown.complete"})

    async def _subscribed(self, asking: Asking) -> Subscription:
        self._require_readiness()
        grant = await self._exchange.grant(asking.cookie, asking.topics)
        self._require_readiness()
        if self._exchange.hub.count_of(grant.owner) >= MOST_OF_ONE_PERSON:
            raise Refused(429, "Too many pages are open.")
        subscription = Subscription(grant, cookie=asking.cookie, asked=asking.topics)
        self._exchange.hub.add(subscription)
        return subscription

    def _require_readiness(self) -> None:
        if not self._exchange.hears or len(self._exchange.hub) >= MOST_CONNECTIONS:
            raise Refused(503, NOT_READY)

    async def _tell(self, subscription: Subscription, origin: str, receive: Receive, send: Send) -> None:
        gone = asyncio.ensure_future(_disconnected(receive))
        gone.add_done_callback(lambda _: subscription.end())
        longest = random.uniform(0.8, 1.0) * LONGEST  # noqa: S311
        ageing = asyncio.get_running_loop().call_later(longest, subscription.end)
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _headers(origin)})
            # Browsers come back at different times, or all would come at once when a process is restarted.
            chunk = b"retry:%d\n:\n\n" % random.randint(2000, 6000)  # noqa: S311
            while chunk:
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
                chunk = await subscription.next_chunk()
            await send({"type": "http.response.body", "body": b""})
        finally:
            ageing.cancel()
            gone.cancel()
            self._exchange.hub.remove(subscription)


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _headers(origin: str) -> list[tuple[bytes, bytes]]:
    return [
        (b"content-type", b"text/event-stream"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        *_read_by(origin),
    ]


def _read_by(origin: str) -> list[tuple[bytes, bytes]]:
    """That pages of ours may read it; nothing where none was asked from."""
    if not origin:
        return [(b"vary", b"origin")]
    return [
        (b"vary", b"origin"),
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-allow-credentials", b"true"),
    ]


async def _refuse(refusal: Refused, origin: str, send: Send) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"cache-control", b"no-store"),
        *_read_by(origin),
    ]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": str(refusal).encode()})
