"""Who may have which file."""

from collections.abc import Collection

from heard.foundation.communities.queries import read_by
from heard.foundation.conversation.models import Attachment, Reply, Thread
from heard.foundation.people.models import Person
from heard.foundation.previews.models import Preview
from heard.foundation.previews.queries import shown


def attachment_seen_by(person: Person, code: str) -> Attachment:
    """The file with this code: their own while it is unsent, else only where they may read what it hangs on.

    Raises Attachment.DoesNotExist also for what was deleted or hidden.
    """
    attachment = Attachment.objects.select_related("thread", "reply").get(code=code)
    thread, reply = attachment.thread, attachment.reply
    if thread is None:
        if attachment.owner_id == person.pk:
            return attachment
    elif not (reply or thread).is_gone and read_by(person).filter(pk=thread.community_id).exists():
        return attachment
    raise Attachment.DoesNotExist


def preview_seen_by(person: Person, code: str) -> Preview:
    """The preview with the picture of this code, where they may read a message that shows it.

    Raises Preview.DoesNotExist, also where that message was deleted or hidden.
    """
    preview = Preview.objects.exclude(code="").get(code=code)
    places = read_by(person).values("pk")
    threads = Thread.objects.filter(preview=preview, deleted_at=None, hidden_at=None, community__in=places)
    replies = Reply.objects.filter(preview=preview, deleted_at=None, hidden_at=None, thread__community__in=places)
    if shown(preview) and (threads.exists() or replies.exists()):
        return preview
    raise Preview.DoesNotExist


def attachments_on(message: Thread | Reply) -> list[Attachment]:
    """What hangs on a thread's own words, or on a reply."""
    if isinstance(message, Thread):
        return attachments_of(message.pk)
    return list(Attachment.objects.filter(reply=message).order_by("id"))


def attachments_of(thread_id: int) -> list[Attachment]:
    """What hangs on the first words of a thread."""
    return list(Attachment.objects.filter(thread=thread_id, reply=None).order_by("id"))


def kept(person: Person, codes: Collection[str], on: Thread | Reply | None = None) -> list[Attachment]:
    """Of `codes`, what the person uploaded and has not sent, and what hangs on their message `on`."""
    fresh = Attachment.objects.filter(code__in=list(codes)[:20], owner=person, thread=None).order_by("id")
    return [one for one in attachments_on(on) if one.code in codes] + list(fresh) if on else list(fresh)
