"""What the clock has done for the desk."""

from django.tasks import task

from heard.features.desk import actions
from heard.plumbing import clock
from heard.plumbing.later import LONG


@clock.every(minutes=60)
@task(queue_name=LONG)
def begin_month() -> None:
    """Freezes the groups of the next month, a week before it opens."""
    actions.begin_month()


@clock.every(minutes=60)
@task()
def hear_again() -> None:
    """Whoever left or lost the role is written to no more; what nobody can ask for any more is forgotten."""
    actions.hear_again()
    actions.forget_old()


@clock.every(minutes=60)
@task()
def leave_no_order() -> None:
    """Nothing tells when in a week a listener did something."""
    actions.leave_no_order()
