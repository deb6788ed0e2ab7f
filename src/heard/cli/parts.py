"""The parts of a running Heard, each a process: pages, stream, worker, clock, and mail that comes in."""

import os
import signal
import threading
import time
from enum import StrEnum

GRACE = 8
"""Seconds that a part has to end by itself before it is killed."""


class Part(StrEnum):
    """What can run alone: `heard serve --only worker`."""

    WEB = "web"
    STREAM = "stream"
    WORKER = "worker"
    CLOCK = "clock"
    MAIL = "mail"


def wanted() -> list[Part]:
    """The parts that this installation runs: mail only where it comes in."""
    from django.conf import settings

    comes_in = settings.HEARD_REPLY_ADDRESS and (settings.HEARD_LMTP or settings.HEARD_IMAP)
    return [part for part in Part if part != Part.MAIL or comes_in]


def run(part: Part, tether: int | None) -> None:
    """Runs one part until it is told to stop, or until the other end of the pipe `tether` is gone."""
    if tether is not None:
        threading.Thread(target=end_with, args=(tether,), daemon=True).start()
    running = {Part.WEB: web, Part.STREAM: stream, Part.WORKER: worker, Part.CLOCK: clock, Part.MAIL: incoming_mail}
    running[part]()


def end_with(tether: int) -> None:
    """Ends this process, and its children, when whoever started it is gone, however that came about."""
    os.read(tether, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os.killpg(os.getpgrp(), signal.SIGKILL)


def web() -> None:
    """Pages and API, by granian: a worker for each core, each answering in one thread, static files by itself."""
    from django.conf import settings
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "heard.config.pages:application",
        address=settings.HEARD_BIND,
        port=settings.HEARD_PORT,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        websockets=False,
        workers=settings.HEARD_WEB_WORKERS,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE // 2,
        static_path_route=[settings.STATIC_URL.rstrip("/")],
        static_path_mount=[settings.STATIC_ROOT],
        static_path_expires=31_536_000,
        log_level=LogLevels.warning,
        log_access=False,  # it would say who came when, also to those addresses that are to know nobody
    ).serve()


def stream() -> None:
    """What is new, told to open pages: one small process that holds every connection."""
    import django
    from django.conf import settings

    django.setup()
    from heard.config.asgi import application
    from heard.plumbing.realtime.serving import serve

    serve(application, host=settings.HEARD_BIND, port=settings.HEARD_STREAM_PORT)


def worker() -> None:
    """Work that no page waits for: takes tasks from the database."""
    import django

    django.setup()
    from heard.cli.working import work

    work()


def clock() -> None:
    """Whatever happens periodically."""
    import django

    django.setup()
    from heard.plumbing.clock import keep_time

    keep_time()


def incoming_mail() -> None:
    """Takes answers to letters in, by LMTP or from a mailbox."""
    import asyncio

    import django

    django.setup()
    from heard.cli.receiving import receive

    asyncio.run(receive())
