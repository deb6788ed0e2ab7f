"""Who listens, with which key, and to whom."""

from dataclasses import dataclass

from django.db.models import QuerySet

from heard.features.desk.models import Held, Listener
from heard.features.voice.queries import audiences
from heard.features.voice.rules import FEWEST_LISTENERS
from heard.foundation.people.models import Person, Role


def listeners() -> QuerySet[Listener]:
    """Everybody who is named, by name."""
    return Listener.objects.select_related("person", "unit", "named_by").order_by("person__name", "person_id", "id")


def keys_of(person: Person) -> list[str]:
    """The codes of the keys of a listener, the one in use first."""
    return list(Held.objects.filter(person=person).order_by("-made_at").values_list("key", flat=True))


def current_keys() -> dict[int, str]:
    """The key in use of each listener who is here and has the role, by person."""
    found: dict[int, str] = {}
    for held in Held.objects.select_related("person").order_by("made_at"):
        if held.person.left_at is None and Role.LISTENER in held.person.roles:
            found[held.person_id] = held.key
    return found


def named_keys() -> dict[int | None, list[str]]:
    """The keys in use by the unit that their holders are named for, None for everybody."""
    keys, found = current_keys(), dict[int | None, list[str]]()
    for person, unit in Listener.objects.values_list("person_id", "unit_id"):
        if person in keys:
            found.setdefault(unit, []).append(keys[person])
    return found


def hears(person: Person) -> list[str]:
    """The codes of the groups that a listener hears, with the key in use."""
    key = current_keys().get(person.pk)
    return [one.group for one in audiences() if key in one.listeners] if key else []


def is_heard() -> bool:
    """Whether at least two listen to everybody."""
    return len(named_keys().get(None, ())) >= FEWEST_LISTENERS


@dataclass(frozen=True, slots=True)
class Hearing:
    """A listener as everybody may see them: for whom, and whether something can be written to them already."""

    listener: Listener
    has_key: bool


def holder_names() -> list[Hearing]:
    """Everybody who is named, as all members may see it."""
    keys = current_keys()
    return [Hearing(one, one.person_id in keys) for one in listeners() if one.person.left_at is None]
