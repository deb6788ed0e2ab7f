"""What a person keeps for themselves: saved threads, and how far they had read."""

from django.db import transaction
from django.utils import timezone

from heard.foundation.conversation.models import ReadMark, Save, Thread
from heard.foundation.people.models import Person


@transaction.atomic
def save_thread(thread: Thread, *, by: Person) -> None:
    """Keeps a thread for later; twice changes nothing."""
    Save.objects.get_or_create(person=by, thread=thread, defaults={"saved_at": timezone.now()})


def unsave_thread(thread: Thread, *, by: Person) -> None:
    """Keeps it no longer."""
    Save.objects.filter(person=by, thread=thread).delete()


@transaction.atomic
def mark_read(read_to: int, *, by: Person) -> None:
    """Notes that `by` has seen the newest threads up to the id `read_to`; never goes back."""
    mark, _is_new = ReadMark.objects.get_or_create(person=by)
    if read_to > mark.read_to:
        ReadMark.objects.filter(pk=by.pk).update(read_to=read_to)
