"""Has mail read by another process, which may take so much time and memory and no more, as whoever wrote it may not."""

import atexit
import contextlib
import subprocess
import sys
import threading
from collections.abc import Iterator

from .incoming import IncomingMail, MailIsUnreadable
from .passing import Request, ask, taken, unpacked

READY = b"ready"
STARTS_IN = 60
"""Seconds in which the process that reads says that it is ready."""
SECONDS = 5
"""Time on the processor that a mail may take, and one more for every three million bytes of it."""
MEGABYTES = 512
"""Memory that a mail may take, and as much again as twelve times its length."""
LARGE = 4_000_000
"""After a mail of so many bytes the process is ended, since it would keep the memory."""


class ReadingStopped(OSError):
    """The mail was not read, since this process ends or none can be started; it can be read later."""


@contextlib.contextmanager
def killed_after(seconds: float, process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Kills a process that takes longer than that for what stands in the context."""
    clock = threading.Timer(seconds, process.kill)
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


class ReaderApart:
    """The process that reads, started where there is none; it stays for the next mail. One mail at a time."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.turn = threading.Lock()
        self.is_stopped = False

    def read(self, request: Request) -> list[bytes]:
        """The pieces that it answers; none where it ended over the mail. Raises ReadingStopped."""
        with self.turn:
            process = self.running()
            assert process.stdin  # noqa: S101
            assert process.stdout  # noqa: S101
            pieces: list[bytes] = []
            try:
                # A process that waits uses no time on the processor, and is ended by the clock on the wall.
                with killed_after(request.seconds * 3 + 5, process):
                    with contextlib.suppress(BrokenPipeError):
                        ask(process.stdin, request)
                    pieces = taken(process.stdout)
            finally:
                if not pieces or len(request.raw) > LARGE:
                    self.end()
            if self.is_stopped and not pieces:
                raise ReadingStopped("Mail is not read any more")
            return pieces

    def running(self) -> subprocess.Popen[bytes]:
        """The process, new where the last one ended. Raises ReadingStopped."""
        if self.process and self.process.poll() is not None:
            self.end()
        if self.is_stopped:
            raise ReadingStopped("Mail is not read any more")
        if self.process is None:
            command = [sys.executable, "-m", f"{__package__}.reader"]
            self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            assert self.process.stdout  # noqa: S101
            with killed_after(STARTS_IN, self.process):
                is_ready = taken(self.process.stdout) == [READY]
            if not is_ready:
                self.end()
                raise ReadingStopped("The process that reads mail could not be started")
        return self.process

    def end(self) -> None:
        """Ends the process, whatever it is at."""
        process, self.process = self.process, None
        if process:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    if pipe:
                        pipe.close()
            process.wait()

    def stop(self) -> None:
        """Ends it for good; what is being read is not read."""
        self.is_stopped = True
        if process := self.process:
            process.kill()


_reader = ReaderApart()
atexit.register(_reader.end)


def read_apart(raw: bytes, *, envelope_sender: str | None = None, most: int = 50_000_000) -> IncomingMail:
    """The same as read_mail, by a process of its own: raises MailIsUnreadable also for a mail that takes too much.

    Raises ReadingStopped after `stop_reading`.
    """
    if len(raw) > most:
        raise MailIsUnreadable
    million = len(raw) // 1_000_000
    pieces = _reader.read(Request(raw, envelope_sender, most, SECONDS + million // 3, MEGABYTES + 12 * million))
    if not any(pieces):
        raise MailIsUnreadable
    return unpacked(pieces)


def stop_reading() -> None:
    """Reads no mail any more, as this process ends."""
    _reader.stop()
