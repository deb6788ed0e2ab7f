"""What the browser sends, read strictly: whatever is not exactly what our own page makes is refused alike."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from heard.features.voice.errors import BodyIsMalformed
from heard.features.voice.models import Kind
from heard.features.voice.rules.reading import code_in, decoded, point_in
from heard.features.voice.rules.sizes import BODY, BODY_WITH_PICTURES, LOOKUP, steps_of

BOX = 65 + 16 + 32
"""A sealed key: the point, the tag, and the 32 bytes of the key."""
MOST_READERS = 50
LONGEST_OPENED = 1_000
"""Characters of a text that is opened to everyone: it is the question of a vote."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A message as it is kept: by its code, and by reader the key that opens it."""

    code: str
    sealed: bytes
    boxes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Token:
    """What `ballots` takes for a token."""

    prefix: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first message and what the conversation will be found and read by."""

    thread: str
    kind: Kind
    ballot: str
    group: str
    token: Token | None
    lookup: str
    public: bytes
    wrapped: bytes
    message: Sealed


@dataclass(frozen=True, slots=True)
class Reply:
    """A further message of the writer."""

    lookup: str
    message: Sealed


@dataclass(frozen=True, slots=True)
class Agreement:
    """That the writer agrees to exactly this text; `with_group` is whether it may say which group they are of."""

    lookup: str
    text: str
    salt: bytes
    with_group: bool


def strictly[T](read: Callable[[dict[str, Any]], T], body: bytes, *sizes: int) -> T:
    """What `read` makes of a body that has one of these sizes. Raises BodyIsMalformed for anything else."""
    if len(body) not in sizes:
        raise BodyIsMalformed
    try:
        said = json.loads(body)
        if not isinstance(said, dict):
            raise BodyIsMalformed
        return read(said)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BodyIsMalformed from error


def beginning_in(body: bytes) -> Beginning:
    """What opens a conversation."""
    return strictly(_beginning, body, BODY, BODY_WITH_PICTURES)


def reply_in(body: bytes) -> Reply:
    """A message into one that there is."""
    return strictly(
        lambda said: Reply(_lookup(said["lookup"]), message_in(said["message"])), body, BODY, BODY_WITH_PICTURES
    )


def lookup_in(body: bytes) -> str:
    """The hash under which a conversation is kept."""
    return strictly(lambda said: _lookup(said["lookup"]), body, LOOKUP)


def agreement_in(body: bytes) -> Agreement:
    """The writer's word to an exact text."""
    return strictly(_agreement, body, BODY)


def message_in(said: Any) -> Sealed:
    """A sealed message. Raises ValueError and its kin."""
    code, sealed, boxes = code_in(said["code"]), decoded(said["sealed"]), said["boxes"]
    if not steps_of(len(sealed)) or not isinstance(boxes, dict) or not 1 <= len(boxes) <= MOST_READERS:
        raise ValueError
    for reader, box in boxes.items():
        if reader != "writer":
            code_in(reader)
        decoded(box, BOX)
    return Sealed(code, sealed, boxes)


def _beginning(said: dict[str, Any]) -> Beginning:
    token = said.get("token")
    return Beginning(
        thread=code_in(said["thread"]),
        kind=Kind(said["kind"]),
        ballot=code_in(said["ballot"], may_be_empty=True),
        group=code_in(said["group"], may_be_empty=True),
        token=None if token is None else Token(decoded(token["prefix"], 32), decoded(token["signature"])),
        lookup=_lookup(said["lookup"]),
        public=point_in(said["public"]),
        wrapped=decoded(said["wrapped"], 12 + 32 + 16),
        message=message_in(said["message"]),
    )


def _agreement(said: dict[str, Any]) -> Agreement:
    text, with_group = said["text"], said["group"]
    if not isinstance(text, str) or not isinstance(with_group, bool) or "\0" in text:
        raise ValueError
    if not text.strip() or len(text) > LONGEST_OPENED:
        raise ValueError
    text.encode()  # half a surrogate is no text
    return Agreement(_lookup(said["lookup"]), text, decoded(said["salt"], 32), with_group)


def _lookup(said: Any) -> str:
    return sha256(decoded(said, 32)).hexdigest()
