"""The side of whoever wants a token; in the browser it is `web/static/js/blind.js`, here for the command line."""

import secrets
from dataclasses import dataclass, field

import gmpy2
from gmpy2 import mpz

from heard.plumbing.blind.checking import verify
from heard.plumbing.blind.encoding import PREFIX_LENGTH, SALT_LENGTH, encoded
from heard.plumbing.blind.keys import EXPONENT, PublicKey
from heard.plumbing.blind.refusing import MessageIsUnusable, SignatureDoesNotHold


@dataclass(frozen=True, slots=True)
class Blinding:
    """What is sent to the signer, and what has to be kept, told to nobody, until the answer is there."""

    blinded_message: bytes
    inverse: int = field(repr=False)


def prepare(message: bytes) -> bytes:
    """The token: `message` behind 32 random bytes, so that not even a forged key lets its owner guess at it."""
    return secrets.token_bytes(PREFIX_LENGTH) + message


def blind(public: PublicKey, token: bytes, *, salt_length: int = SALT_LENGTH) -> Blinding:
    """Hides `token` behind a random factor; each call hides it behind another. Raises MessageIsUnusable."""
    n = public.modulus
    number = mpz(int.from_bytes(encoded(token, secrets.token_bytes(salt_length), bits=n.bit_length() - 1), "big"))
    factor = mpz(1 + secrets.randbelow(int(n) - 1))
    if gmpy2.gcd(number * factor, n) != 1:
        raise MessageIsUnusable
    hidden = number * gmpy2.powmod(factor, EXPONENT, n) % n
    return Blinding(int(hidden).to_bytes(public.size, "big"), int(gmpy2.invert(factor, n)))


def finalize(
    public: PublicKey, token: bytes, blind_signature: bytes, inverse: int, *, salt_length: int = SALT_LENGTH
) -> bytes:
    """The signature of `token`, once the factor is taken away. Raises SignatureDoesNotHold for an answer that is none.

    Only what was checked is returned, so that a signer who answers wrongly to single people out is found out at once.
    """
    if len(blind_signature) != public.size:
        raise SignatureDoesNotHold
    bare = mpz(int.from_bytes(blind_signature, "big")) * inverse % public.modulus
    signature = int(bare).to_bytes(public.size, "big")
    verify(public, token, signature, salt_length=salt_length)
    return signature
