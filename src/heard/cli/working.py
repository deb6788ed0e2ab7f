"""The worker that no task can end: what goes wrong with one is written to it, and the next is taken."""

import logging
import signal
import threading
import time
from types import FrameType
from typing import Any
from uuid import UUID

from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from heard.cli.reclaiming import keep_watch, reclaim
from heard.plumbing import mail, processes
from heard.plumbing.later import LONG, OUTSIDE

logger = logging.getLogger(__name__)
_LIKE: dict[str, Any] = {
    "excluded_queue_names": [],
    "interval": 0.5,
    "batch": False,
    "backend_name": "default",
    "startup_delay": False,
    "max_tasks": None,
}
BESIDE = (LONG, OUTSIDE)
"""Queues with a thread of their own."""
PAUSE = 5.0
"""Seconds until the database is asked again after it could not be reached."""


def work() -> None:
    """Takes tasks until the process is told to end: what takes long one after another, and beside it all the rest."""
    beside = [LongWorker(**_LIKE, queue_names=[name], worker_id=processes.mark()) for name in BESIDE]
    others = PatientWorker(**_LIKE, queue_names=["*"], worker_id=processes.mark())
    others.configure_signals()
    keep_watch(lambda: [one.holds for one in (*beside, others) if one.holds])
    for one in beside:
        threading.Thread(target=one.run, name=one.queue_names[0], daemon=True).start()
    try:
        others.run()
    finally:
        for one in beside:
            one.running = False
        for one in beside:
            one.finish()


class PatientWorker(Worker):
    """Takes tasks one after another; ends only when it is told to, and never in the middle of one."""

    holds: UUID | None = None
    """The key of the task that runs."""
    has_looked = False
    """Whether what other workers left was taken up."""

    @property
    def excluded_queue_names(self) -> list[str]:
        """What takes long is another's; letters wait while the mail server is away; everything else goes on."""
        return [*BESIDE, mail.QUEUE] if mail.rests() else list(BESIDE)

    @excluded_queue_names.setter
    def excluded_queue_names(self, names: list[str]) -> None:
        """The library sets it once; here it is asked."""

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Ends after the task that runs. Whoever cannot wait kills the process: the task is begun again then."""
        if self.running_task:
            self.running = False
        else:
            super().shutdown(signum, frame)

    def configure_signals(self) -> None:
        """Lets the process end it."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.shutdown)

    def run(self) -> None:
        """As the library does, but a database that is away is waited for, and what others left is taken up."""
        while self.running:
            try:
                if not self.has_looked:
                    reclaim()
                    self.has_looked = True
                super().run()
            except Exception:
                logger.exception("The worker could not take a task")
                close_old_connections()
                time.sleep(PAUSE)

    def run_task(self, db_task_result: "DBTaskResult[..., object]") -> None:
        """Runs one task. One that cannot even be found or imported is marked failed, as one that fails is."""
        self.holds = db_task_result.pk
        try:
            super().run_task(db_task_result)
        except Exception as error:
            logger.exception("Task %s (%s) failed", db_task_result.pk, db_task_result.task_path)
            db_task_result.set_failed(error)
        finally:
            self.holds = None


class LongWorker(PatientWorker):
    """Takes what may take long, in a thread of its own, so that everything else goes on meanwhile."""

    has_looked = True  # the other one does

    @property
    def excluded_queue_names(self) -> list[str]:
        """Nothing of what it takes."""
        return []

    @excluded_queue_names.setter
    def excluded_queue_names(self, names: list[str]) -> None:
        """As above."""

    def finish(self) -> None:
        """Takes nothing more. Where it is in the middle of something, the process waits as long as it is given."""
        self.running = False
        while self.running_task:
            time.sleep(0.1)
