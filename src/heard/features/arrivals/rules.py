"""Who may bring archives in."""

from heard.foundation.people.models import Person
from heard.foundation.people.rules import is_administrator


def may_move_in(person: Person) -> bool:
    """Administrators may: an archive puts words into the mouths of everybody."""
    return is_administrator(person)
