"""Bytes as they stand in JSON: base64url without padding (RFC 4648, section 5), one spelling for each value."""

import base64
import binascii


def encode(raw: bytes) -> str:
    """The one spelling of these bytes."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(text: object) -> bytes:
    """The bytes of a text in its one spelling; raises ValueError for anything else."""
    if not isinstance(text, str) or not text.isascii():
        raise ValueError
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError from error
    if encode(raw) != text:
        raise ValueError
    return raw
