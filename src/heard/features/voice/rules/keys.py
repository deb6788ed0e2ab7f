"""What a key of a listener has to be, and the digest of it that stands in the public log."""

import json
from hashlib import sha256
from typing import Any

from heard.features.voice.errors import KeyIsUnusable
from heard.features.voice.rules.reading import ROUNDS, decoded, point_in

WRAPPED = {"salt": 32, "iv": 12, "box": 48}
"""How many bytes each part of a wrapped private key has: 32 bytes of it, and a tag of 16."""


def public_in(said: Any) -> bytes:
    """The 65 bytes of a public key. Raises KeyIsUnusable."""
    try:
        return point_in(said)
    except ValueError as error:
        raise KeyIsUnusable from error


def wrapped_in(said: Any) -> dict[str, str | int]:
    """A private key under a passphrase, as the listener's browser sent it. Raises KeyIsUnusable."""
    try:
        given = json.loads(said) if isinstance(said, str) else said
        rounds = given["rounds"]
        if not isinstance(rounds, int) or not ROUNDS <= rounds <= 100 * ROUNDS:
            raise KeyIsUnusable
        for name, length in WRAPPED.items():
            decoded(given[name], length)
    except (ValueError, KeyError, TypeError) as error:
        raise KeyIsUnusable from error
    return {"rounds": rounds, **{name: given[name] for name in WRAPPED}}


def digest_of(public: bytes, name: str) -> str:
    """What the log says of a listener's key: it binds the name that is shown to the key that is used."""
    return sha256(public + name.encode()).hexdigest()
