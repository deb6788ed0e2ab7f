"""What takes longer than a page may: reading an archive through, and bringing it in."""

from django.tasks import task

from heard.features.arrivals import actions
from heard.features.arrivals.queries import run_by_id
from heard.plumbing import clock
from heard.plumbing.later import LONG
from heard.plumbing.repeating import begun_by_people


@begun_by_people
@task(queue_name=LONG)
def read_through(run_id: int) -> None:
    """Reads an upload through."""
    actions.read_run_through(run_by_id(run_id))


@begun_by_people
@task(queue_name=LONG)
def bring_in(run_id: int) -> None:
    """Writes what somebody said yes to."""
    actions.bring_in_upload(run_by_id(run_id))


@begun_by_people
@task(queue_name=LONG)
def take_back(run_id: int) -> None:
    """Takes back what somebody no longer wants."""
    actions.take_back_what_was_asked(run_by_id(run_id))


@clock.every(minutes=1)
@task()
def notice_ended() -> None:
    """Lets go of runs whose process was killed, so that their page says so and they can go on."""
    actions.notice_ended()
