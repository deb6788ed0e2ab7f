"""What a mail server means when it does not take a letter."""

import re
from enum import Enum
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPHeloError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)


class Verdict(Enum):
    """What to do next."""

    SERVER_AWAY = "no letter can go now"
    LATER = "this letter can go later"
    NO_SUCH_ADDRESS = "nothing can go to this address"
    NEVER = "this letter can never go"


NO_ADDRESS = re.compile(r"5\.1\.(?:1|2|3|6|10)|5\.2\.1")
STATUS = re.compile(r"\b([45]\.\d{1,3}\.\d{1,3})\b")
AWAY = (SMTPServerDisconnected, SMTPConnectError, SMTPHeloError, SMTPAuthenticationError, SMTPNotSupportedError)


def verdict_on(error: Exception) -> tuple[Verdict, str]:
    """What `error` means for the letter that met it, and what the server said.

    What looks like a rule or a setting of the server (relaying, authentication, policy) is tried again: it says
    nothing about the address, and whoever runs the server can change it.
    """
    if isinstance(error, SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        words = said.decode("utf-8", "replace")
        return _on_recipient(code, words), f"{code} {words}"[:300]
    if isinstance(error, SMTPSenderRefused):
        return Verdict.LATER, _said(error)
    if isinstance(error, AWAY):
        return Verdict.SERVER_AWAY, _said(error)
    if isinstance(error, SMTPResponseException):
        if error.smtp_code == 421:
            return Verdict.SERVER_AWAY, _said(error)
        is_policy = "5.7." in _said(error)
        return (Verdict.NEVER if error.smtp_code >= 500 and not is_policy else Verdict.LATER), _said(error)
    if isinstance(error, OSError) and not isinstance(error, SMTPException):
        return Verdict.SERVER_AWAY, f"{type(error).__name__}: {error}"[:300]
    if isinstance(error, SMTPException):
        return Verdict.LATER, _said(error)
    return Verdict.NEVER, f"{type(error).__name__}: {error}"[:300]


def _on_recipient(code: int, words: str) -> Verdict:
    if code == 421:
        return Verdict.SERVER_AWAY
    if code < 500:
        return Verdict.LATER
    status = STATUS.search(words)
    if status:
        return Verdict.NO_SUCH_ADDRESS if NO_ADDRESS.fullmatch(status[1]) else Verdict.LATER
    return Verdict.NO_SUCH_ADDRESS if code in {550, 551, 553} else Verdict.LATER


def _said(error: Exception) -> str:
    if isinstance(error, SMTPResponseException):
        said = error.smtp_error
        words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return f"{error.smtp_code} {words}"[:300]
    return f"{type(error).__name__}: {error}"[:300]
