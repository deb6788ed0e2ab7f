"""How news crosses from web and worker to the stream: one bus, chosen by the settings."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from functools import cache
from pathlib import Path
from typing import Protocol

from django.conf import settings


class Bus(Protocol):
    """Carries packets (lines of `topic name`) from any process to every process that listens."""

    def send(self, packet: str) -> None:
        """Hand over a packet without waiting for anybody to hear it; may raise if that cannot be done."""

    def listening(self) -> AbstractAsyncContextManager[AsyncIterator[str]]:
        """Packets as they come, from the moment the context is entered; raises when the bus is lost."""


def chosen_bus() -> Bus:
    """Redis where REDIS_URL is set, else PostgreSQL where that is the database, else sockets in the data folder."""
    return _bus(settings.REDIS_URL, settings.DATABASES["default"]["ENGINE"], Path(settings.HEARD_DATA))


@cache
def _bus(redis_url: str, engine: str, folder: Path) -> Bus:
    # Imported here because psycopg and redis are not there unless an installation grew to need them.
    if redis_url:
        from heard.plumbing.realtime.buses.redis import RedisBus

        return RedisBus(redis_url)
    if engine.endswith("postgresql"):
        from heard.plumbing.realtime.buses.postgres import PostgresBus

        return PostgresBus()
    from heard.plumbing.realtime.buses.datagram import DatagramBus

    return DatagramBus(folder / "stream")
