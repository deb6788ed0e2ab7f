"""What takes longer than a page may: reading an archive through, and bringing it in."""

from django.tasks import task

from heard.features.arrivals import actions
from heard.features.arrivals.queries import run_by_id


@task()
def read_through(run_id: int) -> None:
    """Reads an upload through."""
    actions.read_run_through(run_by_id(run_id))


@task()
def bring_in(run_id: int) -> None:
    """Writes what somebody said yes to."""
    actions.bring_in_upload(run_by_id(run_id))
