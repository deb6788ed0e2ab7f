"""The two keys of a signer, and the forms in which they are kept and published."""

import base64
import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Self, cast

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from gmpy2 import mpz

from heard.plumbing.blind.refusing import KeyIsUnusable

BITS = 2_048
SIZES = {2_048, 3_072, 4_096}
EXPONENT = 65_537
_MOST_BYTES = 10_000
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
            der = _unwrapped(encoded)
            key = cls(cast(rsa.RSAPublicKey, serialization.load_der_public_key(der)))
            is_own_form = key.der() == der
        except Exception as error:
            raise KeyIsUnusable from error
        if not is_own_form:
            raise KeyIsUnusable
        return key


class SigningKey:
    """What only the signer has. It says nothing of itself when it is printed."""

    def __init__(self, key: rsa.RSAPrivateKey) -> None:
        """Raises KeyIsUnusable unless the parts of `key` fit together (FIPS 186-5, A.1.1, but for the primality)."""
        self.public = PublicKey(key.public_key())
        self._key = key
        numbers = key.private_numbers()
        n, p, q, d = (mpz(number) for number in (numbers.public_numbers.n, numbers.p, numbers.q, numbers.d))
        self.p, self.q = p, q
        self.dp, self.dq, self.q_inverse = mpz(numbers.dmp1), mpz(numbers.dmq1), mpz(numbers.iqmp)
        half = key.key_size // 2
        fits = (
            p * q == n
            and p.bit_length() == q.bit_length() == half
            and abs(p - q).bit_length() > half - 100
            and d.bit_length() > half
            and self.dp * EXPONENT % (p - 1) == 1 == self.dq * EXPONENT % (q - 1)
            and self.q_inverse * q % p == 1
        )
        if not fits:
            raise KeyIsUnusable

    def __repr__(self) -> str:
        return f"<SigningKey {self.public.fingerprint()[:16]}>"

    @classmethod
    def new(cls, bits: int = BITS) -> Self:
        """A key that was never used before: 50 milliseconds of work at 2,048 bits."""
        if bits not in SIZES:
            raise KeyIsUnusable
        return cls(rsa.generate_private_key(public_exponent=EXPONENT, key_size=bits))

    def der(self) -> bytes:
        """PKCS #8, to be kept where nobody else reads it."""
        return self._key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())

    def pem(self) -> str:
        """The same as text."""
        return self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    @classmethod
    def read(cls, encoded: bytes) -> Self:
        """From `der()` or `pem()`, in a tenth of a millisecond. Raises KeyIsUnusable.

        That the factors are prime was made sure of when the key was made, and is not tried again; of a key that is
        wrong no signature leaves.
        """
        try:
            key = serialization.load_der_private_key(
                _unwrapped(encoded), password=None, unsafe_skip_rsa_key_validation=True
            )
            return cls(cast(rsa.RSAPrivateKey, key))
        except Exception as error:
            raise KeyIsUnusable from error


def _unwrapped(encoded: bytes) -> bytes:
    """The DER within a PEM, or what was given."""
    if len(encoded) > _MOST_BYTES:
        raise KeyIsUnusable
    if not encoded.lstrip().startswith(b"-----"):
        return encoded
    lines = encoded.split(b"\n")
    return base64.b64decode(b"".join(line.strip() for line in lines if not line.startswith(b"-----")), validate=True)


def _tagged(tag: int, content: bytes) -> bytes:
    """A value of DER that is longer than 255 bytes, as all of ours are."""
    return bytes([tag, 0x82]) + len(content).to_bytes(2, "big") + content


def _base64url(number: int) -> str:
    raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
