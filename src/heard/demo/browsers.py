"""What the browsers of the demo company's people do: each takes its token, and some use theirs."""

import json
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from heard.features.ballots.actions import redeem
from heard.features.ballots.queries import ballot_by_code, published
from heard.features.ballots.rules import message_for, padded, public_key
from heard.features.rolls.actions import issue
from heard.features.rolls.queries import place_of, roll_of
from heard.foundation.people.models import Person
from heard.plumbing import base64url
from heard.plumbing.blind import PublicKey, blind, finalize, prepare

if TYPE_CHECKING:
    from heard.features.rolls.models import Group, Roll


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it waits in a browser; `group` is the code, `unit` what the group is called."""

    ballot: str
    group: str
    unit: str
    prefix: bytes
    signature: bytes

    @property
    def travelling(self) -> dict[str, str]:
        """What of it is sent."""
        return {"prefix": base64url.encode(self.prefix), "signature": base64url.encode(self.signature)}


def tokens_of(ballot: str, people: Iterable[Person]) -> list[Token]:
    """Every token of these people, those of each beside one another, in the order of the people."""
    keys = {one["group"]: public_key(one["n"]) for one in json.loads(published(ballot))["groups"]}
    roll = roll_of(ballot)
    return [token for person in people for token in _taken(person, roll, place_of(person, roll), keys)]


def _taken(person: Person, roll: "Roll", place: "Group | None", keys: Mapping[str, PublicKey]) -> list[Token]:
    if place is None:
        return []
    ballot, key = roll.ballot, keys[place.code]
    prepared = [prepare(message_for(ballot, place.code)) for _nth in range(roll.per_member)]
    blindings = [blind(key, token) for token in prepared]
    signed = issue(by=person, ballot=ballot, blinded=[one.blinded_message for one in blindings])
    return [
        Token(ballot, place.code, place.name, token[:32], finalize(key, token, said, blinding.inverse))
        for token, said, blinding in zip(prepared, signed, blindings, strict=True)
    ]


def hand_in(token: Token, answers: Mapping[str, Any]) -> None:
    """Sends answers with a token, as the page does."""
    sheet = {**token.travelling, "group": token.group, "answers": dict(answers)}
    redeem(token.ballot, padded(sheet, ballot_by_code(token.ballot).size))


def some_of(tokens: Iterable[Token], share: float, chance: random.Random) -> list[Token]:
    """Whoever answers, in an order drawn by lot."""
    found = [token for token in tokens if chance.random() < share]
    chance.shuffle(found)
    return found
