"""Which addresses of the network may be dialled: public ones, and what an administrator allows by name or number."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from .addresses import IP, Target, target_of
from .allowing import Allowed, allowed_by, read_allowed
from .refusing import AddressCannotBeRead, AddressIsNotPublic, OutboundRefused

_PUBLIC_IPV6 = ipaddress.IPv6Network("2000::/3")
# Within it: Teredo, ORCHID and other protocols' own; documentation; 6to4. They embed addresses, or lead nowhere.
_NOT_PUBLIC = [ipaddress.ip_network(net) for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]
# 6to4 relays, and a host that answers machines of one cloud with their secrets at a public address.
_NOT_PUBLIC += [ipaddress.ip_network(net) for net in ("192.88.99.0/24", "168.63.129.16/32")]
_ISATAP = {0x0000_5EFE, 0x0200_5EFE}


def judge(target: Target, found: Iterable[IP], allowed: Iterable[Allowed]) -> list[IP]:
    """The addresses to dial, in their order. Raises AddressIsNotPublic where a single one may not be.

    A name that leads to a public and to a private address at once is not believed in either.
    """
    entries = tuple(allowed)
    addresses = list(dict.fromkeys(found))
    for address in addresses:
        if allowed_by(entries, target, address):
            continue
        if not is_public(address):
            raise AddressIsNotPublic
        if not target.is_usual:
            raise AddressCannotBeRead
    return addresses


def could_be_asked(url: str, allowed_by: str = "HEARD_OUTBOUND_ALLOW") -> bool:
    """Whether an address may be kept to be asked later: as far as it can be said without looking its name up."""
    allowed = Rules.of_settings(allowed_by).allowed
    try:
        target = target_of(url)
        if target.literal is not None:
            judge(target, [target.literal], allowed)
    except OutboundRefused:
        return False
    return target.is_usual or any(target.port in one.ports for one in allowed)


def is_public(address: IP) -> bool:
    """Whether everybody means the same host by it, and no other address is hidden in it."""
    if any(address.version == net.version and address in net for net in _NOT_PUBLIC):
        return False
    if isinstance(address, ipaddress.IPv6Address):
        embeds = (int(address) >> 32) & 0xFFFF_FFFF in _ISATAP
        return address in _PUBLIC_IPV6 and not embeds and _passes_the_library(address)
    return address.is_global and not (address.is_multicast or address.is_reserved) and _passes_the_library(address)


def _passes_the_library(address: IP) -> bool:
    """A second opinion, which knows ranges that come up after this was written."""
    from requests_hardened.ip_filter import InvalidIPAddress, get_ip_address

    try:
        get_ip_address(str(address), 443, allow_loopback=False)
    except (InvalidIPAddress, OSError):
        return False
    return True


@cache
def _read(entries: tuple[str, ...]) -> tuple[Allowed, ...]:
    return tuple(read_allowed(entry) for entry in entries)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the settings allow."""

    allowed: tuple[Allowed, ...]

    @classmethod
    def of_settings(cls, name: str = "HEARD_OUTBOUND_ALLOW") -> "Rules":
        """As the setting of this name says now."""
        from django.conf import settings

        return cls(_read(tuple(getattr(settings, name))))
