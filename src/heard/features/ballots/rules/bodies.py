"""What the page for answering sends: JSON, padded with spaces to one size, so that its length says nothing."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from heard.features.ballots.errors import BodyIsMalformed
from heard.features.ballots.rules.tokens import GROUP, PREFIX, SIGNATURE, Spent
from heard.plumbing import base64url

NAMES = {"prefix", "signature", "group", "answers"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A token and what came with it; not looked at beyond its form."""

    spent: Spent
    answers: Mapping[str, Any]


def padded(said: Mapping[str, Any], size: int) -> bytes:
    """The body of what is said. Raises BodyIsMalformed where it does not fit."""
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    if len(body) > size:
        raise BodyIsMalformed
    return body.ljust(size)


def read_sheet(body: bytes, size: int) -> Sheet:
    """What a body of exactly `size` bytes holds. Raises BodyIsMalformed."""
    if len(body) != size:
        raise BodyIsMalformed
    said = read_object(body)
    if set(said) - {"pad"} != NAMES or not isinstance(said["answers"], dict):
        raise BodyIsMalformed
    return Sheet(read_spent(said), said["answers"])


def read_spent(said: Mapping[str, Any]) -> Spent:
    """The token in what was said. Raises BodyIsMalformed where it has not the form of one."""
    try:
        prefix, signature = base64url.decode(said.get("prefix")), base64url.decode(said.get("signature"))
    except ValueError:
        raise BodyIsMalformed from None
    group = said.get("group")
    if len(prefix) != PREFIX or len(signature) != SIGNATURE or not isinstance(group, str) or not GROUP.fullmatch(group):
        raise BodyIsMalformed
    return Spent(prefix, signature, group)


def read_object(body: bytes) -> dict[str, Any]:
    """A JSON object without a name twice and without numbers that JSON has not. Raises BodyIsMalformed."""
    try:
        said = json.loads(body, object_pairs_hook=_once_each, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise BodyIsMalformed from None
    if not isinstance(said, dict):
        raise BodyIsMalformed
    return said


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    named = dict(pairs)
    if len(named) != len(pairs):
        raise ValueError
    return named


def _no_constant(name: str) -> NoReturn:
    raise ValueError
