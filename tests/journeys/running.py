"""Starts all of Heard, as a person would, in a folder and on ports of its own."""

import atexit
import contextlib
import functools
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.installation import Installation


class Heard(Installation):
    """A running Heard: where it is, and whom one may sign in as (role → e-mail and password)."""

    def __init__(self, folder: Path, port: int, **settings: str) -> None:
        super().__init__(folder, PORT=str(port), **settings)
        self.port = port
        self.url = f"http://localhost:{port}"
        self.people: dict[str, tuple[str, str]] = {}


def two_free_ports() -> int:
    """A port that is free, as the next one is."""
    while True:
        port = random.randrange(20_000, 30_000)
        with contextlib.suppress(OSError), socket.socket() as one, socket.socket() as other:
            one.bind(("127.0.0.1", port))
            other.bind(("127.0.0.1", port + 1))
            return port


@functools.cache
def made_once(*, demo: bool) -> Heard:
    """What others are copied from, with the demo company or with nobody in it: to make it takes ten seconds."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    heard = Heard(folder, two_free_ports())
    if demo:
        people = heard.answers("demo", "--no-listening")["people"]
        heard.people.update({one["role"]: (one["email"], one["password"]) for one in people})
    else:
        heard.says("prepare")
    return heard


@contextlib.contextmanager
def running(folder: Path, *, demo: bool, **settings: str) -> Iterator[Heard]:
    """Heard as long as the context lasts, with the demo company or with nobody in it."""
    heard = Heard(folder, two_free_ports(), **settings)
    if "DATABASE_URL" not in settings:
        first = made_once(demo=demo)
        shutil.copytree(first.folder, folder, dirs_exist_ok=True)
        heard.people.update(first.people)
    with (folder / "serve.log").open("w+") as log:
        process = subprocess.Popen(
            [*heard.command, "serve"], env=heard.environment, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            for port in (heard.port, heard.port + 1):
                wait_until_answered(port, process, folder / "serve.log")
            yield heard
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def wait_until_answered(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Returns once somebody listens at the port; fails with what Heard said if it ended instead."""
    for _attempt in range(1200):
        assert process.poll() is None, log.read_text()
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError(log.read_text())
