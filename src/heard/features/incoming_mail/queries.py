"""Whose mail may come in, what it answers, and whom it names."""

import re
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist

from heard.features.incoming_mail.errors import NotThereForYou
from heard.foundation.conversation.queries import reply_seen_by, thread_by_id
from heard.foundation.people.queries import person_by_id, person_called
from heard.plumbing import mail
from heard.plumbing.mail import ReplyTarget

if TYPE_CHECKING:
    from heard.foundation.conversation.models import Reply, Thread
    from heard.foundation.people.models import Person

_NAMED = re.compile(r"(?<![\w@#/&+-])@([^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,3})")
MOST_NAMED = 20


def writer_of(target: ReplyTarget) -> "Person | None":
    """Whose address it is, as long as they are here."""
    try:
        person = person_by_id(target.person_id)
    except ObjectDoesNotExist:
        return None
    return person if person and person.is_active else None


def answered_by(person: "Person", target: ReplyTarget) -> "tuple[Thread, Reply | None]":
    """The thread, and the reply in it, that a person answers; raises NotThereForYou.

    What answers a thread that was merged meanwhile goes where it went.
    """
    try:
        thread = thread_by_id(person, target.about_id)
        if thread.merged_into_id is not None:
            thread = thread_by_id(person, thread.merged_into_id)
        parent = reply_seen_by(person, thread.pk, target.reply_id) if target.reply_id else None
    except ObjectDoesNotExist as error:
        raise NotThereForYou from error
    return thread, parent


def takes_mail_for(address: str) -> bool:
    """Whether mail to an address is ours to take: one that may be answered, or to which letters come back."""
    return mail.is_ours(address) and (mail.read_reply_address(address) is not None or mail.is_bounce_address(address))


def with_handles(writer: "Person", text: str) -> str:
    """A text in which colleagues are mentioned by their handles, though they were written as letters show them.

    Letters show `@Amira Khan`, and a mail reader completes `@amira.khan`; Heard knows her by `@amira`.
    """
    domain = (writer.email or "").rpartition("@")[2]

    def handle(found: re.Match[str]) -> str:
        words = found[1].split(" ")
        for count in range(len(words), 0, -1):
            written = " ".join(words[:count])
            named = written.rstrip(".'’-")
            person = person_called(writer, named) or (person_called(writer, f"{named}@{domain}") if domain else None)
            if person is not None:
                return " ".join([f"@{person.handle}{written[len(named) :]}", *words[count:]])
        return found[0]

    return _NAMED.sub(handle, text, count=MOST_NAMED)
