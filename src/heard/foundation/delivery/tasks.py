"""When what people were told goes out: mail and digests by the clock, pushes as soon as they are told."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.tasks import TaskContext, task
from django.utils import timezone

from heard.foundation.delivery import actions
from heard.foundation.notices.queries import MAIL, PUSH, digests_due_to, people_due
from heard.plumbing import clock
from heard.plumbing.later import OUTSIDE

logger = logging.getLogger(__name__)
PORTION = 100
TRIES = 6


def for_each(found: Callable[[int], list[int]], act: Callable[[int], None]) -> None:
    """Acts for people, portion by portion; one for whom it fails holds up no other and is tried again next time."""
    after = 0
    while people := found(after):
        for person in people:
            try:
                act(person)
            except Exception:
                logger.exception("Nothing could be sent to person %s", person)
        after = people[-1]


@clock.every(minutes=1)
@task()
def mail_due() -> None:
    """Writes to everybody to whom a mail is due."""
    now = timezone.now()
    for_each(lambda after: people_due(MAIL, now, after=after, limit=PORTION), actions.mail_to)


@clock.every(minutes=1)
@task()
def push_due() -> None:
    """Pushes to everybody to whom something is due."""
    now = timezone.now()
    for_each(lambda after: people_due(PUSH, now, after=after, limit=PORTION), actions.push_to)


@clock.every(minutes=5)
@task()
def digests_due() -> None:
    """Writes the digests that are due, and settles when those of new people will be."""
    while actions.begin_digests():
        pass
    now = timezone.now()
    for_each(lambda after: digests_due_to(now, after=after, limit=PORTION), actions.send_digest)


@task(takes_context=True, queue_name=OUTSIDE)
def send_push(context: "TaskContext[..., None]", device_id: int, payload: str, nth: int = 1, to: int = 0) -> None:
    """Sends one push to one device; where its service cannot be reached, again after 1, 2, 4 … minutes."""
    if not actions.send_push(device_id, payload, to=to) and nth < TRIES:
        again = send_push.using(run_after=timezone.now() + timedelta(minutes=2 ** (nth - 1)))
        again.enqueue(device_id, payload, nth + 1, to)
