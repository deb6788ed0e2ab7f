"""What the clock does: open and close what is due, and leave no order of arrival behind."""

from django.tasks import task

from heard.features.ballots import actions
from heard.plumbing import clock


@clock.every(minutes=10)
@task()
def settle() -> None:
    """Opens and closes ballots."""
    actions.settle()


@clock.every(minutes=60)
@task()
def shuffle() -> None:
    """Writes the tables anew, whether or not anything came."""
    actions.rewrite_what_may_grow()
