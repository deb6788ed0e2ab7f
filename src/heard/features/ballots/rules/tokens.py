"""What a token is, and what proves that it counts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

from heard.plumbing import base64url
from heard.plumbing.blind import PublicKey, holds

GROUP = re.compile(r"[0-9a-f]{32}")
EXPONENT = 65_537
PREFIX = 32
SIGNATURE = 256


@dataclass(frozen=True, slots=True)
class Spent:
    """A token as it is handed in: its 32 random bytes, what its group's key signed, and which group that is."""

    prefix: bytes
    signature: bytes
    group: str


def message_for(ballot: str, group: str) -> bytes:
    """What every token of a group says after its random bytes."""
    return f"heard ballot 1 {ballot} {group}".encode()


def token_of(spent: Spent, ballot: str) -> bytes:
    """The whole token, of which only the random bytes travel."""
    return spent.prefix + message_for(ballot, spent.group)


def nonce_hash(token: bytes) -> str:
    """The public name of a token."""
    return sha256(token).hexdigest()


@lru_cache(maxsize=2_000)
def public_key(n: str) -> PublicKey:
    """The key whose modulus is published as `n`. Raises ValueError or KeyIsUnusable for what is none."""
    return PublicKey(RSAPublicNumbers(EXPONENT, int.from_bytes(base64url.decode(n), "big")).public_key())


def is_signed(spent: Spent, ballot: str, n: str) -> bool:
    """Whether the group's key signed the token: 0.03 milliseconds, whatever it is."""
    return len(spent.prefix) == PREFIX and holds(public_key(n), token_of(spent, ballot), spent.signature)


def holding_under(moduli: Mapping[str, str], spent: Spent, ballot: str) -> bool:
    """Whether the key that is published for a token's group signed it; of a group that has none, nothing holds."""
    return spent.group in moduli and is_signed(spent, ballot, moduli[spent.group])
