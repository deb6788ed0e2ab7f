"""What our own mail server found out about who sent a mail (RFC 8601)."""

import re
from collections.abc import Iterable

_RESULT = re.compile(r"\b(dmarc|dkim|spf)\s*=\s*(\w+)", re.IGNORECASE)
_DOMAIN = re.compile(
    r"(?:header\.(?:d|i|from)|smtp\.mailfrom)\s*=\s*\"?(?:[^\s;@\"]*@)?([A-Za-z0-9.-]+)", re.IGNORECASE
)


def is_authentic(results: Iterable[str], *, server: str, sender: str) -> bool:
    """Whether `server` vouches for the domain of `sender`: by DMARC, or by DKIM or SPF for that very domain.

    What any other server claims is not believed, since whoever sends a mail can write such a header. Only the
    uppermost of `server` counts: what stands below came with the mail.
    """
    domain = sender.rpartition("@")[2].lower()
    for result in results:
        named, _semicolon, rest = result.partition(";")
        if named.strip().split(" ")[0].lower() == server.lower():
            return any(_vouches(claim, domain) for claim in rest.split(";"))
    return False


def _vouches(claim: str, domain: str) -> bool:
    found = _RESULT.search(claim)
    if not found or found[2].lower() != "pass":
        return False
    named = [one.lower().rstrip(".") for one in _DOMAIN.findall(claim)]
    if found[1].lower() == "dmarc":
        return not named or domain in named
    return any(domain == one or domain.endswith(f".{one}") for one in named)
