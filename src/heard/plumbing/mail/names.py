"""What letters are called, so that a mail reader puts together what belongs together."""

from collections.abc import Iterable
from email.utils import make_msgid, parseaddr

from django.conf import settings


def our_domain() -> str:
    """The domain that letters come from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def message_id(kind: str, *ids: int) -> str:
    """The Message-ID of whatever `kind` and `ids` name, always the same: `<thread.7@heard.example.org>`."""
    return f"<{'.'.join([kind, *map(str, ids)])}@{our_domain()}>"


def fresh_message_id() -> str:
    """A Message-ID for a letter that nothing else refers to."""
    return make_msgid(domain=our_domain())


def is_from_us(senders: Iterable[str]) -> bool:
    """Whether a mail says that it comes from the address that letters come from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower() in senders


def in_header(text: str) -> str:
    """Text for a header: on one line, and nothing in it is taken for an encoded word (RFC 2047), which hides others."""
    return " ".join(text.replace("=?", "= ?").split())
