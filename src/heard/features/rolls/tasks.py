"""What the clock has the worker do about rolls."""

from django.tasks import task

from heard.features.rolls import actions
from heard.plumbing import clock


@clock.every(minutes=60)
@task()
def shuffle_issued() -> None:
    """Leaves no order in which tokens were issued, and of what is over nobody who came late."""
    actions.forget_waits()
    actions.shuffle_issued()
