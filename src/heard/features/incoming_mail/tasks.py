"""What the worker notes while letters go out."""

from django.tasks import task

from heard.foundation.people.actions import note_bounce


@task()
def note_refused_address(address: str, said: str) -> None:
    """Notes an address that a mail server does not know."""
    note_bounce(address, said)
