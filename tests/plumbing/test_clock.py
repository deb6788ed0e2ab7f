"""Whatever is periodic is put into the queue when its time has come, never twice at once, whatever else fails."""

from datetime import timedelta

import pytest
from django.tasks import task
from django.tasks.base import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from heard.plumbing import clock

pytestmark = pytest.mark.django_db


@task()
def wind() -> None:
    """Something to do every ten minutes."""


@task()
def ring() -> None:
    """Something else to do every ten minutes."""


class Broken:
    """A job whose task cannot be put into the queue."""

    module_path = "nowhere"

    def enqueue(self) -> None:
        raise RuntimeError("nowhere to put it")


@pytest.fixture(autouse=True)
def only_ours(monkeypatch):
    monkeypatch.setattr(clock, "jobs", [])
    clock.every(minutes=10)(wind)


def finish() -> None:
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL)


def test_a_job_that_never_ran_is_due():
    assert clock.enqueue_due(timezone.now()) == [wind.module_path]
    assert DBTaskResult.objects.get().task_path == wind.module_path


def test_a_job_is_due_again_once_its_interval_has_passed():
    clock.enqueue_due(timezone.now())
    finish()
    assert clock.enqueue_due(timezone.now() + timedelta(minutes=9)) == []
    assert clock.enqueue_due(timezone.now() + timedelta(minutes=10, seconds=1)) == [wind.module_path]


def test_a_job_that_still_waits_or_runs_is_not_put_into_the_queue_again():
    clock.enqueue_due(timezone.now())
    for status in (TaskResultStatus.READY, TaskResultStatus.RUNNING):
        DBTaskResult.objects.update(status=status)
        assert clock.enqueue_due(timezone.now() + timedelta(minutes=30)) == []


def test_a_job_that_was_lost_with_its_worker_does_not_hold_up_the_next():
    clock.enqueue_due(timezone.now())
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    assert clock.enqueue_due(timezone.now() + timedelta(hours=3)) == [wind.module_path]


def test_a_job_that_fails_holds_up_no_other(caplog):
    clock.jobs.insert(0, clock.Job(Broken(), timedelta(minutes=1)))
    clock.every(minutes=10)(ring)
    assert clock.enqueue_due(timezone.now()) == [wind.module_path, ring.module_path]
    assert "nowhere could not be put into the queue" in caplog.text


def test_a_database_that_is_away_does_not_end_the_clock(monkeypatch, caplog):
    def away() -> bool:
        raise ConnectionError("no database")

    monkeypatch.setattr(clock, "is_the_only_clock", away)
    monkeypatch.setattr(clock, "close_old_connections", lambda: None)
    clock.beat()
    assert "The clock missed a beat" in caplog.text


def test_this_clock_is_the_only_one_of_its_database():
    assert clock.is_the_only_clock() is True
    assert clock.is_the_only_clock() is True


def test_sweeping_is_put_into_the_queue_twice_a_day(monkeypatch):
    from heard.web.tasks import sweep

    monkeypatch.setattr(clock, "jobs", [])
    clock.every(minutes=12 * 60)(sweep)
    assert clock.enqueue_due(timezone.now()) == ["heard.web.tasks.sweep"]
    sweep.call()
