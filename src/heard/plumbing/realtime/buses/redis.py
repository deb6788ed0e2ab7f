"""News over Redis or Valkey: for installations that have one already, or many web machines."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import redis
import redis.asyncio
from redis.asyncio.retry import Retry as PatientRetry
from redis.backoff import NoBackoff
from redis.retry import Retry

PATIENCE = 0.25
"""Seconds that a sender waits for Redis at most."""

REST = 5.0
"""Seconds for which a sender leaves Redis alone after it failed."""

SILENCE = 20.0
"""Seconds without a word after which a listener asks whether Redis is still there."""


class RedisBus:
    """Publishes on one channel, told apart by the number of the database in the address."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client = redis.Redis.from_url(
            url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=Retry(NoBackoff(), 0)
        )
        self._channel = f"heard:{self._client.connection_pool.connection_kwargs.get('db', 0)}"
        self._resting_until = 0.0

    def send(self, packet: str) -> None:
        """Publish, unless Redis failed moments ago: then drop, so that no page waits for it."""
        if time.monotonic() < self._resting_until:
            return
        try:
            self._client.publish(self._channel, packet)
        except redis.RedisError:
            self._resting_until = time.monotonic() + REST
            raise

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[AsyncIterator[str]]:
        """Subscribed from the first moment; never reconnects by itself, since that would hide what was missed."""
        client = redis.asyncio.Redis.from_url(self._url, retry=PatientRetry(NoBackoff(), 0))
        async with client, client.pubsub() as ears:
            await ears.subscribe(self._channel)
            if await ears.get_message(timeout=SILENCE) is None:
                raise redis.ConnectionError("Redis does not answer")
            yield _packets(ears)


async def _packets(ears: redis.asyncio.client.PubSub) -> AsyncIterator[str]:
    asked = False
    while True:
        message = await ears.get_message(timeout=SILENCE)
        if message is None and asked:
            raise redis.ConnectionError("Redis fell silent")
        if message is None:
            await ears.ping()
        elif message["type"] == "message":
            yield message["data"].decode(errors="replace")
        asked = message is None
