"""Reads the words in files, so that these are found too."""

from django.db import transaction
from django.utils import timezone

from heard.foundation.conversation.models import Attachment
from heard.foundation.search.models import Change, Reading, Source
from heard.plumbing import files, reading

LARGEST = 100_000_000


def read_file(attachment_id: int) -> None:
    """Reads a file once, and notes that it is to be indexed anew; why there are no words is kept too."""
    file = Attachment.objects.filter(pk=attachment_id).exclude(thread=None).first()
    if file is None or file.mime not in reading.READABLE or Reading.objects.filter(pk=attachment_id).exists():
        return
    text, why_not = words_in(file)
    with transaction.atomic():
        found = {"text": text, "why_not": why_not, "read_at": timezone.now()}
        Reading.objects.update_or_create(attachment=attachment_id, defaults=found)
        if text:
            Change.objects.create(kind=Source.FILE, source=attachment_id)


def words_in(file: Attachment) -> tuple[str, str]:
    """The words in a file, and else why there are none."""
    if file.size > LARGEST:
        return "", reading.Reason.TOO_MUCH.value
    try:
        with files.open_stored(file.path) as content:
            return reading.text_of(content, file.mime), ""
    except FileNotFoundError:
        return "", reading.Reason.BROKEN.value
    except reading.NotRead as error:
        return "", error.reason.value
