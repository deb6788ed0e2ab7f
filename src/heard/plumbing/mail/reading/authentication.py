"""What our own mail server found out about who sent a mail (RFC 8601)."""

import re
from collections.abc import Iterable

from .lexing import NotWellFormed, lexed

_SPEAKS_OF = {"dmarc": "header.from", "dkim": "header.d", "spf": "smtp.mailfrom"}
"""Which property says whom a method vouches for; whoever sends a mail chooses what the others say."""
_IS_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*")


def is_authentic(results: Iterable[str], *, server: str, sender: str) -> bool:
    """Whether `server` vouches for the domain of `sender`: by DMARC, or by DKIM or SPF for that very domain.

    What any other server claims is not believed, since whoever sends a mail can write such a header. Only the
    uppermost of `server` counts: what stands below came with the mail. `results` are headers as they came: decoded,
    they could say what a sender hid in them.
    """
    domain = sender.rpartition("@")[2].lower()
    for result in results:
        claims = _claims(result)
        named = (claims[0].split() or [""])[0]
        if named.lower() == server.lower():
            return any(_vouches(claim, domain) for claim in claims[1:])
    return False


def _claims(result: str) -> list[str]:
    """Who speaks, and each thing that is claimed; what was cut or is not well formed claims nothing."""
    try:
        return lexed(result).split(";")
    except NotWellFormed:
        return [result.partition(";")[0]]


def _vouches(claim: str, domain: str) -> bool:
    words = [word.partition("=") for word in " ".join(claim.split()).replace(" =", "=").replace("= ", "=").split()]
    if not words:
        return False
    method, _equals, found = words[0]
    method = method.partition("/")[0].lower()
    if method not in _SPEAKS_OF or found.lower() != "pass":
        return False
    named = [value.lower() for name, _equals, value in words[1:] if name.lower() == _SPEAKS_OF[method]]
    if len(named) != 1:
        return False
    vouched = named[0].rpartition("@")[2].rstrip(".")
    if not _IS_DOMAIN.fullmatch(vouched):
        return False
    return vouched == domain or (method != "dmarc" and domain.endswith(f".{vouched}"))
