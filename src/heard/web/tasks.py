"""What the clock has done where features meet, and what is swept out of tables that no feature owns."""

from datetime import timedelta

from django.core.management import call_command
from django.tasks import task
from django.utils import timezone

from heard.plumbing import clock
from heard.plumbing.later import LONG
from heard.web import opened

LONGEST_INTERVAL = timedelta(days=2)
"""Nothing that the clock queues is due more seldom."""


@clock.every(minutes=12 * 60)
@task()
def sweep() -> None:
    """Removes sessions that have ended and notes of tasks that are long done."""
    call_command("clearsessions", verbosity=0)
    call_command("prune_db_task_results", verbosity=0)


@clock.every(minutes=10)
@task()
def sweep_done() -> None:
    """Removes tasks that went well, as letters; of each of the clock's the last one stays, which tells when it ran.

    How long each of them took would tell in which hours there was something to do: answers to write anew, say.
    """
    from django_tasks_db.models import DBTaskResult

    now, paths = timezone.now(), clock.paths()
    done = DBTaskResult.objects.successful().filter(finished_at__lt=now - timedelta(minutes=10))
    done.exclude(task_path__in=paths).delete()
    newest_first = done.filter(task_path__in=paths).order_by("-enqueued_at").values_list("pk", "task_path")
    met: set[str] = set()
    former = []
    for pk, path in newest_first:
        if path in met:
            former.append(pk)
        met.add(path)
    DBTaskResult.objects.filter(pk__in=former).delete()
    done.filter(finished_at__lt=now - LONGEST_INTERVAL, task_path__in=paths).delete()


@clock.every(minutes=60)
@task(queue_name=LONG)
def ask_votes() -> None:
    """Has everybody asked about what was opened to them the day before."""
    opened.ask_due_votes()
