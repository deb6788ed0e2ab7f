"""Whom mail reaches, as far as is known."""

from collections.abc import Iterable

from django.db.models import QuerySet

from heard.foundation.people.models import Bounce, Person
from heard.foundation.people.rules import is_steward


def mail_reaches(person: Person) -> bool:
    """Whether a letter may be written to a person: they have an address, and none came back from it."""
    return bool(person.email and person.left_at is None) and bounce_of(person) is None


def bouncing_among(addresses: Iterable[str]) -> set[str]:
    """Which of these addresses are written to no more, in one query."""
    return set(Bounce.objects.filter(address__in=[one.lower() for one in addresses]).values_list("address", flat=True))


def bounce_of(person: Person) -> Bounce | None:
    """What came back from a person's address, or nothing."""
    return Bounce.objects.filter(address=person.email.lower()).first() if person.email else None


def people_mail_misses(viewer: Person) -> QuerySet[Person]:
    """Whom no mail reaches, for stewards; the address of each is `email`."""
    if not is_steward(viewer):
        return Person.objects.none()
    return Person.objects.filter(left_at=None, email__in=Bounce.objects.values("address")).order_by("name", "id")
