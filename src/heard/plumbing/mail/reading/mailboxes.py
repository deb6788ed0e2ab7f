"""The addresses in a header as it came: no address is ever made of what was decoded."""

import re
from collections.abc import Iterator

from .lexing import NotWellFormed, lexed

_ADDRESS = re.compile(r"[^\s<>,;:\"()@]+@[a-z0-9.\-\[\]:]+")
_IN_BRACKETS = re.compile(r"(?P<name>[^<>]*+)<(?P<address>[^<>]*+)>\s*+(?P<rest>.*)", re.DOTALL)


def mailboxes(value: str, *, strictly: bool = False) -> Iterator[str]:
    """Each address in small letters, and an empty one for whatever is none.

    `strictly`, nothing may stand behind an address, and no other address before it where a name is.
    """
    try:
        pieces = re.split(r"[,;]", lexed(value, of_addresses=True).lower())
    except NotWellFormed:
        yield ""
        return
    for piece in filter(str.strip, pieces):
        # Before a colon stands the name of a group: `Canteen: ivy@example.org, tom@example.org;`.
        words = piece if strictly else piece.rpartition(":")[2]
        found = _IN_BRACKETS.fullmatch(words)
        address = (found["address"] if found else words).strip()
        is_plain = not strictly or found is None or _is_plain(found["name"].strip(), address, found["rest"])
        yield address if is_plain and _ADDRESS.fullmatch(address) else ""


def _is_plain(name: str, address: str, rest: str) -> bool:
    return not rest and ("@" not in name or name == address)
