"""What stands between the lines of a PEM."""

import base64

from heard.plumbing.blind.refusing import KeyIsUnusable

MOST_BYTES = 10_000


def unwrapped(encoded: bytes) -> bytes:
    """The DER within a PEM, or what was given. Raises KeyIsUnusable for what is too long, ValueError for no base64."""
    if len(encoded) > MOST_BYTES:
        raise KeyIsUnusable
    if not encoded.lstrip().startswith(b"-----"):
        return encoded
    lines = encoded.split(b"\n")
    return base64.b64decode(b"".join(line.strip() for line in lines if not line.startswith(b"-----")), validate=True)
