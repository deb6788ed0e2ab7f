"""The one clock: whatever happens periodically is a task that is put into the queue when its time has come.

    @clock.every(minutes=15)
    @task()
    def remind() -> None: ...

When a job last ran is read off the queue itself, so that a restart neither forgets nor repeats it.
"""

import contextlib
import fcntl
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import close_old_connections, connection
from django.tasks.base import Task, TaskResultStatus
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

logger = logging.getLogger(__name__)
FORGOTTEN = timedelta(hours=2)
"""A job that began so long ago is taken for lost with its worker, and no longer holds up the next one."""


@dataclass(frozen=True)
class Job:
    """A task and how often it is due: when its interval has passed and, where it is asked, there is something to do."""

    task: "Task[[], Any]"
    interval: timedelta
    is_waiting: Callable[[], bool] | None = None


jobs: list[Job] = []


def every[T: "Task[[], Any]"](*, minutes: int) -> Callable[[T], T]:
    """Puts a task that takes no arguments into the queue once in so many minutes, never twice at once."""

    def register(task: T) -> T:
        jobs.append(Job(task, timedelta(minutes=minutes)))
        return task

    return register


def whenever[T: "Task[[], Any]"](is_waiting: Callable[[], bool]) -> Callable[[T], T]:
    """Puts a task that takes no arguments into the queue as soon as `is_waiting` says so, never twice at once."""

    def register(task: T) -> T:
        jobs.append(Job(task, timedelta(0), is_waiting))
        return task

    return register


def enqueue_due(now: datetime) -> list[str]:
    """Puts every due job into the queue; one that fails is logged and holds up no other. Returns their paths."""
    enqueued = []
    for job in jobs:
        try:
            if is_due(job, now):
                job.task.enqueue()
                enqueued.append(job.task.module_path)
        except Exception:
            logger.exception("%s could not be put into the queue", job.task.module_path)
    return enqueued


def is_due(job: Job, now: datetime) -> bool:
    """Whether the interval has passed since the job was last put into the queue, and that one is done."""
    from django_tasks_db.models import DBTaskResult

    if job.is_waiting is not None and not job.is_waiting():
        return False
    # By the queue too, which has an index, so that no letter of a hundred thousand is looked at.
    past = DBTaskResult.objects.filter(queue_name=job.task.queue_name, task_path=job.task.module_path)
    past = past.order_by("-enqueued_at")
    last = past.values_list("enqueued_at", "status").first()
    if last is None:
        return True
    enqueued_at, status = last
    waits = status in {TaskResultStatus.READY, TaskResultStatus.RUNNING} and now - enqueued_at < FORGOTTEN
    return not waits and now - enqueued_at >= job.interval


def paths() -> list[str]:
    """The task of every job, also of those that this process has not met so far."""
    autodiscover_modules("tasks")
    return [job.task.module_path for job in jobs]


def keep_time(*, pause: float = 1.0) -> None:
    """Runs for ever: looks for what is due, as long as no other clock does. Survives a database that is away."""
    autodiscover_modules("tasks")
    with local_claim():
        while True:
            beat()
            time.sleep(pause)


def beat() -> None:
    """One look at what is due; whatever goes wrong is logged and does not end the clock."""
    try:
        if is_the_only_clock():
            enqueue_due(timezone.now())
    except Exception:
        logger.exception("The clock missed a beat")
    close_old_connections()


@contextlib.contextmanager
def local_claim() -> Iterator[None]:
    """Waits until this process is the only clock of its data folder, and keeps it so."""
    with (settings.HEARD_DATA / "clock.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def is_the_only_clock() -> bool:
    """Whether this connection holds the clock's lock among all machines on one PostgreSQL; always so on SQLite."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('heard.clock'))")
        return bool(cursor.fetchone()[0])
