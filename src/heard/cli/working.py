"""The worker that no task can end: what goes wrong with one is written to it, and the next is taken."""

import logging
import time

from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger(__name__)
PAUSE = 5.0
"""Seconds until the database is asked again after it could not be reached."""


class PatientWorker(Worker):
    """Takes tasks one after another; ends only when it is told to."""

    def run(self) -> None:
        """As the library does, but a database that is away is waited for."""
        while self.running:
            try:
                super().run()
            except Exception:
                logger.exception("The worker could not take a task")
                close_old_connections()
                time.sleep(PAUSE)

    def run_task(self, db_task_result: "DBTaskResult[..., object]") -> None:
        """Runs one task. One that cannot even be found or imported is marked failed, as one that fails is."""
        try:
            super().run_task(db_task_result)
        except Exception as error:
            logger.exception("Task %s (%s) failed", db_task_result.pk, db_task_result.task_path)
            db_task_result.set_failed(error)
