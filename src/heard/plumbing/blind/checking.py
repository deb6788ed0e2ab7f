"""Whether a signature holds: an ordinary RSASSA-PSS signature, which anybody's library can check."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA384

from heard.plumbing.blind.encoding import PREFIX_LENGTH, SALT_LENGTH
from heard.plumbing.blind.keys import PublicKey
from heard.plumbing.blind.refusing import SignatureDoesNotHold


def verify(public: PublicKey, token: bytes, signature: bytes, *, salt_length: int = SALT_LENGTH) -> None:
    """Raises SignatureDoesNotHold unless the owner of `public` signed `token`, whoever it came from."""
    if not holds(public, token, signature, salt_length=salt_length):
        raise SignatureDoesNotHold


def holds(public: PublicKey, token: bytes, signature: bytes, *, salt_length: int = SALT_LENGTH) -> bool:
    """Whether the owner of `public` signed `token`."""
    if len(signature) != public.size:
        return False
    pss = padding.PSS(mgf=padding.MGF1(SHA384()), salt_length=salt_length)
    try:
        public.key.verify(signature, token, pss, SHA384())
    except InvalidSignature:
        return False
    return True


def message_of(token: bytes) -> bytes:
    """What stands in `token` behind its random bytes. Raises SignatureDoesNotHold where it is too short for them."""
    if len(token) < PREFIX_LENGTH:
        raise SignatureDoesNotHold
    return token[PREFIX_LENGTH:]
