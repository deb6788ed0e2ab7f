"""Tasks, some of which wait for the other."""

import time
from pathlib import Path

from django.tasks import task

from heard.plumbing.later import LONG, OUTSIDE


@task(queue_name=LONG)
def dawdle(mark: str) -> None:
    """Is done once the other one was, and fails if that does not come."""
    wait_for(mark)


@task(queue_name=OUTSIDE)
def dawdle_outside(mark: str) -> None:
    """The same, as where somebody else's server is silent."""
    wait_for(mark)


def wait_for(mark: str) -> None:
    """Says that the mark was seen."""
    for _attempt in range(600):
        if Path(mark).exists():
            Path(mark).with_suffix(".seen").touch()
            return
        time.sleep(0.1)
    raise TimeoutError


@task()
def hurry(mark: str) -> None:
    """Leaves a mark."""
    Path(mark).touch()
