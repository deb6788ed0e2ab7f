"""Addresses that can be answered: whose answer it is, and to what, in the part before the @, and signed.

`replies@example.org` becomes `replies+TOKEN@example.org`. The token is base32, so that servers which change the case
of addresses do no harm; it holds 80 bits of HMAC-SHA256 and is good for 400 days.
"""

import base64
import binascii
import hashlib
import hmac
import struct
import time
from typing import NamedTuple

from django.conf import settings

GOOD_FOR = 400
"""Days after which an address is no longer answered."""
KINDS = {"thread": 1}
BOUNCE = 0
SIGNATURE = 10
DAY = 86_400
LONGEST_TOKEN = 53


class ReplyTarget(NamedTuple):
    """Who answers, and what: a thread, or a reply in it."""

    person_id: int
    about: str
    about_id: int
    reply_id: int | None


def reply_address(person_id: int, about: str, about_id: int, reply_id: int | None = None) -> str:
    """Where `person_id` may answer, or nothing where no incoming mail is set up; `about` is a kind as `thread`."""
    if not settings.HEARD_REPLY_ADDRESS:
        return ""
    head = struct.pack(">BHIQ", KINDS[about], _today(), person_id, about_id)
    return _signed(head + (struct.pack(">Q", reply_id) if reply_id else b""))


def read_reply_address(address: str) -> ReplyTarget | None:
    """Who and what an address names; nothing where it is not ours, was changed on the way, or is too old."""
    body = _verified(address)
    if body is None or len(body) not in {15, 23}:
        return None
    kind, day, person_id, about_id = struct.unpack(">BHIQ", body[:15])
    about = {number: name for name, number in KINDS.items()}.get(kind)
    if about is None or not 0 <= _today() - day <= GOOD_FOR:
        return None
    return ReplyTarget(person_id, about, about_id, struct.unpack(">Q", body[15:])[0] if len(body) == 23 else None)


def bounce_address(to: str) -> str:
    """Where a letter to `to` comes back to if it cannot be delivered, or nothing where that is not set up."""
    if not settings.HEARD_REPLY_ADDRESS:
        return ""
    return _signed(struct.pack(">BH", BOUNCE, _today()) + _mark_of(to))


def read_bounce_address(address: str, candidates: list[str]) -> str | None:
    """Which of `candidates` a letter was sent to that came back to `address`; nothing where it did not."""
    body = _verified(address)
    if body is None or len(body) != 11 or body[0] != BOUNCE:
        return None
    (day,) = struct.unpack(">H", body[1:3])
    if not 0 <= _today() - day <= GOOD_FOR:
        return None
    return next((one for one in candidates if hmac.compare_digest(_mark_of(one), body[3:])), None)


def is_bounce_address(address: str) -> bool:
    """Whether letters come back to an address."""
    body = _verified(address)
    return body is not None and len(body) == 11 and body[0] == BOUNCE


def is_ours(address: str) -> bool:
    """Whether an address has our signature, however old it is."""
    return _verified(address) is not None


def _signed(body: bytes) -> str:
    token = base64.b32encode(body + _signature(body)).decode().rstrip("=").lower()
    before, after = _around()
    return f"{before}{token}{after}"


def _verified(address: str) -> bytes | None:
    """What an address says, if we signed it."""
    if not settings.HEARD_REPLY_ADDRESS:
        return None
    before, after = _around()
    address = address.strip().lower()
    if not address.startswith(before) or not address.endswith(after):
        return None
    token = address[len(before) : len(address) - len(after)]
    if len(token) > LONGEST_TOKEN or not token.isascii():
        return None
    try:
        raw = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except binascii.Error:
        return None
    body, signature = raw[:-SIGNATURE], raw[-SIGNATURE:]
    return body if body and hmac.compare_digest(_signature(body), signature) else None


def _around() -> tuple[str, str]:
    """What stands before and after the token."""
    setting: str = settings.HEARD_REPLY_ADDRESS.lower()
    if "{}" in setting:
        before, _brackets, after = setting.partition("{}")
        return before, after
    local, _at, domain = setting.rpartition("@")
    return f"{local}+", f"@{domain}"


def _signature(body: bytes) -> bytes:
    key = hashlib.sha256(b"heard.mail.reply:" + settings.SECRET_KEY.encode()).digest()
    return hmac.digest(key, body, "sha256")[:SIGNATURE]


def _mark_of(address: str) -> bytes:
    """Eight bytes that stand for an address, so that nobody can read it off the token."""
    return _signature(b"to:" + address.strip().lower().encode())[:8]


def _today() -> int:
    """Days since 1970."""
    return int(time.time()) // DAY
