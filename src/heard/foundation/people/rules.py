"""Who may do what by role: pure predicates over `Person.roles`, which every feature asks."""

from heard.foundation.people.models import Person, Role

RESERVED_HANDLES = frozenset({"chart", "choices", "invitations", "missed", "new", "roles"})
"""Words that stand in addresses where handles stand."""

FIELDS_OF_ONES_OWN = frozenset(
    {
        *("name", "title", "place", "about", "skills", "languages", "telephone"),
        *("language", "time_zone", "is_contact_hidden"),
    }
)
"""What people say of themselves; the rest of a profile is what the organisation says of them."""

FIELDS_OF_ENTRY = frozenset({"email", "staff_number"})
"""What somebody signs in with: whoever may change it could become them."""


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


def may_change_entry(person: Person, other: Person) -> bool:
    """Stewards change what others sign in with; for an administrator it takes another administrator."""
    return is_administrator(person) or (is_steward(person) and not is_administrator(other))


def may_change_field(person: Person, other: Person, field: str) -> bool:
    """Whether `person` may set this field of the profile of `other`."""
    if field in FIELDS_OF_ENTRY:
        return may_change_entry(person, other)
    return may_change(person, other) if field in FIELDS_OF_ONES_OWN else is_steward(person)


def may_end_access(person: Person, other: Person) -> bool:
    """Stewards note who left and who came back; for an administrator it takes an administrator."""
    return may_change_entry(person, other)


def may_see_contact(person: Person, other: Person) -> bool:
    """E-mail and telephone are for colleagues, unless hidden; then for their manager and stewards."""
    return not other.is_contact_hidden or may_see_file(person, other)


def may_see_file(person: Person, other: Person) -> bool:
    """Staff number and start date are for the person, their manager and stewards."""
    return person.pk in {other.pk, other.manager_id} or is_steward(person)
