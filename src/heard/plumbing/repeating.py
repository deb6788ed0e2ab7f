"""Tasks run at least once: one whose worker was killed runs again, unless people begin it again themselves.

Hence every task is written so that it may run twice. Those that show on a page that they ended before they were done,
and are started again there, say so:

    @begun_by_people
    @task()
    def bring_in(run_id: int) -> None: ...
"""

from typing import Any

from django.tasks.base import Task

_begun_by_people: set[str] = set()


def begun_by_people[T: "Task[..., Any]"](task: T) -> T:
    """A task that is not begun again when its worker was killed."""
    _begun_by_people.add(task.module_path)
    return task


def may_repeat(task: "Task[..., Any]") -> bool:
    """Whether a task runs again after its worker was killed."""
    return task.module_path not in _begun_by_people
