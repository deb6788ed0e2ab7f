"""What changed: a topic and a name, as they travel between processes and as a browser reads them."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Self

MOST_BYTES = 7_000
"""Of one packet; PostgreSQL carries fewer than 8,000."""

TOPIC = re.compile(r"[a-z]+:[0-9]{1,20}")
_LINE = re.compile(rf"({TOPIC.pattern}) ([a-z][a-z-]{{0,39}})")


class News(NamedTuple):
    """That something of this name happened to this topic (`thread:7`, `reply`)."""

    topic: str
    name: str

    def as_event(self) -> bytes:
        """One server-sent event."""
        return b"data:" + json.dumps(self._asdict(), separators=(",", ":")).encode() + b"\n\n"

    @classmethod
    def read(cls, line: str) -> Self | None:
        """The news a line holds, or nothing if it holds anything else."""
        match = _LINE.fullmatch(line)
        return cls(*match.groups()) if match else None


EVERYTHING = News("*", "poll")
"""Tells a page to look at everything again: it may have missed something. Never travels between processes."""


def packets(news: Iterable[News]) -> Iterator[str]:
    """The news in as few packets as hold it, each item once, a line each; refuses a malformed one (ValueError)."""
    packet = ""
    for item in dict.fromkeys(news):
        line = f"{item.topic} {item.name}"
        if News.read(line) is None:
            raise ValueError(f"{line!r} is no topic and name, such as 'thread:7 reply'")
        if len(packet) + len(line) >= MOST_BYTES:
            yield packet
            packet = ""
        packet += line + "\n"
    if packet:
        yield packet


def unpacked(packet: str) -> Iterator[News]:
    """The news in a packet; what is malformed is left out."""
    return (news for line in packet.splitlines() if (news := News.read(line)))
