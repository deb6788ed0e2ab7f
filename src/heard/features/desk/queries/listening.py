"""Who listens, with which key, and to whom."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from heard.features.desk.models import Held, Listener
from heard.features.voice.queries import Thread, audiences, delivered, heard_with
from heard.features.voice.rules import FEWEST_LISTENERS
from heard.foundation.people.models import Person, Role


def listeners() -> QuerySet[Listener]:
    """Everybody who is named, by name."""
    return Listener.objects.select_related("person", "unit", "named_by").order_by("person__name", "person_id", "id")


def keys_of(person: Person) -> list[str]:
    """The codes of the keys of a listener, the one in use first."""
    return list(Held.objects.filter(person=person).order_by("-place").values_list("key", flat=True))


def current_keys() -> dict[int, str]:
    """The key in use of each listener who is here and has the role, by person."""
    found: dict[int, str] = {}
    for held in Held.objects.select_related("person").order_by("place"):
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


def may_make_key(person: Person, week: date) -> bool:
    """Whether a listener has made none in the week of this Monday."""
    return not Held.objects.filter(person=person, week__gte=week).exists()


def hears(person: Person) -> QuerySet[Thread]:
    """What a listener hears with the key in use: of the groups that are theirs now, and what was sealed for it before.

    So a conversation stays where it is, on the desk of whoever has read it, when others are named for its group; and
    leaves it only where they are named for nothing any more.
    """
    key = current_keys().get(person.pk)
    if key is None or not Listener.objects.filter(person=person).exists():
        return delivered().none()
    return heard_with(key, [one.group for one in audiences() if key in one.listeners])


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
