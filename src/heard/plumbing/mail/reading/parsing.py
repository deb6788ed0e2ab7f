"""Bytes into the parts of a mail, whose headers are cut before anything is made of them.

The standard library takes the square of the length of a header to find its parameters, and does so while it parses.
"""

import email
from email.message import Message
from email.policy import Compat32

from .lexing import LONGEST

LONGEST_OF_PARAMETERS = 4_000
"""Characters of a header that tells what a part is; the longest name of a file needs some 2,500."""
_HAS_PARAMETERS = frozenset({"content-type", "content-disposition", "content-transfer-encoding"})


class Curt(Compat32):
    """Headers as they came, as far as they are looked at, and one character more where there is more."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """The name and the value of a header."""
        name, value = super().header_source_parse(sourcelines)
        most = LONGEST_OF_PARAMETERS if name.strip().lower() in _HAS_PARAMETERS else LONGEST + 1
        return name, value[:most]


def parsed(raw: bytes) -> Message:
    """The parts of a mail."""
    return email.message_from_bytes(raw, policy=Curt())
