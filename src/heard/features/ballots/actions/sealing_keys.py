"""Private keys as they lie in the database: under HEARD_BALLOT_KEY, which is not in it."""

import secrets
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from heard.features.ballots.errors import KeyStaysClosed
from heard.plumbing.blind import SigningKey

NONCE = 12


def sealed(key: SigningKey, group: str) -> bytes:
    """The private half of a group's key, which opens for this group alone."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + _cipher(settings.HEARD_BALLOT_KEY).encrypt(nonce, key.der(), group.encode())


def unsealed(box: bytes, group: str) -> SigningKey:
    """The key again. Raises KeyStaysClosed under another HEARD_BALLOT_KEY."""
    try:
        return SigningKey.read(_cipher(settings.HEARD_BALLOT_KEY).decrypt(box[:NONCE], box[NONCE:], group.encode()))
    except InvalidTag:
        raise KeyStaysClosed from None


@cache
def _cipher(secret: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"heard ballot keys 1").derive(secret.encode()))
