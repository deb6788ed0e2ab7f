"""EMSA-PSS-ENCODE (RFC 8017, section 9.1.1), which libraries do only together with a signature of their own."""

from hashlib import sha384

PREFIX_LENGTH = 32
SALT_LENGTH = 48
HASH_LENGTH = 48


def encoded(message: bytes, salt: bytes, *, bits: int) -> bytes:
    """`message` as a number of `bits` bits at most, which is one less than the modulus has."""
    length = (bits + 7) // 8
    digest = sha384(bytes(8) + sha384(message).digest() + salt).digest()
    padded = bytes(length - len(salt) - HASH_LENGTH - 2) + b"\1" + salt
    masked = bytes(one ^ other for one, other in zip(padded, mask(digest, len(padded)), strict=True))
    return bytes([masked[0] & (0xFF >> (8 * length - bits))]) + masked[1:] + digest + b"\xbc"


def mask(seed: bytes, length: int) -> bytes:
    """MGF1 with SHA-384 (RFC 8017, appendix B.2.1)."""
    blocks = (sha384(seed + count.to_bytes(4, "big")).digest() for count in range(-(-length // HASH_LENGTH)))
    return b"".join(blocks)[:length]
