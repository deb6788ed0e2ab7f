"""What the clock has done for conversations."""

from django.tasks import task

from heard.features.voice import actions
from heard.plumbing import clock


@clock.every(minutes=60)
@task()
def settle() -> None:
    """Hands over, deletes and shuffles."""
    actions.settle()
