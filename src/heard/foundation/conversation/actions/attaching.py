"""Files and pictures: taken in before a message is sent, and thrown away if it never is."""

import secrets
from datetime import timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from heard.foundation.conversation.models import Attachment
from heard.foundation.people.models import Person
from heard.plumbing import files

KEPT_UNSENT = timedelta(days=7)


def attach(upload: UploadedFile, *, by: Person) -> Attachment:
    """Stores what `by` uploads, for a message yet to be sent. Pictures are made anew, without what a camera adds.

    Raises a Refusal for what is too large, broken, or more than it says it is.
    """
    stored = files.take_in(upload, upload.name or "")
    return Attachment.objects.create(
        code=secrets.token_urlsafe(18),
        owner=by,
        name=stored.name,
        mime=stored.mime,
        size=stored.size,
        path=stored.path,
        preview=stored.preview,
        width=stored.width,
        height=stored.height,
        uploaded_at=timezone.now(),
    )


def discard_attachment(attachment: Attachment, *, by: Person) -> None:
    """Throws away what `by` uploaded and did not send."""
    gone = Attachment.objects.filter(pk=attachment.pk, owner=by, thread=None)
    if gone.delete()[0]:
        throw_away(attachment)


def throw_away(attachment: Attachment) -> None:
    """Deletes the files once the row is gone for good."""
    for path in (attachment.path, attachment.preview):
        if path:
            transaction.on_commit(lambda path=path: files.delete(path))  # type: ignore[misc]


def remove_orphans() -> int:
    """Throws away uploads that were never sent within seven days; gives how many."""
    old = Attachment.objects.filter(thread=None, uploaded_at__lt=timezone.now() - KEPT_UNSENT)
    orphans = list(old[:1000])
    for orphan in orphans:
        orphan.delete()
        throw_away(orphan)
    return len(orphans)
