"""How many bodies of one address are arriving at once; an address is in memory as long as one of its is, and hashed."""

import hmac
import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from heard.plumbing.limits import TooOften


class Crowd:
    """Counts them, and lets `most` of each address in."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._salt = secrets.token_bytes(32)
        self._here = Counter[bytes]()

    @contextmanager
    def one_of(self, address: str) -> Iterator[bytes]:
        """One body of this address, as long as the context lasts; the hash of the address. Raises TooOften beyond so
        many."""
        key = hmac.digest(self._salt, address.encode(), sha256)
        if self._here[key] >= self.most:
            raise TooOften
        self._here[key] += 1
        try:
            yield key
        finally:
            self._here[key] -= 1
            if not self._here[key]:
                del self._here[key]
