"""The chain of hashes that makes a log one in which nothing can be changed, taken out or put in between."""

import json
from collections.abc import Iterable
from hashlib import sha256

START = bytes(32).hex()


def body_of(kind: str, ref: str, digest: str) -> str:
    """What one line of the log says: that `ref` was published with this digest."""
    return json.dumps({"kind": kind, "ref": ref, "digest": digest}, separators=(",", ":"))


def next_hash(before: str, body: str) -> str:
    """The hash of a line, given that of the line before it."""
    return sha256(bytes.fromhex(before) + body.encode()).hexdigest()


def is_unbroken(lines: Iterable[tuple[str, str]], *, before: str = START) -> bool:
    """Whether bodies and hashes follow from one another."""
    for body, said in lines:
        before = next_hash(before, body)
        if before != said:
            return False
    return True
