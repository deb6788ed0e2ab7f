"""What a worker left behind is taken up by the next."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from heard.cli.reclaiming import MOST, reclaim
from heard.plumbing.processes import mark

pytestmark = pytest.mark.django_db
HOST = mark().rsplit(":", 2)[0]
GONE = f"{HOST}:1:1"


def running(*workers: str, path: str = "heard.web.tasks.sweep", ago: timedelta = timedelta(0)) -> DBTaskResult:
    """A task that a worker took and did not end."""
    return DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path=path,
        backend_name="default",
        run_after=get_date_max(),
        status="RUNNING",
        started_at=timezone.now() - ago,
        worker_ids=list(workers),
    )


def status_of(row: DBTaskResult) -> str:
    row.refresh_from_db()
    return row.status


def test_what_a_dead_process_held_is_ready_again():
    row = running(GONE)
    assert reclaim() == 1
    assert status_of(row) == "READY"
    assert row in DBTaskResult.objects.ready()


def test_what_a_living_process_holds_stays_with_it_however_long_it_takes():
    row = running(mark(), ago=timedelta(hours=5))
    assert reclaim() == 0
    assert status_of(row) == "RUNNING"


@pytest.mark.parametrize(("minutes", "becomes"), [(1, "RUNNING"), (20, "READY")])
def test_another_machine_keeps_what_it_renews(minutes, becomes):
    row = running("elsewhere:7:7", ago=timedelta(minutes=minutes))
    reclaim()
    assert status_of(row) == becomes


def test_a_task_that_keeps_ending_workers_is_put_off_and_at_last_given_up():
    often, too_often = running(*[GONE] * 6), running(*[GONE] * MOST)
    reclaim()
    assert status_of(often) == "READY"
    assert often.run_after > timezone.now()
    assert status_of(too_often) == "FAILED"


def test_what_people_begin_again_themselves_is_left_to_them():
    row = running(GONE, path="heard.features.arrivals.tasks.bring_in")
    assert reclaim() == 0
    assert status_of(row) == "FAILED"


def test_a_task_that_is_no_longer_there_is_left_to_the_worker():
    row = running(GONE, path="heard.gone.task")
    reclaim()
    assert status_of(row) == "READY"
