"""Sealed boxes (RFC 9180, HPKE in base mode: P-256, HKDF-SHA256, AES-256-GCM): written for one reader's public key.

In the browser the same is `web/static/js/sealing.js`; here it is for the command line and for tests. `cryptography` has
HPKE too, but without additional data; the tests hold this against it.
"""

import hmac
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils.translation import gettext_lazy as _

from heard.plumbing.refusals import Refusal

POINT = 65
TAG = 16
_CURVE = ec.SECP256R1()
_KEM = b"KEM\0\x10"
_SUITE = b"HPKE\0\x10\0\x01\0\x02"


class SealRefusal(Refusal):
    """Whatever stands in the way of a sealed box."""


class PublicKeyIsUnusable(SealRefusal):
    """Not 65 bytes, or no point of the curve."""

    sentence = _("This is not a key that something can be written for.")


class BoxStaysClosed(SealRefusal):
    """Written for somebody else, with another purpose or additional data, cut off, or changed on its way."""

    sentence = _("This cannot be opened here.")


def new_key() -> ec.EllipticCurvePrivateKey:
    """A reader's key, made at random."""
    return ec.generate_private_key(_CURVE)


def public_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    """What everybody may know of a reader's key: the point, not compressed."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def seal(address: bytes, text: bytes, *, purpose: bytes = b"", aad: bytes = b"") -> bytes:
    """`text` for whoever has the private key of `address`: 81 bytes longer. Raises PublicKeyIsUnusable.

    Neither `purpose` (`info` in RFC 9180) nor `aad` is in the box, and both must be said again to open it.
    """
    once = new_key()
    point = public_bytes(once)
    key, nonce = _agreed(once, address, point, address, purpose)
    return point + AESGCM(key).encrypt(nonce, text, aad)


def unseal(reader: ec.EllipticCurvePrivateKey, box: bytes, *, purpose: bytes = b"", aad: bytes = b"") -> bytes:
    """The text in a box. Raises BoxStaysClosed, without saying why."""
    point, sealed = box[:POINT], box[POINT:]
    if len(sealed) < TAG:
        raise BoxStaysClosed
    try:
        key, nonce = _agreed(reader, point, point, public_bytes(reader), purpose)
        return AESGCM(key).decrypt(nonce, sealed, aad)
    except (PublicKeyIsUnusable, InvalidTag) as error:
        raise BoxStaysClosed from error


def _agreed(
    ours: ec.EllipticCurvePrivateKey, theirs: bytes, point: bytes, address: bytes, purpose: bytes
) -> tuple[bytes, bytes]:
    """The key and the nonce that both sides come to: DHKEM (RFC 9180, 4.1), then the key schedule (5.1)."""
    secret = ours.exchange(ec.ECDH(), _point(theirs))
    mixed = _extract(_KEM, b"", b"eae_prk", secret)
    shared = _expand(_KEM, mixed, b"shared_secret", point + address, 32)
    names = _extract(_SUITE, b"", b"psk_id_hash", b"") + _extract(_SUITE, b"", b"info_hash", purpose)
    schedule = _extract(_SUITE, shared, b"secret", b"")
    context = b"\0" + names
    return _expand(_SUITE, schedule, b"key", context, 32), _expand(_SUITE, schedule, b"base_nonce", context, 12)


def _point(raw: bytes) -> ec.EllipticCurvePublicKey:
    try:
        if len(raw) != POINT:
            raise PublicKeyIsUnusable
        return ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, raw)
    except ValueError as error:
        raise PublicKeyIsUnusable from error


def _extract(suite: bytes, salt: bytes, label: bytes, secret: bytes) -> bytes:
    """LabeledExtract (RFC 9180, 4)."""
    return hmac.digest(salt, b"HPKE-v1" + suite + label + secret, sha256)


def _expand(suite: bytes, key: bytes, label: bytes, context: bytes, length: int) -> bytes:
    """LabeledExpand (RFC 9180, 4), for 32 bytes at most, which is one round."""
    named = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + context
    return hmac.digest(key, named + b"\1", sha256)[:length]
