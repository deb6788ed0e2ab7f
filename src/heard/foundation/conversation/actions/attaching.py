"""Files and pictures: taken in before a message is sent, and thrown away if it never is."""

import secrets
from collections.abc import Collection, Mapping
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from heard.foundation.conversation.models import Attachment, Reply, Thread
from heard.foundation.conversation.queries.files import attachments_on
from heard.foundation.people.models import Person
from heard.plumbing import files, images

KEPT_UNSENT = timedelta(days=7)


LONGEST_DESCRIPTION = 300


def attach(upload: UploadedFile[Any], *, by: Person, description: str = "") -> Attachment:
    """Stores what `by` uploads, for a message yet to be sent. Pictures are made anew, without what a camera adds.

    Of a `description` the first 300 characters are kept.

    Raises a Refusal for what is too large, broken, or more than it says it is.
    """
    files.check_size(upload.size or 0)
    name, source = files.safe_name(upload.name or ""), cast(BinaryIO, upload.file)
    found = files.sniff(source, name)
    common = {"code": secrets.token_urlsafe(18), "owner": by, "uploaded_at": timezone.now()}
    common["description"] = tidy(description)
    if not found.is_image:
        path = files.store(source)
        return Attachment.objects.create(name=name, mime=found.mime, size=upload.size or 0, path=path, **common)
    whole, small = images.variants(source)
    return Attachment.objects.create(
        name=str(PurePosixPath(name).with_suffix(whole.suffix)),
        mime=whole.mime,
        size=len(whole.content),
        path=files.store(whole.content, whole.suffix),
        preview=files.store(small.content, small.suffix),
        width=small.width,
        height=small.height,
        **common,
    )


def tidy(description: str) -> str:
    """A description in one line, as long as one may be."""
    return " ".join(description.split())[:LONGEST_DESCRIPTION]


def describe(words: Mapping[str, str], *, by: Person) -> bool:
    """Says of pictures that `by` uploaded, by their codes, what they show; gives whether anything was said anew."""
    changed = False
    for attachment in Attachment.objects.filter(code__in=words, owner=by):
        described = tidy(words[attachment.code])
        if described != attachment.description:
            changed = True
            Attachment.objects.filter(pk=attachment.pk).update(description=described)
    return changed


def hang_anew(message: Thread | Reply, codes: Collection[str], *, by: Person) -> bool:
    """What hangs on a message becomes what `codes` say, of what hung there and what `by` uploaded since.

    What is left out is thrown away for good. Gives whether anything is other than before.
    """
    thread, reply = (message, None) if isinstance(message, Thread) else (message.thread, message)
    hanging = {one.code: one for one in attachments_on(message)}
    gone = [one for code, one in hanging.items() if code not in codes]
    fresh = Attachment.objects.filter(code__in=set(codes).difference(hanging), owner=by, thread=None)
    for attachment in gone:
        attachment.delete()
        throw_away(attachment)
    return bool(fresh.update(thread=thread, reply=reply) or gone)


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
