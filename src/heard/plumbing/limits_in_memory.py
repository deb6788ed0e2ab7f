"""How often something may be tried, where not even the cache may learn an address.

Counts stand in the memory of this process, under a salt that is drawn anew each hour and takes them all with it. What
is counted is a keyed hash of the address, so that a look into the memory shows none. Each process counts for itself.
"""

import hmac
import secrets
import time
from collections import Counter
from hashlib import sha256
from threading import Lock

from django.conf import settings
from django.http import HttpRequest

from heard.plumbing.limits import TooOften

HOUR = 3600
MOST_COUNTED = 100_000


class _Hour:
    """The counts of one hour."""

    def __init__(self, number: int) -> None:
        self.number, self.salt, self.counts = number, secrets.token_bytes(32), Counter[bytes]()


_lock = Lock()
_hour = _Hour(0)


def spend_unseen(what: str, request: HttpRequest, *, most: int) -> None:
    """Counts one try of `what` from where `request` came; raises TooOften beyond `most` in this hour."""
    global _hour
    with _lock:
        number = int(time.time()) // HOUR
        if _hour.number != number or len(_hour.counts) > MOST_COUNTED:
            _hour = _Hour(number)
        key = hmac.digest(_hour.salt, f"{what} {address_of(request)}".encode(), sha256)[:16]
        _hour.counts[key] += 1
        if _hour.counts[key] > most:
            raise TooOften


def address_of(request: HttpRequest) -> str:
    """Where a request came from, as the nearest of our proxies says; of IPv6 the network of a household."""
    proxies = int(settings.ALLAUTH_TRUSTED_PROXY_COUNT)
    passed = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    address = str(request.META.get("REMOTE_ADDR", ""))
    if proxies and passed:
        address = passed[-min(proxies, len(passed))]
    return ":".join(address.split(":")[:4]) if address.count(":") > 1 else address
