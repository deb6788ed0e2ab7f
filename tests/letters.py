"""Letters that tests wait for: the queue is worked off as the worker does it."""

import re

from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult


def work_off() -> None:
    """Runs every task that is ready."""
    worker = Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    )
    for row in DBTaskResult.objects.ready():
        row.claim("test")
        worker.run_task(row)


def sent() -> list[EmailMultiAlternatives]:
    """Every letter that has gone out in this test."""
    work_off()
    return list(mail.outbox)  # type: ignore[attr-defined]


def code_in(letter: EmailMultiAlternatives) -> str:
    """The code that stands on a line of its own."""
    found = re.search(r"^[A-Z0-9-]{6,}$", str(letter.body), re.MULTILINE)
    assert found, letter.body
    return found[0]


def ask_for_code(client: Client, email: str, **typed: str) -> str:
    """Has a code to sign in with sent; the code."""
    answer = client.post("/accounts/login/code/", {"email": email, **typed}, follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/login/code/confirm/"
    return code_in(sent()[-1])
