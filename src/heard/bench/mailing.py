"""Times letters: queued as a digest queues them, then sent by the real worker to a server that throws them away."""

import os
import socket
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from heard.bench.sizes import use_empty_database

WORDS = "What was said since yesterday, in a few words, as a digest has it. "
PORTION = 200
SINK = """
import asyncio, sys
from aiosmtpd.smtp import SMTP

class Sink:
    async def handle_DATA(self, server, session, envelope):
        return "250 taken"

async def serve():
    loop = asyncio.get_running_loop()
    made = lambda: SMTP(Sink(), hostname="localhost", loop=loop)
    server = await loop.create_server(made, "127.0.0.1", int(sys.argv[1]))
    await server.serve_forever()

asyncio.run(serve())
"""


@dataclass
class MailFigures:
    """What was measured. `hours` is for a hundred thousand letters, by one worker."""

    engine: str
    letters: int
    bytes: int
    queued_per_s: float
    sent_per_s: float
    hours: float
    cal_ms: float

    def as_dict(self) -> dict[str, Any]:
        """Plain values, rounded to what the clock is worth."""
        return {name: round(value, 2) if isinstance(value, float) else value for name, value in asdict(self).items()}


def use_database_of_its_own(folder: Path) -> int:
    """Points the environment, before Django wakes, at an empty database and at a mail server; gives its port."""
    use_empty_database(folder, "mail")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    os.environ |= {"MAIL_HOST": "127.0.0.1", "MAIL_PORT": str(port), "MAIL_STARTTLS": "no"}
    return port


def measure_mail(port: int, *, letters: int) -> MailFigures:
    """Queues so many letters of about twenty kilobytes, and has them sent."""
    from django.core.management import call_command
    from django.db import connection
    from django_tasks_db.models import DBTaskResult

    from heard.bench.clockwork import calibration

    call_command("migrate", verbosity=0)
    DBTaskResult.objects.all().delete()
    queued = queue(letters)
    waiting = DBTaskResult.objects.filter(queue_name="mail", status="READY")
    example = DBTaskResult.objects.filter(queue_name="mail").values_list("args_kwargs", flat=True).first()
    size = sum(len(str(value)) for value in example["kwargs"].values()) if example else 0
    sink = subprocess.Popen([sys.executable, "-c", SINK, str(port)])
    worker = subprocess.Popen([sys.executable, "-m", "heard", "serve", "--only", "worker"])
    try:
        while (first := waiting.count()) == letters:
            time.sleep(0.05)
        begun = time.perf_counter()
        while waiting.exists():
            time.sleep(0.1)
        sent = first / (time.perf_counter() - begun)
    finally:
        worker.terminate()
        worker.wait()
        sink.terminate()
        sink.wait()
    return MailFigures(connection.vendor, letters, size, queued, sent, 100_000 / sent / 3600, calibration())


def queue(letters: int) -> float:
    """Queues letters in short transactions, as a digest does; gives how many a second."""
    from django.db import transaction
    from django.utils import timezone

    from heard.plumbing import mail

    words: dict[str, Any] = {
        "by": None,
        "name": WORDS * 120,
        "code": "ABCD",
        "address": "http://x/",
        "expires_at": timezone.now(),
    }
    begun = time.perf_counter()
    for start in range(0, letters, PORTION):
        with transaction.atomic():
            for number in range(start, min(start + PORTION, letters)):
                mail.post("mail/invitation", to=f"p{number}@example.org", bulk=True, **words)
    return letters / (time.perf_counter() - begun)
