"""News over PostgreSQL's NOTIFY: any number of machines, no service besides the database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
from django.db import connection

CHANNEL = "heard"
KEEPALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
"""So that a database that vanished without a word is missed within a minute."""


class PostgresBus:
    """Sends on Django's own connection and listens on one that is kept for it."""

    def send(self, packet: str) -> None:
        """Notify at once, or with the commit where a transaction is still open."""
        if connection.needs_rollback:
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, packet])

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[AsyncIterator[str]]:
        """LISTEN on a connection of its own; it must reach PostgreSQL itself, not a pooler of transactions."""
        async with await psycopg.AsyncConnection.connect(**_address(), autocommit=True) as ears:
            await ears.execute(f"LISTEN {CHANNEL}")
            yield (notice.payload async for notice in ears.notifies())


def _address() -> dict[str, Any]:
    # The typed and blocking parts of Django's connection do not fit an asynchronous one.
    ours: dict[str, Any] = connection.get_connection_params()
    return KEEPALIVE | {key: value for key, value in ours.items() if key not in {"cursor_factory", "context"}}
