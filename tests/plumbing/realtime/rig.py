"""Real processes around the stream: it, those who announce, and pages that listen."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

PATIENCE = 20
"""Seconds after which a test gives up; none of them measures time."""


class Refusal(Exception):
    """The stream answered, but with this status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Page:
    """A browser's end of one stream."""

    def __init__(self, port: int, topics: str, session: str, headers: dict[str, str]) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._connection.request("GET", f"/stream?topics={topics}", headers={"Cookie": session} | headers)
        self.answer = self._connection.getresponse()
        if self.answer.status != 200:
            self.close()
            raise Refusal(self.answer.status)
        self._lines_until_blank()

    def hears(self) -> tuple[str, str] | None:
        """The next topic and name; None when the stream has ended."""
        last = time.monotonic() + PATIENCE
        while lines := self._lines_until_blank():
            assert time.monotonic() < last, "nothing but heartbeats"
            for line in lines:
                if line.startswith("data:"):
                    event = json.loads(line.removeprefix("data:"))
                    return event["topic"], event["name"]
        return None

    def close(self) -> None:
        """Leave, as a closed tab does."""
        self.answer.close()
        self._connection.close()

    def _lines_until_blank(self) -> list[str]:
        lines = []
        while (line := self.answer.readline().decode()) not in {"", "\n"}:
            lines.append(line.rstrip("\n"))
        return lines


class Rig:
    """A stream process with its own folder and ports; `environment` chooses the bus."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
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
        for page in self._pages:
            page.close()
        for process in (self.stream, self._announcer):
            if process:
                stop(process)

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

    def announce(self, *lines: str) -> None:
        """Announce `topic name` lines from a process of its own, and return when it has."""
        self._announcer = self._announcer or self.start("announcer_process")
        for line in lines:
            self._announcer.stdin.write(line + "\n")
        self._announcer.stdin.flush()
        for _ in lines:
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
