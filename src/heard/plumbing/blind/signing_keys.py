"""The key that signs, and the form in which it is kept."""

import secrets
from typing import Self, cast

import gmpy2
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from gmpy2 import mpz

from heard.plumbing.blind.armour import unwrapped
from heard.plumbing.blind.keys import EXPONENT, SIZES, PublicKey
from heard.plumbing.blind.refusing import KeyIsUnusable

BITS = 2_048
FACTOR_USES = 32


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
        self._factor = (mpz(0), mpz(0), 0)

    def __repr__(self) -> str:
        return f"<SigningKey {self.public.fingerprint()[:16]}>"

    @classmethod
    def new(cls, bits: int = BITS) -> Self:
        """A key that was never used before: 50 milliseconds of work at 2,048 bits."""
        if bits not in SIZES:
            raise KeyIsUnusable
        return cls(rsa.generate_private_key(public_exponent=EXPONENT, key_size=bits))

    def next_factor(self) -> tuple[mpz, mpz]:
        """A random number to the power of e, and its inverse. Never the same again: the square of the last one, or new.

        It is drawn anew every 32 times; squaring in between costs a tenth of that.
        """
        n = self.public.modulus
        factor, inverse, left = self._factor
        if left:
            factor, inverse = factor * factor % n, inverse * inverse % n
        else:
            drawn = mpz(1 + secrets.randbelow(int(n) - 1))
            factor, inverse, left = gmpy2.powmod(drawn, EXPONENT, n), gmpy2.invert(drawn, n), FACTOR_USES
        self._factor = (factor, inverse, left - 1)
        return factor, inverse

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
                unwrapped(encoded), password=None, unsafe_skip_rsa_key_validation=True
            )
            return cls(cast(rsa.RSAPrivateKey, key))
        except Exception as error:
            raise KeyIsUnusable from error
