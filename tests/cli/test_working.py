"""One bad task is marked failed, and the worker takes the next."""

import pytest
from django.tasks.base import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from heard.cli.working import PatientWorker

pytestmark = pytest.mark.django_db


def queued(path: str) -> DBTaskResult:
    """A task in the queue, whatever stands behind its name."""
    return DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path=path,
        backend_name="default",
        run_after=get_date_max(),
        enqueued_at=timezone.now(),
    )


@pytest.fixture
def broken(tmp_path, monkeypatch) -> str:
    """A module that raises something else than ImportError while it is imported."""
    (tmp_path / "cannot_be_imported.py").write_text("1 / 0")
    monkeypatch.syspath_prepend(tmp_path)
    return "cannot_be_imported.task"


def test_a_task_that_cannot_be_imported_fails_alone(broken):
    bad = [queued(path) for path in ("no_such_module.task", broken, "heard.config.settings.DEBUG", "nodots")]
    good = queued("heard.web.tasks.sweep")
    worker = PatientWorker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="one",
    )
    for task in [*bad, good]:
        task.claim(worker.worker_id)
        worker.run_task(task)
    assert {DBTaskResult.objects.get(pk=task.pk).status for task in bad} == {TaskResultStatus.FAILED}
    assert "ZeroDivisionError" in DBTaskResult.objects.get(pk=bad[1].pk).traceback
    assert DBTaskResult.objects.get(pk=good.pk).status == TaskResultStatus.SUCCESSFUL
