"""Who may do what by role: pure predicates over `Person.roles`, which every feature asks."""

from heard.foundation.people.models import Person, Role


def is_listener(person: Person) -> bool:
    """Whether they answer what is said anonymously."""
    return Role.LISTENER in person.roles


def is_leader(person: Person) -> bool:
    """Whether they ask and promise, for all or for a unit."""
    return Role.LEADER in person.roles


def is_publisher(person: Person) -> bool:
    """Whether they announce, and speak to the outside."""
    return Role.PUBLISHER in person.roles


def is_steward(person: Person) -> bool:
    """Whether they look after the whole network: reports, memberships, claims."""
    return Role.STEWARD in person.roles or is_administrator(person)


def is_administrator(person: Person) -> bool:
    """Whether they run the installation."""
    return Role.ADMINISTRATOR in person.roles


def may_invite(person: Person) -> bool:
    """Stewards and administrators let people in."""
    return is_steward(person)


def may_grant(person: Person) -> bool:
    """Administrators give and take roles."""
    return is_administrator(person)


def may_change(person: Person, other: Person) -> bool:
    """People change their own profile; stewards anybody's."""
    return person.pk == other.pk or is_steward(person)


def may_see_contact(person: Person, other: Person) -> bool:
    """E-mail and telephone are for colleagues, unless hidden; then for their manager and stewards."""
    return not other.is_contact_hidden or may_see_file(person, other)


def may_see_file(person: Person, other: Person) -> bool:
    """Staff number and start date are for the person, their manager and stewards."""
    return person.pk in {other.pk, other.manager_id} or is_steward(person)
