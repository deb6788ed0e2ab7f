"""Who may bring archives in, and say who the people in them are."""

from heard.foundation.people.models import Person
from heard.foundation.people.rules import is_administrator, is_steward


def may_move_in(person: Person) -> bool:
    """Administrators may: an archive puts words into the mouths of everybody."""
    return is_administrator(person)


def may_say_who(person: Person) -> bool:
    """Stewards say who somebody from an archive is, and administrators do."""
    return is_steward(person) or is_administrator(person)
