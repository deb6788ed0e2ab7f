"""The signer's side: one power of a number that somebody else chose, so it tells nothing by its time or by a fault."""

import hmac

import gmpy2
from gmpy2 import mpz

from heard.plumbing.blind.keys import EXPONENT
from heard.plumbing.blind.refusing import BlindedMessageIsUnusable, SigningFailed
from heard.plumbing.blind.signing_keys import SigningKey


def blind_sign(key: SigningKey, blinded_message: bytes) -> bytes:
    """The blind signature; the same for the same message, always. A millisecond of work at 2,048 bits.

    Raises BlindedMessageIsUnusable for what is out of range, and SigningFailed where the result is wrong.
    """
    n, size = key.public.modulus, key.public.size
    number = mpz(int.from_bytes(blinded_message, "big"))
    if len(blinded_message) != size or not 0 < number < n:
        raise BlindedMessageIsUnusable
    signed = _private_power(key, number)
    # One wrong half of the result would be enough to find the factors of the key (Boneh, DeMillo and Lipton, 1997).
    if not hmac.compare_digest(int(gmpy2.powmod(signed, EXPONENT, n)).to_bytes(size, "big"), blinded_message):
        raise SigningFailed
    return int(signed).to_bytes(size, "big")


def _private_power(key: SigningKey, number: mpz) -> mpz:
    """`number` to the power of d, by the Chinese remainder theorem.

    `powmod_sec` takes the same time for every number. What stands round it does not, and works on a number that is
    multiplied by a random one first, so that nobody outside knows what it is.
    """
    n = key.public.modulus
    factor, inverse = key.next_factor()
    hidden = number * factor % n
    by_p = gmpy2.powmod_sec(hidden % key.p, key.dp, key.p)
    by_q = gmpy2.powmod_sec(hidden % key.q, key.dq, key.q)
    signed = by_q + key.q * ((by_p - by_q) * key.q_inverse % key.p)
    return signed * inverse % n
