"""Sending a letter that waits in the queue: once, or again under the same Message-ID where nobody knows.

A letter is forgotten in the moment in which it is known to be taken. A worker that is killed in between leaves it to
the next (`heard.cli.reclaiming`), so that none is lost and only the one that was on its way can arrive twice.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.db import transaction
from django.tasks import TaskContext, task
from django.tasks.base import TaskResultStatus
from django.utils import timezone
from django.utils.module_loading import import_string

from heard.plumbing.later import later

from .names import fresh_message_id, in_header
from .server import server
from .unfolded import Letter
from .verdicts import Verdict, verdict_on

logger = logging.getLogger(__name__)
QUEUE = "mail"
LONGEST_WAIT = timedelta(days=2)
"""How long a letter is tried again before it is given up."""
LONGEST_PAUSE = timedelta(hours=4)


type Asks = Sequence[Any]
"""The dotted path of an action that says whether a letter may go out, and the plain values it is asked with."""


class LetterIsLost(Exception):
    """A letter that no server would take."""


@task(takes_context=True, queue_name=QUEUE)
def send_letter(
    context: "TaskContext[..., None]",
    to: str = "",
    subject: str = "",
    text: str = "",
    html: str = "",
    sender: str = "",
    reply_to: str = "",
    message_id: str = "",
    returns_to: str = "",
    headers: Mapping[str, str] | None = None,
    nth: int = 1,
    since: str = "",
    asks: Asks = (),
) -> None:
    """Sends a letter; where it is not taken, tries again after 1, 2, 4 … minutes, for two days.

    Raises LetterIsLost, and keeps nothing of the letter, where the server says that it will never take it.
    """
    if not to:
        return  # it went out, and the worker ended before that was written down
    written: dict[str, Any] = {
        "to": to, "subject": subject, "text": text, "html": html, "sender": sender, "reply_to": reply_to,
        "message_id": message_id or fresh_message_id(), "returns_to": returns_to, "headers": dict(headers or {}),
        "since": since or timezone.now().isoformat(), "asks": list(asks),
    }  # fmt: skip
    own = context.task_result
    try:
        may_go = may_go_out(own.id, asks)
    except Exception as error:
        logger.exception("Whether a letter may go out cannot be told")
        try_later_or_give_up(own.id, own.task.priority, written, nth, Verdict.LATER, f"{type(error).__name__}")
        return
    if not may_go:
        return
    try:
        send(written)
    except (OSError, SMTPException, ValueError) as error:
        verdict, said = verdict_on(error)
        try_later_or_give_up(own.id, own.task.priority, written, nth, verdict, said)
    else:
        forget(own.id)


def may_go_out(own_id: str, asks: Asks) -> bool:
    """Asks whether a letter may go out, and forgets it in the same moment where it may not."""
    if not asks:
        return True
    path, *values = asks
    with transaction.atomic():
        if import_string(path)(*values):
            return True
        forget(own_id)
    return False


def send(written: dict[str, Any]) -> None:
    """Sends a letter; where the name that it comes under cannot be written, from our address without a name."""
    try:
        server.send(as_message(**written))
    except ValueError:
        logger.warning("A letter goes out without the name of its sender, which cannot be written")
        server.send(as_message(**{**written, "sender": ""}))


def as_message(
    *, to: str, subject: str, text: str, html: str, sender: str, reply_to: str, message_id: str, returns_to: str,
    headers: Mapping[str, str], since: str, asks: Asks = (),
) -> Letter:  # fmt: skip
    """The letter as it goes out."""
    sender = sender or settings.DEFAULT_FROM_EMAIL
    ours = {
        "From": sender,
        "Message-ID": message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
    }
    letter = Letter(
        in_header(subject),
        text,
        from_email=returns_to or sender,
        to=[to],
        reply_to=[reply_to] if reply_to else None,
        headers={**ours, **headers},
    )
    letter.attach_alternative(html, "text/html")
    return letter


def try_later_or_give_up(
    own_id: str, priority: int, written: dict[str, Any], nth: int, verdict: Verdict, said: str
) -> None:
    """Queues a letter once more, in the moment in which this try is forgotten; or raises LetterIsLost."""
    now = timezone.now()
    is_old = now - datetime.fromisoformat(written["since"]) > LONGEST_WAIT
    if is_old or verdict in {Verdict.NO_SUCH_ADDRESS, Verdict.NEVER}:
        with transaction.atomic():
            forget(own_id, status=TaskResultStatus.FAILED)
            if verdict == Verdict.NO_SUCH_ADDRESS and settings.MAIL_REFUSED_TASK:
                later(settings.MAIL_REFUSED_TASK, written["to"], said)
        raise LetterIsLost(said)
    if verdict == Verdict.SERVER_AWAY:
        pause = timedelta(seconds=server.take_a_rest())
    else:
        pause = min(timedelta(minutes=2 ** min(nth - 1, 10)), LONGEST_PAUSE)
    logger.warning("A letter could not be sent (%s); trying again later", said)
    with transaction.atomic():
        again = send_letter.using(run_after=now + pause, priority=priority)
        again.enqueue(**written, nth=nth + 1)
        forget(own_id)


def forget(result_id: str, status: TaskResultStatus = TaskResultStatus.SUCCESSFUL) -> None:
    """Ends a task and empties what the queue keeps of its letter, in one moment."""
    from django_tasks_db.models import DBTaskResult

    empty: dict[str, Any] = {"args": [], "kwargs": {}}
    DBTaskResult.objects.filter(pk=result_id).update(args_kwargs=empty, status=status, finished_at=timezone.now())


def lies_in() -> str:
    """The folder, as people know it, where mail lies that no server sends; nothing where one does."""
    if settings.MAIL_HOST:
        return ""
    return f"{settings.HEARD_MAIL.parent.name}/{settings.HEARD_MAIL.name}/"
