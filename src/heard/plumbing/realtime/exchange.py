"""The exchange of a stream process: takes news off the bus to the hub, and keeps what each page may hear up to date."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable

from heard.plumbing.realtime.asking import Refused
from heard.plumbing.realtime.buses import chosen_bus
from heard.plumbing.realtime.hub import Hub
from heard.plumbing.realtime.news import unpacked
from heard.plumbing.realtime.subscription import Grant, Subscription

RECHECKING, ENDING = "membership", "signed-out"
"""News that changes what those whom it concerns may hear, and news that ends their connections."""

MOST_ASKINGS = 3
LONGEST_PAUSE = 5.0
"""Seconds between two attempts to reach a bus that is lost."""

NOT_READY = "The stream is not ready; pages ask by themselves."

type Authorise = Callable[[str, frozenset[str]], Awaitable[Grant | None]]
"""From a Cookie header and the topics asked for to what may be heard; None where nobody is signed in."""

_log = logging.getLogger(__name__)


class Exchange:
    """While the bus is lost nobody is connected: pages poll, and look at everything again when they are back."""

    def __init__(self, authorise: Authorise) -> None:
        self.hub = Hub()
        self.hears = False
        self._authorise = authorise
        self._changes = 0
        self._rechecks: set[asyncio.Task[None]] = set()

    async def follow(self) -> None:
        """Publish what the bus brings until cancelled, and reach for it again whenever it is lost."""
        pause = 0.1
        while True:
            try:
                async with chosen_bus().listening() as packets:
                    self.hears, pause = True, 0.1
                    await self._publish(packets)
            except Exception as error:  # in whatever way its library fails, it is asked again
                _log.warning("News cannot be heard: %s", error)
            finally:
                self.end_all()
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def end_all(self) -> None:
        """Let every connection finish, and take no new ones."""
        self.hears = False
        self.hub.end_all()

    async def grant(self, cookie: str, asked: frozenset[str]) -> Grant:
        """What may be heard now; raises Refused.

        Asks again where something changed meanwhile: the answer may be older than the news of the change.
        """
        for _ in range(MOST_ASKINGS):
            before = self._changes
            try:
                grant = await self._authorise(cookie, asked)
            except Exception as error:
                _log.exception("Could not ask what may be heard")
                raise Refused(503, NOT_READY) from error
            if grant is None:
                raise Refused(401, "Sign in first.")
            if self._changes == before:
                return grant
        raise Refused(503, NOT_READY)

    async def _publish(self, packets: AsyncIterator[str]) -> None:
        async for packet in packets:
            for news in unpacked(packet):
                concerned = self.hub.publish(news)
                if news.name in {RECHECKING, ENDING}:
                    self._changes += 1
                for subscription in concerned:
                    if news.name == ENDING:
                        subscription.end()
                    elif news.name == RECHECKING:
                        self._recheck(subscription)

    def _recheck(self, subscription: Subscription) -> None:
        subscription.hold()
        task = asyncio.create_task(self._regrant(subscription))
        self._rechecks.add(task)
        task.add_done_callback(self._rechecks.discard)

    async def _regrant(self, subscription: Subscription) -> None:
        try:
            grant = await self.grant(subscription.cookie, subscription.asked)
        except Refused:
            subscription.end()
            return
        if grant.owner != subscription.grant.owner:
            subscription.end()
        elif not subscription.is_over:
            self.hub.regrant(subscription, grant)
