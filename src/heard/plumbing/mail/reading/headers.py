"""Headers of a mail as text, whatever stands in them; nothing here raises."""

from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from .lexing import LONGEST
from .mailboxes import mailboxes

MOST = 500
"""Headers of one part that are looked at."""


def raw_headers(message: Message, name: str) -> list[str]:
    """Every header of that name as it came, each on one line; one that was cut stays too long, so that it is known."""
    wanted = name.lower()
    found = [str(value) for key, value in list(message.raw_items())[:MOST] if str(key).lower() == wanted]
    return [_on_one_line(value).ljust(LONGEST + 1 if len(value) > LONGEST else 0) for value in found]


def _on_one_line(value: str) -> str:
    return " ".join(value[:LONGEST].encode("utf-8", "replace").decode("utf-8").split())


def headers_named(message: Message, name: str) -> list[str]:
    """Every header of that name, decoded, each on one line."""
    return [decoded(value) for value in raw_headers(message, name)]


def header(message: Message, name: str) -> str:
    """The first header of that name, or nothing."""
    return next(iter(headers_named(message, name)), "")


def decoded(value: str) -> str:
    """A header's value with its encoded words read; what cannot be decoded stands as it came."""
    value = _on_one_line(value)
    if "=?" not in value:
        return value
    try:
        pieces = decode_header(value)
        return " ".join(
            "".join(part if isinstance(part, str) else as_text(part, charset) for part, charset in pieces).split()
        )
    except (HeaderParseError, ValueError, LookupError):
        return value


def addresses_in(message: Message, *names: str) -> list[str]:
    """The addresses, in small letters, that stand in headers of these names, each once; what is none is left out."""
    values = [value for name in names for value in raw_headers(message, name)[:20]]
    return list(dict.fromkeys(address for value in values for address in mailboxes(value) if address))


def senders_of(message: Message) -> list[str]:
    """From whom a mail says that it is, each once; from nobody where any of it could be read otherwise."""
    found = [address for value in raw_headers(message, "From") for address in mailboxes(value, strictly=True)]
    return list(dict.fromkeys(found)) if all(found) else []


def as_text(raw: bytes, charset: str | None) -> str:
    """Bytes as text: by the charset they name, or as UTF-8, or as Windows has it; never an error."""
    for name in (charset, "utf-8"):
        try:
            if name:
                text = raw.decode(name)
                if isinstance(text, str):
                    return text
        except (LookupError, ValueError, UnicodeError, AssertionError):
            continue
    return raw.decode("windows-1252", "replace")
