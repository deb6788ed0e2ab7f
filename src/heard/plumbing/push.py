"""Web Push: messages for a browser that is closed, encrypted for it alone (RFC 8291) and signed by us (RFC 8292).

The encryption is sixty lines over `cryptography`, and the example of the RFC is among the tests: the libraries for it
bring a client for HTTP of their own, past the one way out.
"""

import base64
import binascii
import enum
import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

from heard.plumbing import outbound

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec

LONGEST = 3_993
"""The most bytes of a message: with all that is wrapped round it, push services take 4,096."""
LONGEST_ENDPOINT = 1_000
ALLOWED_BY = "HEARD_PUSH_ALLOW"
DEADLINE = 10
VALID = 12 * 3600
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class Delivery(enum.Enum):
    """What became of a message: taken by the push service, its browser gone for good, to be tried again, refused.

    AWAY is to be tried again too, but later and by itself: nobody answered, and that may have taken DEADLINE seconds.
    """

    SENT = "sent"
    GONE = "gone"
    LATER = "later"
    AWAY = "away"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Keys:
    """A pair of keys for one purpose, on the curve P-256."""

    private: "ec.EllipticCurvePrivateKey"

    @property
    def public(self) -> bytes:
        """The point as it travels: 65 bytes, not compressed."""
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def send(subscription: Mapping[str, str], payload: bytes, *, ttl: int, urgency: str) -> Delivery:
    """Posts a message to a browser by its `endpoint`, `p256dh` and `auth`; it is kept there for `ttl` seconds at most.

    Push services are public, so that what HEARD_OUTBOUND_ALLOW lets through is not asked: anybody names an endpoint.
    `urgency` is `very-low`, `low`, `normal` or `high`. Raises ValueError for a payload of more than LONGEST bytes. A
    subscription that cannot be meant is GONE; whatever may pass is LATER or AWAY.
    """
    if len(payload) > LONGEST:
        raise ValueError(f"A push message has {LONGEST} bytes at most.")
    try:
        endpoint = subscription["endpoint"]
        body = encrypted(payload, p256dh=unpadded(subscription["p256dh"]), auth=unpadded(subscription["auth"]))
        token = token_for(endpoint)
    except (KeyError, ValueError):
        return Delivery.GONE
    headers = {
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(max(0, ttl)),
        "Urgency": urgency,
        "Authorization": f"vapid t={token}, k={vapid_public_key()}",
    }
    try:
        answer = outbound.fetch(
            endpoint,
            method="POST",
            body=body,
            headers=headers,
            accept="*/*",
            most_bytes=2_000,
            cut=True,
            deadline=DEADLINE,
            allowed_by=ALLOWED_BY,
        )
    except outbound.OutboundRefused as refusal:
        return Delivery.AWAY if refusal.may_pass else Delivery.REFUSED
    return delivery_of(answer.status)


def is_subscription(endpoint: str, public_key: str, secret: str) -> bool:
    """Whether it is what a browser gives: an https address that could be asked, a point and a secret in base64."""
    try:
        point, auth = unpadded(public_key), unpadded(secret)
    except ValueError:
        return False
    is_key = len(point) == 65 and point[0] == 4 and len(auth) == 16
    is_address = endpoint.startswith("https://") and endpoint.isascii() and len(endpoint) <= LONGEST_ENDPOINT
    return is_key and is_address and outbound.could_be_asked(endpoint, ALLOWED_BY)


def delivery_of(status: int) -> Delivery:
    """What a push service says by its status."""
    if 200 <= status < 300:
        return Delivery.SENT
    if status in {404, 410}:
        return Delivery.GONE
    return Delivery.LATER if status == 429 or status >= 500 else Delivery.REFUSED


def vapid_public_key() -> str:
    """The key that a browser is given when somebody asks to be told there."""
    return padless(_own_keys(settings.HEARD_PUSH_KEY).public)


def token_for(endpoint: str) -> str:
    """What says to a push service who sends: a JWT for its origin, good for twelve hours."""
    from cryptography.hazmat.primitives.asymmetric import ec, utils
    from cryptography.hazmat.primitives.hashes import SHA256

    url = urlsplit(endpoint)
    claims = {
        "aud": f"{url.scheme}://{url.netloc}",
        "exp": int(time.time()) + VALID,
        "sub": f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}",
    }
    parts = ({"typ": "JWT", "alg": "ES256"}, claims)
    signed = ".".join(padless(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
    signature = _own_keys(settings.HEARD_PUSH_KEY).private.sign(signed.encode(), ec.ECDSA(SHA256()))
    r, s = utils.decode_dss_signature(signature)
    return f"{signed}.{padless(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def encrypted(
    payload: bytes, *, p256dh: bytes, auth: bytes, once: Keys | None = None, salt: bytes | None = None
) -> bytes:
    """The message for the browser with the public key `p256dh` and the secret `auth` (RFC 8291, one record).

    Raises ValueError where these are none. `once` and `salt` are made afresh for each message, but for a test.
    """
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(auth) != 16:
        raise ValueError("The secret of a subscription has 16 bytes.")
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), p256dh)
    ours = once or Keys(ec.generate_private_key(ec.SECP256R1()))
    salt = salt or os.urandom(16)
    shared = ours.private.exchange(ec.ECDH(), theirs)
    secret = _derived(shared, salt=auth, purpose=b"WebPush: info\0" + p256dh + ours.public, length=32)
    key = _derived(secret, salt=salt, purpose=b"Content-Encoding: aes128gcm\0", length=16)
    nonce = _derived(secret, salt=salt, purpose=b"Content-Encoding: nonce\0", length=12)
    header = salt + (4_096).to_bytes(4, "big") + bytes([len(ours.public)]) + ours.public
    return header + AESGCM(key).encrypt(nonce, payload + b"\2", None)


def _derived(secret: bytes, *, salt: bytes, purpose: bytes, length: int) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), length, salt, purpose).derive(secret)


@cache
def _own_keys(secret: str) -> Keys:
    """The keys of this place, always the same for the same secret: that is all that has to be kept."""
    from cryptography.hazmat.primitives.asymmetric import ec

    wide = int.from_bytes(_derived(secret.encode(), salt=b"", purpose=b"heard web push", length=48), "big")
    return Keys(ec.derive_private_key(wide % (_ORDER - 1) + 1, ec.SECP256R1()))


def padless(raw: bytes) -> str:
    """Base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unpadded(text: str) -> bytes:
    """The bytes of such text; raises ValueError for what is none."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("This is no base64.") from error
