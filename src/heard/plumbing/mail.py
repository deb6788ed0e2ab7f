"""Letters: written from templates, queued in the transaction that causes them, sent by the worker, then forgotten.

Letters hold codes and names, so the queue keeps none of a letter that went out.
"""

import logging
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.tasks import TaskContext, task
from django.template.loader import render_to_string
from django.utils import timezone

logger = logging.getLogger(__name__)
TRIES = 6


def post(template: str, *, to: str, **context: Any) -> None:
    """Queues a letter to one address, written now and in the language that is spoken now.

    `template` stands for `…_subject.txt`, `…_message.txt` and `…_message.html`.
    """
    context = {"organisation": settings.HEARD_ORGANISATION, "home": settings.HEARD_URL, **context}
    subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
    text = render_to_string(f"{template}_message.txt", context).strip() + "\n"
    html = render_to_string(f"{template}_message.html", context)
    send_letter.enqueue(to=to, subject=subject, text=text, html=html)


@task(takes_context=True)
def send_letter(context: "TaskContext[..., None]", to: str, subject: str, text: str, html: str, nth: int = 1) -> None:
    """Sends a letter; where the mail server cannot be reached, tries again after 1, 2, 4 … minutes."""
    letter = EmailMultiAlternatives(subject, text, to=[to], headers={"Auto-Submitted": "auto-generated"})
    letter.attach_alternative(html, "text/html")
    try:
        letter.send()
    except (OSError, SMTPException) as error:
        if nth == TRIES:
            raise
        logger.warning("A letter could not be sent (%s); trying again later", type(error).__name__)
        later = send_letter.using(run_after=timezone.now() + timedelta(minutes=2 ** (nth - 1)))
        later.enqueue(to=to, subject=subject, text=text, html=html, nth=nth + 1)
    forget(context.task_result.id)


def forget(result_id: str) -> None:
    """Empties what the queue keeps of a letter."""
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.filter(pk=result_id).update(args_kwargs={"args": [], "kwargs": {}})


def lies_in() -> str:
    """The folder, as people know it, where mail lies that no server sends; nothing where one does."""
    if settings.MAIL_HOST:
        return ""
    return f"{settings.HEARD_MAIL.parent.name}/{settings.HEARD_MAIL.name}/"
