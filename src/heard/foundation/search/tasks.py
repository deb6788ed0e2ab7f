"""What the worker does for the index."""

from django.tasks import task

from heard.foundation.search import actions
from heard.plumbing import clock
from heard.plumbing.later import LONG


@clock.whenever(actions.is_waiting)
@task()
def take_changes() -> None:
    """Takes into the index what was said, changed or removed."""
    actions.take_changes()


@task(queue_name=LONG)
def read_file(attachment_id: int) -> None:
    """Reads the words in a file."""
    actions.read_file(attachment_id)


@clock.every(minutes=1)
@task(queue_name=LONG)
def fill() -> None:
    """Goes on with the first filling, as long as it is not done."""
    if actions.is_filling():
        actions.fill()
