"""What the worker does about asks: keys are made when one is announced, and figures are looked at each hour."""

from django.tasks import task

from heard.features.asks import actions
from heard.plumbing import clock


@task()
def announce(ask_id: int) -> None:
    """Freezes the groups, makes the keys and tells everybody; twice changes nothing."""
    actions.announce(ask_id)


@clock.every(minutes=60)
@task()
def look_at_asks() -> None:
    """Openings, reminders, releases, closings, next runs."""
    actions.look_at_all()
