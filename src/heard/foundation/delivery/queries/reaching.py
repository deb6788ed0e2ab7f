"""Whom letters reach, and by whose clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone, translation

from heard.foundation.notices.models import Preferences
from heard.foundation.people.models import Person
from heard.foundation.people.queries import mail_reaches


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who is told something: where, in which language, by which clock. No `email` where mail does no good."""

    person: Person
    email: str
    zone: ZoneInfo

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """Words in their language, times by their clock."""
        chosen = self.person.language if self.person.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(chosen), timezone.override(self.zone):
            yield


def zone_of(person: Person) -> ZoneInfo:
    """The time zone of a person, or of this server where they chose none that there is."""
    try:
        return ZoneInfo(person.time_zone or settings.TIME_ZONE)
    except (KeyError, ValueError, OSError):
        return ZoneInfo(settings.TIME_ZONE)


def reader(person_id: int) -> Reader | None:
    """Somebody by their id; nothing where they left."""
    person = Person.objects.filter(pk=person_id, left_at=None).first()
    if person is None:
        return None
    return Reader(person, (person.email or "") if mail_reaches(person) else "", zone_of(person))


def without_preferences(limit: int) -> dict[int, ZoneInfo]:
    """People with an account and an address of whom it was never settled when their digest is due, and their clocks."""
    settled = Preferences.objects.filter(pk=OuterRef("pk"))
    people = Person.objects.filter(~Exists(settled), claimed_at__isnull=False, left_at=None, email__isnull=False)
    return {person.pk: zone_of(person) for person in people.only("pk", "time_zone").order_by("pk")[:limit]}
