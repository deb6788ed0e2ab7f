"""The public key of a signer, and the forms in which it is published."""

import base64
import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Self, cast

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from gmpy2 import mpz

from heard.plumbing.blind.armour import unwrapped
from heard.plumbing.blind.refusing import KeyIsUnusable

SIZES = {2_048, 3_072, 4_096}
EXPONENT = 65_537
# AlgorithmIdentifier: id-RSASSA-PSS with SHA-384, MGF1 with SHA-384 and a salt of 48 bytes (RFC 9578, section 8.2.2).
_ALGORITHM = bytes.fromhex(
    "303d06092a864886f70d01010a3030a00d300b0609608648016503040202"
    "a11a301806092a864886f70d010108300b0609608648016503040202a203020130"
)


@dataclass(frozen=True)
class PublicKey:
    """What everybody may have: raises KeyIsUnusable for a key of another size or exponent."""

    key: rsa.RSAPublicKey

    def __post_init__(self) -> None:
        numbers = self.key.public_numbers()
        if numbers.n.bit_length() not in SIZES or numbers.e != EXPONENT or numbers.n % 2 == 0:
            raise KeyIsUnusable

    def __hash__(self) -> int:
        return hash(self.modulus)

    @cached_property
    def modulus(self) -> mpz:
        """The number n."""
        return mpz(self.key.public_numbers().n)

    @property
    def size(self) -> int:
        """The bytes of a signature, and of whatever is sent to be signed."""
        return self.key.key_size // 8

    def der(self) -> bytes:
        """SubjectPublicKeyInfo with the algorithm RSASSA-PSS, as RFC 9474 and RFC 9578 ask: one form for one key."""
        bits = b"\0" + self.key.public_bytes(Encoding.DER, PublicFormat.PKCS1)
        return _tagged(0x30, _ALGORITHM + _tagged(0x03, bits))

    def pem(self) -> str:
        """The same as text, to be printed or published."""
        text = base64.encodebytes(self.der()).decode().replace("\n", "")
        lines = [text[at : at + 64] for at in range(0, len(text), 64)]
        return "\n".join(["-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----", ""])

    def jwk(self) -> dict[str, str]:
        """For the browser, which reads no other form of such a key."""
        n, e = (_base64url(number) for number in (int(self.modulus), EXPONENT))
        return {"kty": "RSA", "alg": "PS384", "use": "sig", "n": n, "e": e}

    def fingerprint(self) -> str:
        """The SHA-256 of `der()` as hexadecimal: by this a key is named in a log."""
        return hashlib.sha256(self.der()).hexdigest()

    @classmethod
    def read(cls, encoded: bytes) -> Self:
        """From `der()` or `pem()`, and from no other spelling of the same key. Raises KeyIsUnusable."""
        try:
            der = unwrapped(encoded)
            key = cls(cast(rsa.RSAPublicKey, serialization.load_der_public_key(der)))
            is_own_form = key.der() == der
        except Exception as error:
            raise KeyIsUnusable from error
        if not is_own_form:
            raise KeyIsUnusable
        return key


def _tagged(tag: int, content: bytes) -> bytes:
    """A value of DER that is longer than 255 bytes, as all of ours are."""
    return bytes([tag, 0x82]) + len(content).to_bytes(2, "big") + content


def _base64url(number: int) -> str:
    raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
