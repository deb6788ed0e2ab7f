"""What an administrator allows besides the public network: names, networks and ports, never where secrets live."""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass

from .addresses import IP, USUAL, Target
from .embedding import hidden_in

NETWORK = ipaddress.IPv4Network | ipaddress.IPv6Network
# Link-local addresses, among them those where clouds tell a machine its passwords, and their cousins elsewhere.
_NEVER = [
    ipaddress.ip_network(net)
    for net in (
        *("0.0.0.0/8", "169.254.0.0/16", "100.100.100.200/32", "192.0.0.192/32", "168.63.129.16/32", "224.0.0.0/3"),
        *("::/128", "fe80::/10", "fec0::/10", "fd00:ec2::/32", "fd20:ce::/32", "ff00::/8"),
    )
]
# This machine itself, and IPv4 addresses in the dress of IPv6.
_EMBEDDING = ipaddress.IPv6Network("::/64")
WIDEST = {4: 8, 6: 16}


@dataclass(frozen=True, slots=True)
class Allowed:
    """One entry: a network, or a name (with `.` before it: also all below it), and the ports there."""

    ports: frozenset[int]
    network: NETWORK | None = None
    name: str = ""


def read_allowed(entry: str) -> Allowed:
    """An entry as `10.1.0.0/16`, `127.0.0.1:9000`, `[fd00::1]:8080`, `wiki.example` or `*.corp.example:8443`.

    Raises ValueError, with one sentence, for what cannot be read or is never allowed.
    """
    place, port = _parted(entry.strip().lower())
    ports = frozenset({port}) if port else frozenset(USUAL.values())
    try:
        network = ipaddress.ip_network(place, strict=False)
    except ValueError:
        return Allowed(ports, name=_name(place, entry))
    if network.prefixlen < WIDEST[network.version]:
        raise ValueError(f"{entry} is too wide: name the networks that are meant.")
    if set(_never_of(network[0])) & set(_never_of(network[-1])):
        raise ValueError(f"{entry} is never allowed: machines tell their secrets there.")
    return Allowed(ports, network=network)


def _parted(entry: str) -> tuple[str, int]:
    """The place and the port of an entry; 0 where it names none."""
    if entry.startswith("["):
        place, _, rest = entry[1:].partition("]")
        tail = rest.removeprefix(":")
    elif entry.count(":") == 1:
        place, _, tail = entry.partition(":")
    else:
        return entry, 0
    if not tail:
        return place, 0
    if not (tail.isascii() and tail.isdigit() and 0 < int(tail) < 65_536):
        raise ValueError(f"{entry} names no port that there is.")
    return place, int(tail)


def _name(place: str, entry: str) -> str:
    name = place.removeprefix("*")
    labels = name.removeprefix(".").split(".")
    if not all(label.isascii() and label.replace("-", "").replace("_", "").isalnum() for label in labels):
        raise ValueError(f"{entry} is neither a name nor a network.")
    if labels[-1].isdigit():
        raise ValueError(f"{entry} is neither a name nor a network.")
    return name


def allowed_by(entries: Iterable[Allowed], target: Target, address: IP) -> bool:
    """Whether an entry lets `target` be dialled at `address`.

    A name alone never leads to this machine itself: whoever runs its zone could point it here. For that the address
    has to be named.
    """
    if _never_of(address):
        return False
    for one in entries:
        if target.port not in one.ports:
            continue
        if one.network is not None:
            if one.network.version == address.version and address in one.network:
                return True
        elif _is_named(one.name, target.host) and not _leads_here(address):
            return True
    return False


def _is_named(name: str, host: str) -> bool:
    return host.endswith(name) if name.startswith(".") else host == name


def _leads_here(address: IP) -> bool:
    if any(one.is_loopback for one in hidden_in(address)):
        return True
    if isinstance(address, ipaddress.IPv6Address):
        return address in _EMBEDDING
    return address.is_loopback


def _never_of(address: IP) -> list[NETWORK]:
    """The networks in which an address, or one that is hidden in it, is never asked."""
    meant = [address, *hidden_in(address)]
    return [net for net in _NEVER if any(one.version == net.version and one in net for one in meant)]
