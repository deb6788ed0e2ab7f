"""The process that reads mails which it is handed; run by `apart.py`, never imported.

It opens nothing, and limits itself before it looks at the first byte. It goes on until nobody hands it anything more.
"""

import resource
import signal
import sys
from typing import BinaryIO

from .apart import READY
from .incoming import MailIsUnreadable, read_mail
from .passing import Request, asked, packed, put


def main() -> None:
    """Reads one mail after another."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # whoever hands mails in is told, and ends this one by handing in none
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    put(sys.stdout.buffer, READY)
    while request := asked(sys.stdin.buffer):
        limit(request)
        answer(request, sys.stdout.buffer)


def limit(request: Request) -> None:
    """Ends this process where the mail takes longer than it may; memory is that of the largest mail so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + request.seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_AS, (request.megabytes << 20, resource.RLIM_INFINITY))


def answer(request: Request, out: BinaryIO) -> None:
    """What the mail says, or nothing where it cannot be read."""
    try:
        said = packed(read_mail(request.raw, envelope_sender=request.envelope_sender, most=request.most))
    except (MailIsUnreadable, MemoryError):
        said = [b""]
    put(out, *said)


if __name__ == "__main__":
    main()
