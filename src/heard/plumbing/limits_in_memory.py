"""How often something may be tried, where not even the cache may learn an address.

Counts stand in the memory of this process, under a salt that is drawn anew each hour and takes them all with it. What
is counted is a keyed hash of the address, so that a look into the memory shows none. Each process counts for itself.

Once very many addresses were counted in an hour, those that come new are counted together, as if they were one: nobody
empties the counts of others by coming from everywhere, and what is kept in memory has a bound.
"""

import hmac
import secrets
import time
from collections import Counter
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from threading import Lock

from django.conf import settings
from django.http import HttpRequest

from heard.plumbing.limits import TooOften

HOUR = 3600
MOST_COUNTED = 100_000
HOUSEHOLD = 64
"""Bits of an IPv6 address that lie inside one network, whose machines pick them at will."""


class _Hour:
    """The counts of one hour."""

    def __init__(self, number: int) -> None:
        self.number, self.salt, self.counts = number, secrets.token_bytes(32), Counter[bytes]()

    def key(self, what: str, address: str) -> bytes:
        """Under which name tries of `what` from an address are counted."""
        return hmac.digest(self.salt, f"{what} {address}".encode(), sha256)[:16]


_lock = Lock()
_hour = _Hour(0)


def spend_unseen(what: str, request: HttpRequest, *, most: int) -> None:
    """Counts one try of `what` from where `request` came; raises TooOften beyond `most` in this hour."""
    global _hour
    with _lock:
        number = int(time.time()) // HOUR
        if _hour.number != number:
            _hour = _Hour(number)
        key = _hour.key(what, address_of(request))
        if key not in _hour.counts and len(_hour.counts) >= MOST_COUNTED:
            key = _hour.key(what, "")
        _hour.counts[key] += 1
        if _hour.counts[key] > most:
            raise TooOften


def address_of(request: HttpRequest) -> str:
    """Where a request came from, as the nearest of our proxies says; of IPv6 the network of a household."""
    return nearest(str(request.META.get("REMOTE_ADDR", "")), request.headers.get("X-Forwarded-For", ""))


def nearest(address: str, forwarded: str) -> str:
    """The same, of the other end of the connection and of what the proxies passed on."""
    proxies = int(settings.ALLAUTH_TRUSTED_PROXY_COUNT)
    passed = [one.strip() for one in forwarded.split(",") if one.strip()]
    if proxies and passed:
        address = passed[-min(proxies, len(passed))]
    return household_of(address)


def household_of(address: str) -> str:
    """The network of an IPv6 address; any other as it is, also where it was written as an IPv6 one."""
    try:
        read = ip_address(address)
    except ValueError:
        return address
    if isinstance(read, IPv6Address):
        return str(read.ipv4_mapped or IPv6Address(int(read) >> HOUSEHOLD << HOUSEHOLD))
    return str(read)
