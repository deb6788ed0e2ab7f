"""What went well is swept out of the queue, and the clock still knows when it ran."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from heard.plumbing import clock
from heard.web.tasks import LONGEST_INTERVAL, sweep_done

pytestmark = pytest.mark.django_db


def ended(path: str, ago: timedelta, status: str = "SUCCESSFUL") -> DBTaskResult:
    """A task that ended so long ago."""
    return DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path=path,
        backend_name="default",
        run_after=get_date_max(),
        status=status,
        finished_at=timezone.now() - ago,
    )


def test_letters_that_went_out_are_swept_and_whatever_tells_something_stays() -> None:
    letter, job = "heard.plumbing.mail.sending.send_letter", "heard.web.tasks.sweep"
    gone = [ended(letter, timedelta(hours=1)), ended(job, timedelta(days=3))]
    kept = [
        ended(letter, timedelta(minutes=1)),
        ended(letter, timedelta(hours=1), "FAILED"),
        ended(letter, timedelta(hours=1), "READY"),
        ended(job, timedelta(hours=20)),
    ]
    sweep_done.call()
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {row.pk for row in kept}
    assert gone


def test_of_what_the_clock_did_the_last_time_stays_and_no_hour_before_it() -> None:
    job, other = "heard.web.tasks.sweep", "heard.features.voice.tasks.settle"
    times = {}
    for path, hours in ((job, (20, 8)), (other, (3, 2, 1))):
        for ago in hours:
            row = ended(path, timedelta(hours=ago))
            DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=timezone.now() - timedelta(hours=ago))
            times[row.pk] = (path, ago)
    sweep_done.call()
    assert {times[pk] for pk in DBTaskResult.objects.values_list("pk", flat=True)} == {(job, 8), (other, 1)}


def test_nothing_is_due_more_seldom_than_its_trace_is_kept() -> None:
    assert clock.paths()
    assert all(job.interval < LONGEST_INTERVAL for job in clock.jobs)
