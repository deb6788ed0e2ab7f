"""What is swept out of tables that no feature owns."""

from django.core.management import call_command
from django.tasks import task

from heard.plumbing import clock


@clock.every(minutes=12 * 60)
@task()
def sweep() -> None:
    """Removes sessions that have ended and notes of tasks that are long done."""
    call_command("clearsessions", verbosity=0)
    call_command("prune_db_task_results", verbosity=0)
