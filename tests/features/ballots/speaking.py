"""What a browser does with tokens, done in Python: take one, fill in a sheet, send it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from heard.features.ballots.actions import Question, announce, sign
from heard.features.ballots.queries import ballot_by_code, published
from heard.features.ballots.rules import message_for, padded, public_key
from heard.plumbing import base64url
from heard.plumbing.blind import blind, finalize, prepare

QUESTIONS = (
    Question("recommend", "recommend"),
    Question("told", "agree"),
    Question("where", "choice", options=3),
    Question("better", "comment", longest=1_000),
)
ANSWERS = {"recommend": 9, "told": 4, "where": 2, "better": "More light in the depot, please."}
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it waits in a browser."""

    ballot: str
    group: str
    prefix: bytes
    signature: bytes

    def sheet(self, answers: Mapping[str, Any], /, **changed: Any) -> dict[str, Any]:
        """What is sent with it."""
        encoded = base64url.encode
        said = {"prefix": encoded(self.prefix), "signature": encoded(self.signature), "group": self.group}
        return said | {"answers": dict(answers)} | changed

    def body(self, answers: Mapping[str, Any], /, **changed: Any) -> bytes:
        """The same, padded."""
        return padded(self.sheet(answers, **changed), ballot_by_code(self.ballot).size)


def new_group() -> str:
    return secrets.token_hex(16)


def a_ballot(*groups: str, opens_in: timedelta = -HOUR, lasts: timedelta = 48 * HOUR, **changed: Any) -> str:
    """A ballot that is open, for groups of seven."""
    opens_at = timezone.now() + opens_in
    given = {"what": "pulse", "questions": QUESTIONS, "opens_at": opens_at, "closes_at": opens_at + lasts}
    return announce(groups=[(group, 7) for group in groups], **(given | changed))


def a_token(ballot: str, group: str) -> Token:
    """A token that was signed blind by the group's key."""
    import json

    listed = {one["group"]: one["n"] for one in json.loads(published(ballot))["groups"]}
    key, token = public_key(listed[group]), prepare(message_for(ballot, group))
    blinding = blind(key, token)
    signature = finalize(key, token, sign(ballot, group, blinding.blinded_message), blinding.inverse)
    return Token(ballot, group, token[:32], signature)


def forged(token: Token) -> Token:
    """The same with a signature of nobody."""
    return replace(token, signature=secrets.token_bytes(256))


def send(token: Token, answers: Mapping[str, Any] = ANSWERS, **headers: str) -> HttpResponse:
    """Sends a sheet as the page for answering does."""
    return send_body(token.ballot, token.body(answers), **headers)


def send_body(ballot: str, body: bytes, **headers: str) -> HttpResponse:
    address = f"/ballots/{ballot}/redeem/"
    return Client().post(address, body, content_type="text/plain", headers=headers or None)  # type: ignore[return-value]
