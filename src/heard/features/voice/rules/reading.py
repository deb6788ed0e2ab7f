"""The small things that bodies are made of: bytes as text, codes, points of the curve."""

import re
from typing import Any

from heard.plumbing import base64url
from heard.plumbing.sealing import PublicKeyIsUnusable, seal

CODE = re.compile(r"[0-9a-f]{32}")
ROUNDS = 600_000
"""Of PBKDF2, at least: for a passphrase as for a receipt."""


def decoded(said: Any, length: int | None = None) -> bytes:
    """The bytes of base64url; exactly `length` of them where one is named. Raises ValueError."""
    read = base64url.decode(said)
    if length is not None and len(read) != length:
        raise ValueError
    return read


def code_in(said: Any, *, may_be_empty: bool = False) -> str:
    """A code of 32 hexadecimal digits. Raises ValueError."""
    if not isinstance(said, str) or not (CODE.fullmatch(said) or (may_be_empty and said == "")):
        raise ValueError
    return said


def point_in(said: Any) -> bytes:
    """A public key that something can be sealed for. Raises ValueError."""
    read = decoded(said, 65)
    try:
        seal(read, b"")
    except PublicKeyIsUnusable as error:
        raise ValueError from error
    return read
