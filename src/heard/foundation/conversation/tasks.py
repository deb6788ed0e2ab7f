"""What nobody who writes should wait for."""

from django.tasks import task

from heard.foundation.conversation import actions


@task()
def tell_eager(thread_id: int, after: int) -> None:
    """Tells the next portion of those who want to hear everything of a new thread."""
    actions.go_on_telling(thread_id, after=after)
