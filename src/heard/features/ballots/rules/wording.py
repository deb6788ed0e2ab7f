"""What members read of a ballot, as it is published with the keys: by its digest, and sealed.

The heart is handed both and can read neither. The key is told to everybody who is asked, and to nobody else; so words
come to a device on which nobody is signed in, and strangers who read the keys learn none.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from heard.plumbing import base64url

KEY = 16
NONCE = 12
ROOM = 4_096


def words_digest(title: str, intro: str, worded: Sequence[Mapping[str, Any]]) -> str:
    """SHA-256 of everything that members read of a ballot, as browsers count it too: JSON without spaces, in UTF-8."""
    return sha256(_said(title, intro, worded)).hexdigest()


def new_words_key() -> bytes:
    """A key for the words of one ballot."""
    return secrets.token_bytes(KEY)


def sealed_words(key: bytes, title: str, intro: str, worded: Sequence[Mapping[str, Any]]) -> str:
    """What has that digest, sealed by AES-GCM; filled up with spaces, so that its length says little."""
    said, nonce = _said(title, intro, worded), secrets.token_bytes(NONCE)
    room = -(-len(said) // ROOM) * ROOM
    return base64url.encode(nonce + AESGCM(key).encrypt(nonce, said.ljust(room), None))


def opened_words(key: bytes, keys: Mapping[str, Any]) -> tuple[str, str, list[dict[str, Any]]]:
    """Title, intro and questions out of the published keys. Raises ValueError unless they have the digest there."""
    sealed = base64url.decode(keys.get("sealed_words"))
    try:
        said = AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], None).rstrip(b" ")
    except (InvalidTag, ValueError):
        raise ValueError from None
    if sha256(said).hexdigest() != keys.get("words"):
        raise ValueError
    title, intro, listed = json.loads(said)
    names = ("code", "text", "options", "is_reversed")
    return title, intro, [dict(zip(names, one, strict=True)) for one in listed]


def _said(title: str, intro: str, worded: Sequence[Mapping[str, Any]]) -> bytes:
    said = [[one["code"], one["text"], list(one.get("options", ())), bool(one.get("is_reversed"))] for one in worded]
    whole = json.dumps([title, intro, said], ensure_ascii=False, separators=(",", ":"))
    return whole.encode("utf-8", "surrogatepass")
