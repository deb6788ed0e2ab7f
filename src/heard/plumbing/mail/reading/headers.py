"""Headers of a mail as text, whatever stands in them; nothing here raises."""

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses

LONGEST = 16_000
"""Characters of one header that are looked at."""
MOST = 500
"""Headers of one part that are looked at."""
_ADDRESS = re.compile(r"[^\s<>,;:\"()@]+@[A-Za-z0-9.\-\[\]:]+")


def headers_named(message: Message, name: str) -> list[str]:
    """Every header of that name, decoded, each on one line."""
    wanted = name.lower()
    found = [str(value) for key, value in list(message.raw_items())[:MOST] if str(key).lower() == wanted]
    return [decoded(value) for value in found]


def header(message: Message, name: str) -> str:
    """The first header of that name, or nothing."""
    return next(iter(headers_named(message, name)), "")


def decoded(value: str) -> str:
    """A header's value with its encoded words read; what cannot be decoded stands as it came."""
    value = " ".join(value[:LONGEST].encode("utf-8", "replace").decode("utf-8", "replace").split())
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
    """The addresses, in small letters, that stand in headers of these names, each once."""
    found: list[str] = []
    for name in names:
        for value in headers_named(message, name)[:20]:
            try:
                pairs = getaddresses([value])
            except (ValueError, IndexError, TypeError):
                pairs = []
            found += [address for _name, address in pairs] or _ADDRESS.findall(value)
    return [one for one in dict.fromkeys(address.strip().lower() for address in found) if _ADDRESS.fullmatch(one)]


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
