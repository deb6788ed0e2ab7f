"""What a mail server says of a letter that it could not deliver (RFC 3464)."""

import re
from email.message import Message
from typing import NamedTuple

from .headers import addresses_in, header

MOST = 50


class Bounced(NamedTuple):
    """To which addresses a letter may have gone that came back, whether for good, and what was said."""

    addresses: tuple[str, ...]
    is_for_good: bool
    said: str


def bounced_in(message: Message) -> Bounced | None:
    """What a mail says of a letter that came back; nothing where it is no such report."""
    if message.get_content_type() != "multipart/report" and not header(message, "X-Failed-Recipients"):
        return None
    parts = list(message.walk())[:MOST] if message.is_multipart() else [message]
    status, said, action = "", "", ""
    found = addresses_in(message, "X-Failed-Recipients")
    for part in parts:
        found += addresses_in(part, "Original-Recipient", "Final-Recipient")
        found += [address.split(";")[-1].strip() for address in _recipients(part)]
        status = status or header(part, "Status")[:20]
        action = action or header(part, "Action").lower()[:20]
        said = said or header(part, "Diagnostic-Code")[:300]
        if part is not message and part.get_content_type() in {"message/rfc822", "text/rfc822-headers"}:
            found += _returned_to(part)
    is_for_good = action in {"", "failed"} and status.startswith("5.") and not re.match(r"5\.(?:2\.2|3|4|7)\b", status)
    return Bounced(tuple(dict.fromkeys(one.lower() for one in found)), is_for_good, said or status)


def _recipients(part: Message) -> list[str]:
    """`rfc822; ivy@example.org`, as reports name them."""
    return [value for name in ("Final-Recipient", "Original-Recipient") if (value := header(part, name))]


def _returned_to(part: Message) -> list[str]:
    """To whom the letter went that a report brings back."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return [one for inner in payload[:1] if isinstance(inner, Message) for one in addresses_in(inner, "To")]
    found = re.search(r"(?im)^To:\s*(.*)$", str(payload)[:20_000])
    return re.findall(r"[^\s<>,;\"]+@[^\s<>,;\"]+", found[1])[:5] if found else []
