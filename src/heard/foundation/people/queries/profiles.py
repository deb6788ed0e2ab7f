"""What a viewer may see of a person, and who follows whom."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from heard.foundation.people import rules
from heard.foundation.people.models import Follow, Grant, Person


@dataclass(frozen=True)
class Profile:
    """What `viewer` may see of a person; what they may not is empty."""

    person: Person
    email: str
    telephone: str
    staff_number: str
    started_on: date | None
    is_followed: bool
    follower_count: int
    may_change: bool


def profile(viewer: Person, person: Person) -> Profile:
    """The page about a person, as this viewer may see it."""
    contact, file = rules.may_see_contact(viewer, person), rules.may_see_file(viewer, person)
    return Profile(
        person=person,
        email=(person.email or "") if contact else "",
        telephone=person.telephone if contact else "",
        staff_number=(person.staff_number or "") if file else "",
        started_on=person.started_on if file else None,
        is_followed=Follow.objects.filter(follower=viewer, followed=person).exists(),
        follower_count=Follow.objects.filter(followed=person).count(),
        may_change=rules.may_change(viewer, person),
    )


def followers_of(person: Person) -> QuerySet[Person]:
    """Who follows them."""
    return Person.objects.filter(following__followed=person).order_by("name", "id")


def followed_by(person: Person) -> QuerySet[Person]:
    """Whom they follow."""
    return Person.objects.filter(followers__follower=person).order_by("name", "id")


def grants(viewer: Person) -> QuerySet[Grant]:
    """Who has which role; nothing for those who may not give any."""
    if not rules.may_grant(viewer):
        return Grant.objects.none()
    return Grant.objects.select_related("person", "unit", "granted_by").order_by("role", "person__name", "id")


def stewards() -> list[int]:
    """The ids of everybody to whom reports go: stewards, or administrators where there are none."""
    ids = Grant.objects.filter(role="steward", person__left_at=None).values_list("person_id", flat=True)
    return list(ids) or list(
        Grant.objects.filter(role="administrator", person__left_at=None).values_list("person_id", flat=True)
    )
