"""Units and the org chart."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from heard.foundation.people.models import Person, Unit


def units_below(unit_id: int) -> QuerySet[Unit]:
    """A unit and everything below it."""
    path = Unit.objects.filter(pk=unit_id).values_list("path", flat=True).first()
    return Unit.objects.filter(path__startswith=path) if path else Unit.objects.none()


def units(parent: Unit | None = None) -> QuerySet[Unit]:
    """The units right below `parent`, or the topmost, each with how many work in it or below it (`people_count`)."""
    inside = Person.objects.filter(left_at=None, unit__path__startswith=OuterRef("path")).order_by()
    counted = inside.annotate(together=Value(1)).values("together").annotate(n=Count("pk")).values("n")
    below = Unit.objects.filter(parent=parent).order_by("name", "id")
    return below.annotate(people_count=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


def all_units(limit: int = 3000) -> list[tuple[int, str]]:
    """Id and name of every unit in the order of the tree, with two dashes before the name for each step down."""
    rows = Unit.objects.values_list("id", "name", "path")[:limit]
    names = {str(pk): name for pk, name, _path in rows}
    in_order = sorted(rows, key=lambda row: [(names.get(step, ""), step) for step in row[2].split("/") if step])
    return [(pk, "– " * (path.count("/") - 2) + name) for pk, name, path in in_order]


def unit_by_id(unit_id: int) -> Unit:
    """Raises Unit.DoesNotExist."""
    return Unit.objects.get(pk=unit_id)


def ancestors(unit: Unit) -> list[Unit]:
    """The units above, from the root down."""
    ids = [int(part) for part in unit.path.split("/") if part and int(part) != unit.pk]
    found = Unit.objects.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


@dataclass(frozen=True)
class Branch:
    """A unit amid the tree: what is above it, from the root down, and what is right below."""

    above: list[Unit]
    unit: Unit | None
    below: list[Unit]


def branch(unit_id: int | None, *, limit: int = 200) -> Branch:
    """The units round one, to go up and down from there; the topmost ones where none is meant."""
    unit = Unit.objects.filter(pk=unit_id).first() if unit_id else None
    return Branch(
        ancestors(unit) if unit else [], unit, list(Unit.objects.filter(parent=unit).order_by("name")[:limit])
    )


@dataclass(frozen=True)
class Chart:
    """The org chart round one person: those above from the top, and those who report to them."""

    above: list[Person]
    person: Person
    reports: list[Person]
    more: int


MANAGERS = """
WITH RECURSIVE up(id, depth) AS (
    SELECT manager_id, 1 FROM people_person WHERE id = %s
    UNION ALL
    SELECT p.manager_id, up.depth + 1 FROM people_person p JOIN up ON p.id = up.id WHERE up.depth < 12
)
SELECT id FROM up WHERE id IS NOT NULL ORDER BY depth
"""


def managers_of(person: Person) -> list[Person]:
    """At most 12 managers, the topmost first; a circle ends where it begins."""
    with connection.cursor() as cursor:
        cursor.execute(MANAGERS, [person.pk])
        ids = [pk for (pk,) in cursor.fetchall()]
    ids = list(dict.fromkeys(pk for pk in ids if pk != person.pk))
    found = Person.objects.in_bulk(ids)
    return [found[pk] for pk in reversed(ids)]


def with_report_counts(people: QuerySet[Person]) -> QuerySet[Person]:
    """Each with how many report to them right now (`report_count`)."""
    below = Person.objects.filter(manager=OuterRef("pk"), left_at=None).order_by().values("manager")
    counted = below.annotate(n=Count("pk")).values("n")
    return people.annotate(report_count=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


def chart_around(viewer: Person, person: Person, *, limit: int = 60) -> Chart:
    """At most 12 managers above and `limit` reports below; `more` says how many reports are not shown."""
    reports = Person.objects.filter(manager=person, left_at=None).order_by("name", "id")
    shown = list(with_report_counts(reports)[:limit])
    more = reports.count() - limit if len(shown) == limit else 0
    return Chart(managers_of(person), person, shown, more)


def tops(viewer: Person, *, limit: int = 60) -> list[Person]:
    """People without a manager who have reports: where the org chart begins."""
    reporting = Person.objects.filter(manager=OuterRef("pk"), left_at=None)
    top = Person.objects.filter(Exists(reporting), manager=None, left_at=None).order_by("name", "id")
    return list(with_report_counts(top)[:limit])


def people_in(viewer: Person, unit: Unit) -> QuerySet[Person]:
    """Who works right in this unit, by name."""
    return Person.objects.filter(unit=unit, left_at=None).order_by("name", "id")
