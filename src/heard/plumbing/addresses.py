"""Addresses that a browser sent, taken apart: one that is malformed is no address, and never a fault."""

from urllib.parse import SplitResult, urlsplit


def parts_of(address: str) -> SplitResult:
    """The parts of an address; all of them empty where it is malformed."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def origin_of(address: str) -> str:
    """Scheme, host and port, as `https://heard.example.org`; empty where the address has none."""
    parts = parts_of(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else ""


def path_within(address: str) -> str:
    """Path and query, which lead nowhere but to the host that they are asked of."""
    parts = parts_of(address)
    path = "/" + parts.path.lstrip("/\\")
    return f"{path}?{parts.query}" if parts.query else path


def is_of_this_machine(address: str) -> bool:
    """Whether an address leads to the machine itself, so that no other computer or telephone can open it."""
    host = parts_of(address).hostname or ""
    return host in {"localhost", "::1"} or host.startswith("127.") or host.endswith(".localhost")
