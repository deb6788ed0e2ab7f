"""Organisations to ask, and what the browsers of their people do: units with people who have been here for long."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from heard.features.ballots.actions import Question
from heard.features.ballots.queries import published
from heard.features.ballots.rules import message_for, public_key
from heard.features.rolls.actions import freeze, issue
from heard.features.rolls.models import Roll
from heard.features.rolls.queries import Audience, place_of
from heard.foundation.people.actions import add_person, add_unit
from heard.foundation.people.models import Person, Unit
from heard.plumbing import base64url
from heard.plumbing.blind import blind, finalize, prepare
from tests.cast import browser_of
from tests.features.ballots.speaking import Token

LONG_AGO = timedelta(days=60)
DAY = timedelta(days=1)
QUESTIONS = (Question("q1", "agree"),)


def staff(count: int, unit: Unit | None = None, *, name: str = "Colleague", here: timedelta = LONG_AGO) -> list[Person]:
    """So many people who signed in for the first time so long ago."""
    where = unit.pk if unit else 0
    return [
        add_person(
            name=f"{name} {nth}",
            by=None,
            unit=unit,
            email=f"{name}.{nth}.{where}@example.org".lower().replace(" ", "."),
            claimed_at=timezone.now() - here,
        )
        for nth in range(count)
    ]


def a_company(**sizes: int) -> dict[str, list[Person]]:
    """Units right below one another's side, with so many people in each."""
    top = add_unit("Northwind")
    return {name: staff(size, add_unit(name, parent=top), name=name) for name, size in sizes.items()}


def hour_in(days: float) -> datetime:
    """A full hour so many days from now."""
    at = timezone.now() + timedelta(days=days)
    return at.replace(minute=0, second=0, microsecond=0)


def a_roll(*, opens_in: float = 7, lasts: float = 7, audience: Audience | None = None, **fields: Any) -> Roll:
    """A frozen roll of everybody."""
    given: dict[str, Any] = {
        "by": None,
        "what": "pulse",
        "page": {"title": "Autumn", "intro": "", "ask_url": "/asks/{ballot}/", "questions": []},
        "questions": QUESTIONS,
        "opens_at": hour_in(opens_in),
        "closes_at": hour_in(opens_in + lasts),
    }
    return freeze(audience=audience or Audience(), **(given | fields))


class Browser:
    """The browser of a member: it blinds, asks for signatures and keeps tokens."""

    def __init__(self, person: Person, roll: Roll) -> None:
        group = place_of(person, roll)
        assert group is not None
        self.person, self.roll, self.group = person, roll, group.code
        listed = {one["group"]: one["n"] for one in json.loads(published(roll.ballot))["groups"]}
        self.key = public_key(listed[self.group])
        self.tokens = [prepare(message_for(roll.ballot, self.group)) for _nth in range(roll.per_member)]
        self.blindings = [blind(self.key, token) for token in self.tokens]

    @property
    def blinded(self) -> list[bytes]:
        """What it sends."""
        return [one.blinded_message for one in self.blindings]

    def kept(self, signatures: Sequence[bytes]) -> list[Token]:
        """The tokens once they are signed; each is checked."""
        together = zip(self.tokens, signatures, self.blindings, strict=True)
        signed = [(token, finalize(self.key, token, said, blinding.inverse)) for token, said, blinding in together]
        return [Token(self.roll.ballot, self.group, token[:32], signature) for token, signature in signed]

    def asks(self, client: Client | None = None) -> Any:
        """The request, as the page's script makes it."""
        said = json.dumps({"blinded": [base64url.encode(one) for one in self.blinded]})
        client = client or browser_of(self.person)
        return client.post(f"/tokens/{self.roll.ballot}/", said, content_type="application/json")


def take(browser: Browser) -> list[bytes]:
    """The signatures that a browser is given."""
    return issue(by=browser.person, ballot=browser.roll.ballot, blinded=browser.blinded)
