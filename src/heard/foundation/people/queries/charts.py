"""Units and the org chart."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from heard.foundation.people.models import Person, Unit


def units_below(unit_id: int) -> QuerySet[Unit]:
    """A unit and everything below it."""
    path = Unit.objects.filter(pk=unit_id).values_list("path", flat=True).first()
    return Unit.objects.filter(path__startswith=path) if path else Unit.objects.none()


def units(parent: Unit | None = None) -> QuerySet[Unit]:
    """The units right below `parent`, or the topmost, each with how many people work right in it (`people_count`)."""
    below = Unit.objects.filter(parent=parent).order_by("name", "id")
    return below.annotate(people_count=Count("people", filter=Q(people__left_at=None)))


def all_units() -> QuerySet[Unit]:
    """Every unit in tree order, for choosing one."""
    return Unit.objects.order_by("path")


def unit_by_id(unit_id: int) -> Unit:
    """Raises Unit.DoesNotExist."""
    return Unit.objects.get(pk=unit_id)


def ancestors(unit: Unit) -> list[Unit]:
    """The units above, from the root down."""
    ids = [int(part) for part in unit.path.split("/") if part and int(part) != unit.pk]
    found = Unit.objects.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


@dataclass(frozen=True)
class Chart:
    """The org chart round one person: those above from the top, and those who report to them."""

    above: list[Person]
    person: Person
    reports: list[Person]
    more: int


def chart_around(viewer: Person, person: Person, *, limit: int = 60) -> Chart:
    """At most 12 managers above and `limit` reports below; `more` says how many reports are not shown."""
    above: list[Person] = []
    boss = person.manager
    while boss is not None and len(above) < 12 and boss not in above and boss != person:
        above.append(boss)
        boss = boss.manager
    reports = Person.objects.filter(manager=person, left_at=None).order_by("name", "id")
    shown = list(reports.annotate(report_count=Count("reports", filter=Q(reports__left_at=None)))[:limit])
    more = reports.count() - len(shown) if len(shown) == limit else 0
    return Chart(above[::-1], person, shown, more)


def tops(viewer: Person, *, limit: int = 60) -> list[Person]:
    """People without a manager who have reports: where the org chart begins."""
    reporting = Person.objects.filter(manager=None, left_at=None, reports__isnull=False).distinct()
    return list(reporting.annotate(report_count=Count("reports")).order_by("name", "id")[:limit])


def unit_people(viewer: Person, unit: Unit, *, limit: int = 60) -> list[Person]:
    """Who works right in this unit, by name."""
    return list(Person.objects.filter(unit=unit, left_at=None).order_by("name", "id")[:limit])
