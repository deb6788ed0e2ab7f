"""How people are found: the directory, completions, handles."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from django.db import connection
from django.db.models import Count, Q, QuerySet

from heard.foundation.people.models import Person, Word
from heard.foundation.people.queries.charts import units_below
from heard.plumbing.words import words_of

PAGE = 40


def people_seen_by(viewer: Person) -> QuerySet[Person]:
    """Everybody: colleagues see one another, also those who left, whose words stay."""
    return Person.objects.all()


def person_by_handle(viewer: Person, handle: str) -> Person:
    """Raises Person.DoesNotExist."""
    return people_seen_by(viewer).select_related("unit", "manager").get(handle=handle)


def beginning_with(prefix: str) -> Q:
    """Words that begin with `prefix`, so that both databases walk an index."""
    if connection.vendor == "sqlite":
        return Q(word__gte=prefix, word__lt=prefix + "\U0010ffff")
    return Q(word__startswith=prefix)


def matching(words: str) -> QuerySet[Person]:
    """People all of whose `words` begin a word of their name, title, place, unit, skills or languages."""
    found = Person.objects.all()
    for word in sorted(words_of(words), key=len, reverse=True)[:6]:
        found = found.filter(pk__in=Word.objects.filter(beginning_with(word)).values("person"))
    return found


@dataclass(frozen=True)
class Filters:
    """What the directory is narrowed to; empty means everybody."""

    words: str = ""
    unit: int | None = None
    place: str = ""
    after: str = ""


def directory(viewer: Person, filters: Filters) -> list[Person]:
    """A page of colleagues who work here, by name; `after` is the last name and id of the page before (`name|id`)."""
    found = matching(filters.words) if filters.words.strip() else people_seen_by(viewer)
    found = found.filter(left_at=None)
    if filters.unit:
        found = found.filter(unit__in=units_below(filters.unit))
    if filters.place:
        found = found.filter(place=filters.place)
    name, _, pk = filters.after.rpartition("|")
    if name and pk.isdigit():
        found = found.filter(Q(name__gte=name) & (Q(name__gt=name) | Q(name=name, id__gt=int(pk))))
    return list(found.select_related("unit").order_by("name", "id")[: PAGE + 1])


def places(limit: int = 100) -> list[str]:
    """Where people work, the largest first."""
    rows = Person.objects.filter(left_at=None).exclude(place="").values("place").annotate(n=Count("id"))
    return [row["place"] for row in rows.order_by("-n", "place")[:limit]]


def completions(viewer: Person, typed: str, *, first: Collection[int] = (), limit: int = 8) -> list[Person]:
    """Colleagues whom somebody who typed `@typed` may mean, those in `first` (ids) before others."""
    if not typed.strip():
        return list(Person.objects.filter(pk__in=list(first)[:limit], left_at=None).order_by("name"))
    found = matching(typed).filter(left_at=None).select_related("unit").order_by("name", "id")
    near = list(found.filter(pk__in=first)[:limit]) if first else []
    seen = {person.pk for person in near}
    return [*near, *(person for person in found[: limit * 2] if person.pk not in seen)][:limit]


def by_handles(handles: Iterable[str]) -> Mapping[str, Person]:
    """People by handle, those that there are."""
    return {person.handle: person for person in Person.objects.filter(handle__in=set(handles))}


class Links:
    """Where the people and hashtags that words name are found: what `plumbing.text.render` asks for."""

    def people(self, handles: set[str]) -> Mapping[str, tuple[str, str]]:
        """Addresses and names by handle."""
        return {handle: (f"/people/{handle}/", person.name) for handle, person in by_handles(handles).items()}

    def tag_url(self, tag: str) -> str:
        """Where threads with this tag are listed."""
        return f"/tags/{quote(tag)}/"
