"""What nobody who writes should wait for."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from heard.foundation.conversation import actions
from heard.plumbing import clock
from heard.plumbing.later import OUTSIDE


@task()
def tell_eager(thread_id: int, after: int) -> None:
    """Tells the next portion of those who want to hear everything of a new thread."""
    actions.go_on_telling(thread_id, after=after)


@task()
def withdraw_told(person_id: int) -> None:
    """Takes back what somebody was told and may read no longer."""
    actions.withdraw_told(person_id)


@task()
def withdraw_told_of(thread_id: int) -> None:
    """Takes back what people were told of a thread that went where they may not read it."""
    actions.withdraw_told_of(thread_id)


# Below pushes, which somebody waits for: the other side may take its time.
@task(priority=-10, queue_name=OUTSIDE)
def fetch_preview(preview_id: int) -> None:
    """Fetches what stands behind a link; what may pass is tried again ten minutes later."""
    if actions.fetch_preview(preview_id):
        fetch_preview.using(run_after=timezone.now() + timedelta(minutes=10)).enqueue(preview_id)


@clock.every(minutes=12 * 60)
@task()
def forget_previews() -> None:
    """Forgets previews that no message shows any more."""
    actions.forget_previews()
