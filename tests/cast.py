"""The cast of the tests: people made by the actions that make real ones, and browsers in which they are signed in."""

from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.utils import timezone

from heard.foundation.communities.actions import add_member, join, start_community
from heard.foundation.communities.models import Access, Community
from heard.foundation.people.actions import add_person, end_access, grant_role
from heard.foundation.people.models import Person, Role

PASSWORD = "a rather long password"


@dataclass(frozen=True, slots=True)
class Cast:
    """One of each kind, in an open community (`community`) and a private one (`council`).

    The tender tends both, the member is in both, the newcomer in none. The outsider is in none either: they stand
    where something could leak. Who left was in both.
    """

    member: Person
    tender: Person
    steward: Person
    newcomer: Person
    outsider: Person
    left: Person
    administrator: Person
    community: Community
    council: Community


def a_person(name: str, *, roles: tuple[Role, ...] = (), **fields: Any) -> Person:
    """Somebody who can sign in with `first.last@example.org` and PASSWORD, unless `fields` say otherwise."""
    fields = {
        "email": f"{name.lower().replace(' ', '.')}@example.org",
        "password": PASSWORD,
        "claimed_at": timezone.now(),
        **fields,
    }
    person = add_person(name=name, by=None, **fields)
    for role in roles:
        grant_role(person, role, by=None)
    return person


def an_unclaimed(name: str, **fields: Any) -> Person:
    """Somebody from an import who never signed in."""
    return a_person(name, **{"email": None, "password": None, "claimed_at": None, **fields})


def a_cast() -> Cast:
    """Everybody. Whoever left did so after they had joined."""
    administrator = a_person("Ada Admin", roles=(Role.ADMINISTRATOR,))
    member, tender = a_person("Mina Member"), a_person("Tom Tender")
    steward = a_person("Stella Steward", roles=(Role.STEWARD,))
    newcomer, outsider = a_person("Nina Newcomer"), a_person("Otto Outsider")
    left = a_person("Leo Left")
    community = start_community(name="Canteen", by=tender)
    council = start_community(name="Works council", by=tender, access=Access.PRIVATE)
    for person in (member, left):
        join(community, by=person)
        add_member(council, person, by=tender)
    end_access(left, by=steward)
    return Cast(member, tender, steward, newcomer, outsider, left, administrator, community, council)


def browser_of(person: Person | None = None, **headers: str) -> Client:
    """A browser with pages of our own, in which `person` is signed in; nobody in particular for None."""
    client = Client(headers={"sec-fetch-site": "same-origin", **headers})
    if person is not None:
        client.force_login(person)
    return client
