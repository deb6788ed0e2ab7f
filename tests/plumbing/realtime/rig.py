"""Real processes: a stream, and one that announces to it."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.plumbing.realtime.page import PATIENCE, Page, Refusal


class Rig:
    """A stream process with its own folder and ports; `environment` chooses the bus."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.buses = environment
        self.port = _two_free_ports()
        self.grants = folder / "grants.json"
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("HEARD_")} | {
            "DJANGO_SETTINGS_MODULE": "tests.plumbing.realtime.settings",
            "HEARD_DATA": str(folder),
            "PORT": str(self.port),
            "GRANTS": str(self.grants),
            "PYTHONWARNINGS": "error",
            "DATABASE_URL": "",
            "REDIS_URL": "",
            **environment,
        }
        self._pages: list[Page] = []
        self._announcer: subprocess.Popen[str] | None = None
        self.stream = self.start("stream_process")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close_pages()
        for process in (self.stream, self._announcer):
            if process:
                stop(process)

    def close_pages(self) -> None:
        """Close every page that was opened."""
        while self._pages:
            self._pages.pop().close()

    def start(self, name: str) -> subprocess.Popen[str]:
        """Run one of the modules beside this one in this rig's environment."""
        return subprocess.Popen(
            [sys.executable, "-m", f"tests.plumbing.realtime.{name}"],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def allow(self, **topics: Iterable[str]) -> None:
        """Say which topics each person may hear (`p7=["thread:1"]`), instead of what was said before."""
        fresh = self.grants.with_suffix(".fresh")
        fresh.write_text(json.dumps({person.removeprefix("p"): list(allowed) for person, allowed in topics.items()}))
        fresh.rename(self.grants)

    def open(self, topics: str, *, person: int = 7, **headers: str) -> Page:
        """Open a page's stream; raises Refusal. Waits while the stream process starts or its bus is lost."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        last = time.monotonic() + PATIENCE
        while True:
            try:
                page = Page(self.port + 1, topics, f"session={person}", sent)
            except (OSError, http.client.HTTPException, Refusal) as error:
                is_starting = not isinstance(error, Refusal) or error.status == 503
                if not is_starting or time.monotonic() > last or self.stream.poll() is not None:
                    raise
                time.sleep(0.05)
            else:
                self._pages.append(page)
                return page

    def open_soon(self, topics: str, *, person: int) -> Page:
        """Open a stream, as often as it takes until one that is being closed is gone."""
        last = time.monotonic() + PATIENCE
        while True:
            try:
                return self.open(topics, person=person)
            except Refusal:
                assert time.monotonic() < last

    def beside(self) -> "Rig":
        """Another stream process on the same bus, with the same grants."""
        return Rig(self.folder, self.buses)

    def restart_stream(self) -> None:
        """Start the stream process anew, after the old one ended."""
        self.stream = self.start("stream_process")

    def announce(self, *lines: str) -> None:
        """Announce `topic name` lines one by one from a process of its own, and return when it has."""
        self._tell_announcer("\n".join(lines) + "\n", len(lines))

    def announce_together(self, *lines: str) -> None:
        """Announce lines as one transaction does."""
        self._tell_announcer(", ".join(lines) + "\n", 1)

    def announce_until_heard(self, line: str, page: Page) -> None:
        """Announce a line again and again, as people go on talking, until the page hears it."""
        with ThreadPoolExecutor(1) as listener:
            heard = listener.submit(page.hears)
            while not heard.done():
                self.announce(line)
        assert heard.result() == tuple(line.split())

    def _tell_announcer(self, written: str, answers: int) -> None:
        self._announcer = self._announcer or self.start("announcer_process")
        self._announcer.stdin.write(written)
        self._announcer.stdin.flush()
        for _ in range(answers):
            assert self._announcer.stdout.readline() == "announced\n"


def stop(process: subprocess.Popen[str], by: signal.Signals = signal.SIGTERM) -> int:
    """End a process and say how it ended."""
    process.send_signal(by)
    for pipe in (process.stdin, process.stdout):
        pipe.close()
    return process.wait(PATIENCE)


def _two_free_ports() -> int:
    while True:
        with socket.socket() as one, socket.socket() as other:
            one.bind(("127.0.0.1", 0))
            first = one.getsockname()[1]
            try:
                other.bind(("127.0.0.1", first + 1))
            except (OSError, OverflowError):
                continue
            return first
