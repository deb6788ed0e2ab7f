"""Communities as tests need them, made by the actions that make real ones."""

from typing import Any

from heard.foundation.communities.actions import add_member, make_tender, start_community
from heard.foundation.communities.models import Access, Community
from heard.foundation.people.models import Person
from tests.cast import a_person


def a_community(name: str, tender: Person, *members: Person, access: str = Access.OPEN, **fields: Any) -> Community:
    """A community that `tender` looks after, with these members."""
    community = start_community(name=name, by=tender, access=access, **fields)
    for person in members:
        add_member(community, person, by=tender)
    return community


def some_people(count: int) -> list[Person]:
    """So many people with names of their own."""
    return [a_person(f"Person {chr(ord('A') + nth // 26)}{chr(ord('a') + nth % 26)}") for nth in range(count)]


def also_tended(community: Community, person: Person, *, by: Person) -> None:
    """Makes a member a second tender."""
    make_tender(community, person, by=by)
