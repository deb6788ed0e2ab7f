"""What nobody should wait for, and what is forgotten when it is old."""

from django.tasks import task

from heard.foundation.notices import actions
from heard.plumbing import clock


@task()
def see(person_id: int, up_to: int | None, gesture: int) -> None:
    """Goes on with noting that somebody saw what they were told."""
    actions.go_on_seeing(person_id, up_to=up_to, gesture=gesture)


@clock.every(minutes=24 * 60)
@task()
def forget_old() -> None:
    """Removes what is old, batch by batch, so that nobody who writes is held up."""
    after: int | None = 0
    while after is not None:
        after = actions.forget_old(after=after)
