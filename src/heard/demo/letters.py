"""What the browsers of a writer and of listeners do: draw keys, seal words for readers, wrap a private key."""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from heard.features.voice.rules import ROUNDS
from heard.plumbing.base64url import encode
from heard.plumbing.sealing import new_key, public_bytes, seal

LENGTH = 4_096
PURPOSE = b"heard voice 1"


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody with a receipt of 20 digits: what finds their conversation, and the key that opens it."""

    thread: str
    lookup: bytes
    address: bytes
    wrapped: bytes


def writer_with(digits: str, salt: str) -> Writer:
    """A new conversation that these digits lead back to."""
    stretched = hashlib.pbkdf2_hmac("sha256", digits.encode(), bytes.fromhex(salt), ROUNDS, 64)
    key = new_key()
    return Writer(secrets.token_hex(16), stretched[:32], public_bytes(key), _wrapped(stretched[32:], key))


def listener_key(passphrase: str) -> tuple[str, str]:
    """The public key, and the private one under a passphrase, as the page for listeners sends them."""
    key, salt = new_key(), secrets.token_bytes(32)
    stretched = hashlib.pbkdf2_hmac("sha256", passphrase.encode(), salt, ROUNDS, 32)
    wrapped = _wrapped(stretched, key)
    said = {"rounds": ROUNDS, "salt": encode(salt), "iv": encode(wrapped[:12]), "box": encode(wrapped[12:])}
    return encode(public_bytes(key)), json.dumps(said)


def sealed(thread: str, by: str, content: Mapping[str, Any], readers: Mapping[str, bytes]) -> dict[str, Any]:
    """A message as it travels; `readers` are public keys by code, and `by` is "writer", "listener" or "note"."""
    code, key, iv = secrets.token_hex(16), secrets.token_bytes(32), secrets.token_bytes(12)
    bound = f"heard voice 1 {thread} {code} {by}".encode()
    text = iv + AESGCM(key).encrypt(iv, json.dumps(content).encode().ljust(LENGTH), bound)
    boxes = {reader: encode(seal(address, key, purpose=PURPOSE, aad=bound)) for reader, address in readers.items()}
    return {"code": code, "sealed": encode(text), "boxes": boxes}


def _wrapped(secret: bytes, key: ec.EllipticCurvePrivateKey) -> bytes:
    iv = secrets.token_bytes(12)
    return iv + AESGCM(secret).encrypt(iv, key.private_numbers().private_value.to_bytes(32, "big"), None)
