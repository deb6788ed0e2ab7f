"""People who came with archives and never signed in, side by side with the colleagues they may be."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from heard.features.arrivals import rules
from heard.features.arrivals.errors import MayNotSayWho
from heard.features.arrivals.formats import FORMATS
from heard.features.arrivals.models import Arrived, Joining, Sort
from heard.foundation.conversation.models import Reply, Thread
from heard.foundation.people.models import Person
from heard.foundation.people.queries import matching, page_by_name
from heard.plumbing.words import words_of

_PAGE = 20
_MOST_JOINED = 100


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody from an archive, where they came from, how much they said, and colleagues of a similar name.

    A similar name is shown and never acted on: who somebody is, a steward says.
    """

    person: Person
    places: list[str]
    said: int
    similar: list[Person]


@dataclass(frozen=True, slots=True)
class Newcomers:
    """A page of them by name; `after` is where the next begins, or nothing."""

    shown: list[Newcomer]
    after: str


def newcomers(viewer: Person, *, words: str = "", after: str = "") -> Newcomers:
    """Those who were not said to be anybody yet; raises MayNotSayWho for all but stewards."""
    if not rules.may_say_who(viewer):
        raise MayNotSayWho
    found = (matching(words) if words.strip() else Person.objects.all()) & _unclaimed()
    page = page_by_name(found, after, limit=_PAGE)
    places: dict[int, list[str]] = {}
    ids = [person.pk for person in page.people]
    for row in Arrived.objects.filter(sort=Sort.PERSON, target__in=ids).select_related("place"):
        places.setdefault(row.target, []).append(row.place.format)
    said = _said(ids)
    shown = [Newcomer(one, places.get(one.pk, []), said[one.pk], _similar(one)) for one in page.people]
    return Newcomers(shown, page.after)


def newcomer_called(viewer: Person, handle: str) -> Person:
    """One of them; raises Person.DoesNotExist, or MayNotSayWho."""
    if not rules.may_say_who(viewer):
        raise MayNotSayWho
    return _unclaimed().get(handle=handle)


def joinings(viewer: Person) -> QuerySet[Joining]:
    """What was said of newcomers, the latest first; raises MayNotSayWho."""
    if not rules.may_say_who(viewer):
        raise MayNotSayWho
    return Joining.objects.select_related("newcomer", "account", "by").order_by("-pk")


def latest_joinings(viewer: Person) -> list[Joining]:
    """As many of them as a page shows."""
    return list(joinings(viewer)[:_MOST_JOINED])


def accounts_of(newcomers: Iterable[int]) -> dict[int, Person]:
    """Who newcomers (ids) were said to be."""
    rows = Joining.objects.filter(newcomer__in=list(newcomers)).select_related("account")
    return {row.newcomer_id: row.account for row in rows}


def _unclaimed() -> QuerySet[Person]:
    talk = [kind.name for kind in FORMATS if not kind.is_about_people]
    came = Arrived.objects.filter(sort=Sort.PERSON, place__format__in=talk).values("target")
    joined = Joining.objects.values("newcomer")
    return Person.objects.filter(claimed_at=None, pk__in=came).exclude(pk__in=joined)


def _said(people: list[int]) -> Counter[int]:
    said: Counter[int] = Counter()
    for rows in (Thread.objects.filter(author__in=people), Reply.objects.filter(author__in=people)):
        said.update(dict(rows.values_list("author").annotate(n=Count("id"))))
    return said


def _similar(person: Person) -> list[Person]:
    if not words_of(person.name):
        return []
    here = matching(person.name).filter(left_at=None, claimed_at__isnull=False).exclude(pk=person.pk)
    return list(here.select_related("unit").order_by("name", "id")[:3])
