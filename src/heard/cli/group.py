"""Several processes as one: started together, watched together, stopped together."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

from heard.cli.parts import GRACE, Part

PATIENCE = 60.0
"""Seconds in which so many deaths of one part count together."""
DEATHS = 5
"""A part that ends so often within that time is not started again: something is wrong that a restart cannot mend."""


class Group:
    """Parts of Heard that are started and stopped as one; one that ends by itself is started again.

    Each is the leader of a process group, so that Ctrl-C in a terminal reaches only the process that watches, which
    then stops the parts in order; and each holds the reading end of a pipe, which closes when the watcher is killed.
    """

    def __init__(self, parts: list[Part], *, watched: tuple[str, int]) -> None:
        self.parts = parts
        self.watched = watched
        self.running: dict[Part, subprocess.Popen[bytes]] = {}
        self.deaths: dict[Part, list[float]] = {part: [] for part in parts}
        self.due: dict[Part, float] = {}
        self.told_to_stop = False

    def run(self, *, when_up: Callable[[], None]) -> int:
        """Runs until told to stop (0) or until a part keeps ending (1); `when_up` once pages are answered."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.stop_soon)
        reading, writing = os.pipe()
        try:
            self.start(self.parts[0], reading)
            return self.watch(when_up, reading)
        finally:
            self.stop()
            os.close(reading)
            os.close(writing)

    def start(self, part: Part, tether: int) -> None:
        command = [sys.executable, "-m", "heard", "serve", "--only", part, "--tether", str(tether)]
        self.running[part] = subprocess.Popen(command, stdin=subprocess.DEVNULL, pass_fds=[tether], process_group=0)

    def stop_soon(self, _number: int, _frame: FrameType | None) -> None:
        self.told_to_stop = True

    def watch(self, when_up: Callable[[], None], tether: int) -> int:
        """Looks after the parts: one that ended is started again, until it has ended too often.

        The first part has the machine to itself until it answers; the others follow. Where it ends before that,
        nothing is tried again, since nothing has worked so far.
        """
        is_up = False
        while not self.told_to_stop:
            for part, process in list(self.running.items()):
                if (status := process.poll()) is not None:
                    del self.running[part]
                    signal_group(process, signal.SIGKILL)
                    if not is_up:
                        sys.stderr.write(f"heard: The {part} process ended ({ending(status)}) before it answered.\n")
                        return 1
                    if not self.may_start_again(part, status):
                        return 1
            for part in [part for part, due in self.due.items() if due <= time.monotonic()]:
                del self.due[part]
                self.start(part, tether)
            if not is_up and self.answers():
                is_up = True
                when_up()
                for part in self.parts[1:]:
                    self.start(part, tether)
            time.sleep(0.2 if is_up else 0.05)
        return 0

    def may_start_again(self, part: Part, status: int) -> bool:
        """Says that a part ended, and when it starts again: each time later, and no more after too many deaths."""
        now = time.monotonic()
        deaths = self.deaths[part] = [*(at for at in self.deaths[part] if now - at < PATIENCE), now]
        ended = f"heard: The {part} process ended by itself ({ending(status)})"
        if len(deaths) >= DEATHS:
            sys.stderr.write(f"{ended} {DEATHS} times within a minute, so all stop.\n")
            return False
        pause = 2 ** (len(deaths) - 1)
        self.due[part] = now + pause
        sys.stderr.write(f"{ended}; it is started again in {pause} s.\n")
        return True

    def answers(self) -> bool:
        """Whether pages are answered by now."""
        try:
            with socket.create_connection(reachable(*self.watched), timeout=2) as connection:
                connection.sendall(b"HEAD /static/js/sw.js HTTP/1.0\r\nHost: localhost\r\n\r\n")
                return connection.recv(5) == b"HTTP/"
        except OSError:
            return False

    def stop(self) -> None:
        """Asks every part to end, and kills what has not ended in time, with whatever it started."""
        for process in self.running.values():
            signal_group(process, signal.SIGTERM)
        until = time.monotonic() + GRACE
        for process in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, until - time.monotonic()))
            signal_group(process, signal.SIGKILL)
            process.wait()


def signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Signals a part and what it started; nothing happens where all of it is gone."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def reachable(address: str, port: int) -> tuple[str, int]:
    """Where a listening address can be called from this machine."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address), port  # noqa: S104 - compared, not listened on


def ending(status: int) -> str:
    """How a process ended, in words."""
    return f"killed by signal {-status}" if status < 0 else f"exit status {status}"
