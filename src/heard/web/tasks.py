"""What is swept out of tables that no feature owns."""

from datetime import timedelta

from django.core.management import call_command
from django.tasks import task
from django.utils import timezone

from heard.plumbing import clock


@clock.every(minutes=12 * 60)
@task()
def sweep() -> None:
    """Removes sessions that have ended and notes of tasks that are long done."""
    call_command("clearsessions", verbosity=0)
    call_command("prune_db_task_results", verbosity=0)


@clock.every(minutes=10)
@task()
def sweep_done() -> None:
    """Removes tasks that went well, as a hundred thousand letters; the clock keeps its own, to know when they ran."""
    from django_tasks_db.models import DBTaskResult

    done = DBTaskResult.objects.successful().filter(finished_at__lt=timezone.now() - timedelta(minutes=10))
    done.exclude(task_path__in=clock.paths()).delete()
