"""Addresses of pages, read once and strictly: what is dialled is built from these pieces and read by nobody again."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from .refusing import AddressCannotBeRead

LONGEST = 2_000
USUAL = {"http": 80, "https": 443}
IP = ipaddress.IPv4Address | ipaddress.IPv6Address
# Blanks, control characters and the backslash, which browsers read as a slash and libraries do not.
_NEVER = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029]")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_PORT = re.compile(r"[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class Target:
    """Where one request goes. `host` is ASCII, in lower case, without brackets and without a dot at its end."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def is_usual(self) -> bool:
        """Whether the port is the one of the scheme."""
        return self.port == USUAL[self.scheme]

    @property
    def literal(self) -> IP | None:
        """The address itself, where the host is one."""
        try:
            return ipaddress.ip_address(self.host)
        except ValueError:
            return None

    @property
    def authority(self) -> str:
        """The host and, where it is not the usual one, the port, as the header `Host` has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.is_usual else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def target_of(url: str) -> Target:
    """The pieces of an address. Raises AddressCannotBeRead, also for user names, zone ids and odd spellings of numbers.

    A host whose last label is a number is an IPv4 address written plainly, or nothing: 127.1, 0x7f000001 and
    2130706433 are refused before anybody resolves them.
    """
    if not url or len(url) > LONGEST or _NEVER.search(url):
        raise AddressCannotBeRead
    try:
        split = urlsplit(url)
        given = split.hostname or ""
    except ValueError as error:
        raise AddressCannotBeRead from error
    if split.scheme not in USUAL or not given or "@" in split.netloc or "%" in split.netloc:
        raise AddressCannotBeRead
    path = (split.path or "/") + (f"?{split.query}" if split.query else "")
    return Target(split.scheme, _host(given, split.netloc), _port(split), path)


def led_on(target: Target, location: str) -> Target:
    """Where an answer leads on to."""
    try:
        return target_of(urljoin(str(target), location.strip()))
    except ValueError as error:
        raise AddressCannotBeRead from error


def _port(split: SplitResult) -> int:
    tail = split.netloc.rpartition("]")[2].rpartition(":")
    if not tail[1]:
        return USUAL[split.scheme]
    if not _PORT.fullmatch(tail[2]) or not 0 < int(tail[2]) < 65_536:
        raise AddressCannotBeRead
    return int(tail[2])


def _host(given: str, netloc: str) -> str:
    if netloc.startswith("["):
        return _ipv6(given)
    host = (given.lower() if given.isascii() else _ascii(given)).removesuffix(".")
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise AddressCannotBeRead
    if labels[-1].isdigit() or labels[-1].startswith("0x"):
        try:
            return str(ipaddress.IPv4Address(host))
        except ValueError as error:
            raise AddressCannotBeRead from error
    return host


def _ascii(given: str) -> str:
    import idna  # its tables are large, and most names need none

    try:
        return idna.encode(given, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise AddressCannotBeRead from error


def _ipv6(given: str) -> str:
    try:
        return str(ipaddress.IPv6Address(given))
    except ValueError as error:
        raise AddressCannotBeRead from error
