"""IPv4 addresses in the dress of IPv6: gateways and tunnels lead to what is hidden in them."""

import ipaddress

from .addresses import IP

# Where each way of hiding keeps the address: its network, and how many bits stand behind those of the address.
# Mapped, translated, NAT64 and its local kind, 6to4.
_HIDING = [
    (ipaddress.IPv6Network(net), behind)
    for net, behind in (
        *(("::ffff:0:0/96", 0), ("::ffff:0:0:0/96", 0), ("64:ff9b::/96", 0), ("64:ff9b:1::/48", 0)),
        ("2002::/16", 80),
    )
]
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_LOCAL_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")
_TEREDO = ipaddress.IPv6Network("2001::/32")
_ISATAP = {0x0000_5EFE, 0x0200_5EFE}
_THIS_NETWORK = ipaddress.IPv4Network("0.0.0.0/8")


def hidden_in(address: IP) -> list[ipaddress.IPv4Address]:
    """Every IPv4 address that may be meant by an address of IPv6."""
    if not isinstance(address, ipaddress.IPv6Address):
        return []
    number = int(address)
    surely = [number >> behind for network, behind in _HIDING if address in network]
    perhaps = [number] if address in _COMPATIBLE else []
    if address in _LOCAL_NAT64:  # behind prefixes of 48, 56 and 64 bits it stands further in front (RFC 6052)
        perhaps.append((number >> 64 & 0xFFFF) << 16 | number >> 40 & 0xFFFF)
        perhaps.append((number >> 64 & 0xFF) << 24 | number >> 32 & 0xFF_FFFF)
        perhaps.append(number >> 24)
    if address in _TEREDO:
        surely += [number >> 64, number ^ 0xFFFF_FFFF]
    if number >> 32 & 0xFFFF_FFFF in _ISATAP:
        surely.append(number)
    found = [ipaddress.IPv4Address(one & 0xFFFF_FFFF) for one in surely]
    guessed = [ipaddress.IPv4Address(one & 0xFFFF_FFFF) for one in perhaps]
    return found + [one for one in guessed if one not in _THIS_NETWORK]
