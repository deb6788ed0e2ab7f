"""Taking a mail in: it is posted once, or refused in one sentence, or passed over in silence."""

import logging
from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError
from django.utils import translation

from heard.features.incoming_mail.errors import FromElsewhere, NotVouchedFor
from heard.features.incoming_mail.queries import answered_by, with_handles, writer_of
from heard.foundation.conversation.actions import attach, reply_to
from heard.foundation.conversation.errors import TooManyFiles
from heard.foundation.conversation.queries.messages import was_said
from heard.foundation.conversation.rules import MOST_FILES
from heard.foundation.people.actions import note_bounce
from heard.foundation.people.queries import mail_reaches
from heard.plumbing import mail
from heard.plumbing.limits import is_spent, refuse_spent, spend
from heard.plumbing.mail import ReplyTarget
from heard.plumbing.mail.reading import (
    IncomingMail,
    IsEncrypted,
    MailIsUnreadable,
    NothingWritten,
    is_authentic,
    read_apart,
)
from heard.plumbing.refusals import Refusal

if TYPE_CHECKING:
    from heard.foundation.people.models import Person

logger = logging.getLogger(__name__)
MOST_AN_HOUR = 60
"""Mails of one person that are posted in an hour."""
HOUR = 3600


class Outcome(Enum):
    """What became of a mail."""

    POSTED = "posted"
    REFUSED = "refused"
    BOUNCE = "a letter came back"
    PASSED_OVER = "passed over"
    NOT_OURS = "not ours"


def most_bytes() -> int:
    """How large a mail may be: as many files as a message may have, as mail encodes them, and some words."""
    return int(int(settings.HEARD_UPLOAD_MB) * 1_000_000 * 1.4) + 1_000_000


def take_in(raw: bytes, *, recipient: str = "", envelope_sender: str | None = None) -> Outcome:
    """Posts a mail, once however often it is handed in. `recipient` and `envelope_sender` are what a server names.

    A refusal is told by mail to the person whose address was answered, at most once an hour for each reason; nobody
    else is ever written to, and no machine is answered. Raises nothing but what a database raises that is away, and
    ReadingStopped where this process ends.
    """
    target = mail.read_reply_address(recipient) if recipient else None
    try:
        letter = read_apart(raw, envelope_sender=envelope_sender, most=most_bytes())
    except Refusal as refusal:
        return tell_refused(writer_of(target), refusal, "") if target else Outcome.NOT_OURS
    named = [recipient, *letter.recipients] if recipient else list(letter.recipients)
    if letter.bounced or letter.automatic:
        return note_what_came_back(letter, named)
    target = target or next(filter(None, map(mail.read_reply_address, named)), None)
    if target is None:
        return Outcome.NOT_OURS
    person = writer_of(target)
    if person is None or mail.is_from_us(letter.senders):
        return Outcome.PASSED_OVER
    with translation.override(person.language or settings.LANGUAGE_CODE):
        try:
            refuse_others(letter, person)
            post(letter, target, person)
        except Refusal as refusal:
            return tell_refused(person, refusal, letter.subject)
        except (OperationalError, InterfaceError, OSError):
            raise
        except Exception:  # handed in again it would fail again, for ever
            logger.exception("A mail could not be posted")
            return tell_refused(person, MailIsUnreadable(), letter.subject)
    return Outcome.POSTED


def note_what_came_back(letter: IncomingMail, named: Iterable[str]) -> Outcome:
    """Notes a letter that came back for good; whatever else a machine wrote is passed over."""
    if letter.bounced is None:
        return Outcome.PASSED_OVER
    for address in named:
        reached = mail.read_bounce_address(address, list(letter.bounced.addresses))
        if reached:
            if letter.bounced.is_for_good:
                note_bounce(reached, letter.bounced.said)
            return Outcome.BOUNCE
    return Outcome.PASSED_OVER


def refuse_others(letter: IncomingMail, person: "Person") -> None:
    """Raises FromElsewhere, NotVouchedFor or TooOften: the address alone does not make anybody that person."""
    if not person.email or letter.sender != person.email.lower():
        raise FromElsewhere
    server = settings.HEARD_MAIL_AUTHSERV
    if server and not is_authentic(letter.authentication, server=server, sender=letter.sender):
        raise NotVouchedFor
    refuse_spent("mail", str(person.pk), most=MOST_AN_HOUR)
    spend("mail", str(person.pk), seconds=HOUR)


def post(letter: IncomingMail, target: ReplyTarget, person: "Person") -> None:
    """Posts what a mail says; nothing where it was posted before. Raises a Refusal."""
    once = mark_of(letter, target)
    if was_said(person, once):
        return
    thread, parent = answered_by(person, target)
    if letter.is_encrypted:
        raise IsEncrypted
    if not letter.text and not letter.files:
        raise NothingWritten
    if len(letter.files) > MOST_FILES:
        raise TooManyFiles
    codes = [attach(SimpleUploadedFile(one.name, one.content), by=person).code for one in letter.files]
    reply_to(thread, by=person, source=with_handles(person, letter.text), parent=parent, files=codes, once=once)


def mark_of(letter: IncomingMail, target: ReplyTarget) -> UUID:
    """The same for the same mail, however often and by whichever way it comes."""
    return uuid5(NAMESPACE_URL, f"mail:{target.person_id}:{target.about_id}:{letter.fingerprint}")


def tell_refused(person: "Person | None", refusal: Refusal, subject: str) -> Outcome:
    """Says in one sentence why a mail was not posted, to its owner, at most once an hour for each reason."""
    reason = type(refusal).__name__
    logger.info("A mail was not posted: %s", reason)
    once = f"{person.pk}.{reason}" if person else ""
    if person and mail_reaches(person) and not is_spent("mail-refused", once, most=1):
        spend("mail-refused", once, seconds=HOUR)
        mail.post("mail/not_posted", to=person.email or "", sentence=str(refusal), about=subject)
    return Outcome.REFUSED
