"""A company with two listeners, their keys and a month in which everybody may speak."""

import json
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from heard.features.desk import actions
from heard.features.desk.models import Month
from heard.features.desk.queries import keys_of
from heard.features.rolls.queries import roll_of
from heard.foundation.people.actions import grant_role
from heard.foundation.people.models import Person, Role, Unit
from heard.plumbing.base64url import encode
from heard.plumbing.sealing import new_key, public_bytes
from tests.cast import a_person
from tests.features.rolls.companies import Browser, a_company
from tests.features.voice.conversing import Audience, Listener, Writer

NOW = timedelta()
WRAPPED = json.dumps({"rounds": 600_000, "salt": encode(bytes(32)), "iv": encode(bytes(12)), "box": encode(bytes(48))})


@dataclass(slots=True)
class Desk:
    """Who is at it, and who may speak to it."""

    administrator: Person
    first: Person
    second: Person
    company: dict[str, list[Person]]
    month: Month
    keys: dict[int, Listener]

    def audience(self, person: Person) -> Audience:
        """What the browser of `person` knows: its group, and who hears it."""
        browser = Browser(person, roll_of(self.month.ballot))
        return Audience(self.month.ballot, browser.group, list(self.keys.values()))

    def writer(self, person: Person, text: str, **given: object) -> Writer:
        """`person` speaks, with a token of the group they are in; the clock has handed it over."""
        from heard.features.voice.actions import settle

        writer = Writer(self.audience(person))
        assert writer.begins(text, **given).status_code == 204
        settle()
        return writer


def a_listening(name: str, *, by: Person, unit: Unit | None = None) -> tuple[Person, Listener]:
    """Somebody with the role, named and with a key."""
    person = a_person(name, roles=(Role.LISTENER,))
    key = new_key()
    actions.name_listener(person, unit=unit, by=by)
    actions.keep_key(by=person, public=encode(public_bytes(key)), wrapped=WRAPPED)
    return person, Listener(keys_of(person)[0], key)


def a_month() -> Month:
    """A month that is open."""
    opens_at = timezone.now().replace(minute=0, second=0, microsecond=0)
    month = actions.begin_month(hours=(opens_at, opens_at + timedelta(days=30)))
    assert month is not None
    return month


def a_desk() -> Desk:
    """Two listeners for everybody; two units of ten."""
    administrator = a_person("Ada Admin", roles=(Role.ADMINISTRATOR,))
    company = a_company(Operations=10, Sales=8)
    (first, one), (second, other) = (a_listening(name, by=administrator) for name in ("Ines Ear", "Lars Ear"))
    return Desk(administrator, first, second, company, a_month(), {first.pk: one, second.pk: other})


def grant_listening(person: Person) -> None:
    """The role, and nothing else."""
    grant_role(person, Role.LISTENER, by=None)
