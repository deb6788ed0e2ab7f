"""How two processes hand each other a mail, and what it says: pieces of bytes, each behind its length."""

import json
import struct
from dataclasses import asdict
from typing import IO, NamedTuple

from .bounces import Bounced
from .incoming import IncomingMail
from .parts import Enclosed


class Request(NamedTuple):
    """A mail that is to be read, and how much that may cost."""

    raw: bytes
    envelope_sender: str | None
    most: int
    seconds: int
    megabytes: int


def put(out: IO[bytes], *pieces: bytes) -> None:
    """Hands pieces over."""
    out.write(struct.pack(f">I{len(pieces)}Q", len(pieces), *map(len, pieces)))
    for piece in pieces:
        out.write(piece)
    out.flush()


def taken(source: IO[bytes]) -> list[bytes]:
    """The pieces that are handed over next; none where the other process has ended."""
    head = source.read(4)
    if len(head) < 4:
        return []
    (count,) = struct.unpack(">I", head)
    lengths = source.read(8 * count)
    if len(lengths) < 8 * count:
        return []
    pieces = [source.read(length) for length in struct.unpack(f">{count}Q", lengths)]
    return pieces if sum(map(len, pieces)) == sum(struct.unpack(f">{count}Q", lengths)) else []


def ask(out: IO[bytes], request: Request) -> None:
    """Hands a mail over to be read."""
    put(out, request.raw, json.dumps(request[1:]).encode("ascii"))


def asked(source: IO[bytes]) -> Request | None:
    """The mail that is to be read next; nothing where there is no more."""
    pieces = taken(source)
    return Request(pieces[0], *json.loads(pieces[1])) if pieces else None


def packed(letter: IncomingMail) -> list[bytes]:
    """What a mail says as pieces: its words first, and then each of its files."""
    words = asdict(letter) | {"files": [file.name for file in letter.files]}
    return [json.dumps(words).encode("ascii"), *(file.content for file in letter.files)]


def unpacked(pieces: list[bytes]) -> IncomingMail:
    """What a mail says, of such pieces."""
    words = json.loads(pieces[0])
    for name in ("senders", "recipients", "authentication"):
        words[name] = tuple(words[name])
    files = tuple(Enclosed(name, content) for name, content in zip(words.pop("files"), pieces[1:], strict=True))
    if words["bounced"] is not None:
        addresses, is_for_good, said = words["bounced"]
        words["bounced"] = Bounced(tuple(addresses), is_for_good, said)
    return IncomingMail(**words, files=files)
