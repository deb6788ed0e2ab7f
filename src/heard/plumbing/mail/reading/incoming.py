"""What a mail says: from whom, to what, in which words, with which files."""

import hashlib
import re
from dataclasses import dataclass
from email.message import Message

from django.utils.translation import gettext_lazy as _

from heard.plumbing.refusals import Refusal

from .automatic import automatic_because
from .bounces import Bounced, bounced_in
from .headers import addresses_in, header, raw_headers, senders_of
from .parsing import parsed
from .parts import Enclosed, is_encrypted, text_and_files

MOST_BOUNDARIES = 50
"""Parts that hold others; every line of a mail is compared with the boundary of each that it stands in."""
_BOUNDARY = re.compile(rb"boundary\s*+[*=]", re.IGNORECASE)
MOST_HEADERS = 500
RECIPIENT_HEADERS = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc")


class MailIsUnreadable(Refusal):
    """Bytes that are no mail, or one that is built to be hard to read."""

    sentence = _("This mail could not be read. Please write the answer in Heard itself.")


class IsEncrypted(Refusal):
    """Only its reader could read it, and Heard is none."""

    sentence = _("This mail is encrypted, so Heard cannot read it. Please write the answer in Heard itself.")


class NothingWritten(Refusal):
    """A mail of which nothing is left but what it quotes."""

    sentence = _("There were no words of yours above the quoted mail, so nothing was posted.")


@dataclass(frozen=True, slots=True)
class IncomingMail:
    """One mail. `text` is Markdown: all that was written, without what is quoted and how it is signed."""

    message_id: str
    senders: tuple[str, ...]
    recipients: tuple[str, ...]
    subject: str
    text: str
    files: tuple[Enclosed, ...]
    automatic: str
    bounced: Bounced | None
    authentication: tuple[str, ...]
    fingerprint: str
    is_encrypted: bool

    @property
    def sender(self) -> str:
        """Who wrote it, where it says one sender and no more."""
        return self.senders[0] if len(self.senders) == 1 else ""


def read_mail(raw: bytes, *, envelope_sender: str | None = None, most: int = 50_000_000) -> IncomingMail:
    """Reads a mail; `envelope_sender` is empty for one that is about delivery, and None where nobody knows.

    Raises MailIsUnreadable; whatever else may be wrong with it is borne.
    """
    if len(raw) > most or len(_BOUNDARY.findall(raw)) > MOST_BOUNDARIES:
        raise MailIsUnreadable
    try:
        message = parsed(raw)
        if len(message) > MOST_HEADERS:
            raise MailIsUnreadable
        return _read(message, raw, envelope_sender)
    except Exception as error:  # of mail that is mangled the library raises whatever it stumbles over
        raise MailIsUnreadable from error


def _read(message: Message, raw: bytes, envelope_sender: str | None) -> IncomingMail:
    bounced = bounced_in(message)
    automatic = automatic_because(message, envelope_sender)
    text, files = ("", ()) if bounced or automatic else text_and_files(message)
    message_id = header(message, "Message-ID")[:500]
    return IncomingMail(
        message_id=message_id,
        senders=tuple(senders_of(message)),
        recipients=tuple(addresses_in(message, *RECIPIENT_HEADERS)),
        subject=header(message, "Subject")[:300],
        text=text,
        files=files,
        automatic=automatic,
        bounced=bounced,
        authentication=tuple(raw_headers(message, "Authentication-Results")[:20]),
        fingerprint=hashlib.sha256(message_id.encode("utf-8", "replace") + b"\0" + (text.encode("utf-8", "replace")
            if message_id else raw)).hexdigest(),
        is_encrypted=is_encrypted(message),
    )  # fmt: skip
