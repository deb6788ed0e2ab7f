"""How people are found: the directory, completions, handles."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.db import connection
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from heard.foundation.people.models import Person, Word
from heard.foundation.people.queries.charts import units_below
from heard.plumbing.words import words_of

PAGE = 40
COMMON = 3000


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


def is_common(found: QuerySet[Any]) -> bool:
    """Whether so much is found that looking through everybody in the order of names comes sooner to a page."""
    return found.order_by()[:COMMON].count() == COMMON


def matching(words: str) -> QuerySet[Person]:
    """People all of whose `words` begin a word of their name, title, place, unit, skills or languages."""
    found = Person.objects.all()
    for word in sorted(words_of(words), key=len, reverse=True)[:6]:
        begun = Word.objects.filter(beginning_with(word))
        if is_common(begun):
            found = found.filter(Exists(begun.filter(person=OuterRef("pk"))))
        else:
            found = found.filter(pk__in=begun.values("person"))
    return found


def working_in(found: QuerySet[Person], unit_id: int) -> QuerySet[Person]:
    """Those of `found` who work in a unit or below it."""
    # As numbers, so that a database can tell a small unit from a large one before it chooses its way.
    below = list(units_below(unit_id).values_list("pk", flat=True))
    if is_common(Person.objects.filter(unit__in=below)):
        # As a sum, the number is not looked up in the index of units, and people are walked through by name.
        return found.annotate(unit_number=F("unit_id") + 0).filter(unit_number__in=below)
    return found.filter(unit__in=below)


@dataclass(frozen=True)
class Filters:
    """What the directory is narrowed to; empty means everybody."""

    words: str = ""
    unit: int | None = None
    place: str = ""


def directory(viewer: Person, filters: Filters) -> QuerySet[Person]:
    """Colleagues who work here, by name; a unit means also those in units below it."""
    found = matching(filters.words) if filters.words.strip() else people_seen_by(viewer)
    found = found.filter(left_at=None)
    if filters.unit:
        found = working_in(found, filters.unit)
    if filters.place:
        found = found.filter(place=filters.place)
    return found.select_related("unit").order_by("name", "id")


@dataclass(frozen=True)
class Page:
    """Some of the people of a long list, and where the next page begins (empty where there is none)."""

    people: list[Person]
    after: str


def page_by_name(found: QuerySet[Person], after: str = "", *, limit: int = PAGE) -> Page:
    """A page of a list in the order of names; `after` is what the page before gave, and nonsense begins at the top."""
    name, _, pk = after.rpartition("|")
    if name and pk.isascii() and pk.isdigit() and len(pk) < 19:
        found = found.filter(Q(name__gte=name) & (Q(name__gt=name) | Q(name=name, id__gt=int(pk))))
    people = list(found.order_by("name", "id")[: limit + 1])
    last = people[limit - 1] if len(people) > limit else None
    return Page(people[:limit], f"{last.name}|{last.pk}" if last else "")


def places(limit: int = 200) -> list[str]:
    """Where people work, by name; walks from place to place in an index, however many people there are."""
    smallest = "SELECT MIN(place) FROM people_person WHERE left_at IS NULL AND place > "
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE walk(place) AS ({smallest} '' UNION ALL "  # noqa: S608
            f"SELECT ({smallest} walk.place) FROM walk WHERE walk.place IS NOT NULL) "
            "SELECT place FROM walk WHERE place IS NOT NULL LIMIT %s",
            [limit],
        )
        return [place for (place,) in cursor.fetchall()]


def person_called(viewer: Person, typed: str) -> Person | None:
    """Who is meant by a handle, else an address, else a staff number, else a name that only one colleague has."""
    typed = typed.strip().removeprefix("@")
    if not typed:
        return None
    seen = people_seen_by(viewer)
    exact = Q(handle=typed.lower()) | Q(email=typed.lower()) | Q(staff_number=typed)
    nearest = Case(When(handle=typed.lower(), then=0), When(email=typed.lower(), then=1), default=2)
    if found := seen.filter(exact).order_by(nearest).first():
        return found
    named = list(seen.filter(name=typed)[:2])
    return named[0] if len(named) == 1 else None


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
