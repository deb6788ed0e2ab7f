"""Tasks whose worker is gone are put back into the queue, so that whatever was begun is done.

A worker on this machine is asked for by its process. Of one on another machine nobody can say whether it lives; it
renews what it holds each minute, and is taken for gone when it has not done so for ten.
"""

import logging
import threading
from collections.abc import Callable, Collection
from datetime import timedelta
from uuid import UUID

from django.db import close_old_connections
from django.tasks.base import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from heard.plumbing import processes
from heard.plumbing.repeating import may_repeat

logger = logging.getLogger(__name__)
EVERY = 60.0
"""Seconds between two looks."""
LEASE = timedelta(minutes=10)
AT_ONCE, MOST = 3, 12
"""So many workers may end on one task before it is put off, and before it is given up."""


class WorkerIsGone(Exception):
    """The process that ran a task ended before it was done."""


def reclaim() -> int:
    """Puts every task back whose worker is gone; returns how many. One that keeps ending workers waits ever longer."""
    now = timezone.now()
    count = 0
    for row in DBTaskResult.objects.running().order_by("started_at"):
        who = row.worker_ids[-1] if row.worker_ids else ""
        is_stale = row.started_at is None or now - row.started_at > LEASE
        if processes.is_gone(who) or (is_stale and not processes.is_of_this_machine(who)):
            count += put_back(row)
    return count


def put_back(row: "DBTaskResult[..., object]") -> int:
    """Puts one task back, or marks it failed where it may not be repeated or was tried often; 1 if nobody else did."""
    mine = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING, started_at=row.started_at)
    tries = len(row.worker_ids)
    try:
        repeats = may_repeat(row.task)
    except Exception:  # it can no longer be found, which the worker says of it better than we can
        repeats = True
    if not repeats or tries >= MOST:
        if mine.exists():
            row.set_failed(WorkerIsGone(f"{row.task_path} ended with its worker, {tries} times"))
        logger.warning("%s ended with its worker and is not begun again", row.task_path)
        return 0
    later = timezone.now() + timedelta(minutes=2 ** (tries - AT_ONCE)) if tries > AT_ONCE else row.run_after
    return mine.update(status=TaskResultStatus.READY, started_at=None, run_after=later)


def keep_watch(current: Callable[[], Collection[UUID]]) -> None:
    """Renews what this process holds and puts back what others left, each minute, in a thread of its own."""

    def watch() -> None:
        pause = threading.Event()
        while not pause.wait(EVERY):
            try:
                if held := current():
                    holding = DBTaskResult.objects.filter(pk__in=held, status=TaskResultStatus.RUNNING)
                    holding.update(started_at=timezone.now())
                reclaim()
            except Exception:
                logger.exception("What is held could not be renewed")
            close_old_connections()

    threading.Thread(target=watch, name="reclaiming", daemon=True).start()
