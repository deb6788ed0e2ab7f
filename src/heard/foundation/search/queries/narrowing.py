"""Whom and what the filters mean, as the index takes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from heard.foundation.communities.models import Community
from heard.foundation.communities.queries import search as listed_by_words
from heard.foundation.communities.queries import visible_to
from heard.foundation.people.models import Person
from heard.foundation.people.queries import completions, person_called
from heard.foundation.search.queries.expressions import Expression
from heard.foundation.search.queries.places import places_meant
from heard.foundation.search.queries.walking import Span
from heard.foundation.search.rules import Asked, community_mark, has_mark, kind_mark, person_mark, place_of, tag_mark
from heard.plumbing.ids import HIGHEST_ID, timed_id
from heard.plumbing.tongues import split

MOST_NAMED = 12
MOST_LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What is asked as the index takes it.

    `misses` are sentences about filters that mean nobody and nothing, `notes` about those taken for others.
    """

    expression: Expression
    span: Span
    misses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def narrow(viewer: Person, asked: Asked) -> Narrowed:
    """Looks up whom and which communities the filters mean, as far as the viewer knows of them."""
    misses: list[str] = []
    notes: list[str] = []
    marks: list[frozenset[str]] = []
    left_out: set[str] = set()
    groups = [
        [(person_marks(viewer, one, misses), wanted) for one, wanted in asked.people],
        [(place_marks(viewer, one, misses, notes), wanted) for one, wanted in asked.places],
        [(frozenset({kind_mark(one)}), wanted) for one, wanted in asked.kinds],
    ]
    for group in groups:
        # Of several people, communities or kinds, one is enough.
        either = frozenset[str]().union(*(one for one, wanted in group if wanted))
        marks += [either] if either else []
        left_out |= frozenset[str]().union(*(one for one, wanted in group if not wanted))
    singles = [(has_mark(one), wanted) for one, wanted in asked.has]
    singles += [(tag_mark(one), wanted) for one, wanted in asked.tags]
    marks += [frozenset({mark}) for mark, wanted in singles if wanted]
    left_out |= {mark for mark, wanted in singles if not wanted}
    span = Span(first_id(asked.after) if asked.after else 0, first_id(asked.before) if asked.before else HIGHEST_ID)
    return Narrowed(Expression(asked.terms, tuple(marks), frozenset(left_out)), span, tuple(misses), tuple(notes))


def person_marks(viewer: Person, typed: str, misses: list[str]) -> frozenset[str]:
    """The mark of a colleague, or of all whose names begin so."""
    person = viewer if typed.lower() in {"me", _("me")} else person_called(viewer, typed)
    people = [person] if person else completions(viewer, typed, limit=MOST_NAMED)
    if not people:
        misses.append(_("Nobody here is called “%(name)s”.") % {"name": typed})
    return frozenset(person_mark(one.pk) for one in people)


def place_marks(viewer: Person, typed: str, misses: list[str], notes: list[str]) -> frozenset[str]:
    """The mark of a community, by its address or its name, or of all whose names have words that begin so.

    Where there is none, of those whose names are spelt nearly so.
    """
    seen = visible_to(viewer)
    found: Iterable[Community] = seen.filter(slug=typed.lower())[:1] or seen.filter(name__iexact=typed)[:8]
    if not found:
        found = [one for one in listed_by_words(viewer, typed)[:MOST_LOOKED_AT] if begins(one.name, typed)][:MOST_NAMED]
    if not found and (found := places_meant(viewer, typed)[:MOST_NAMED]):
        names = ", ".join(one.name for one in found)
        notes.append(
            _("There is no community called “%(name)s”: “%(meant)s” was taken for it.")
            % {"name": typed, "meant": names}
        )
    if not found:
        misses.append(_("There is no community called “%(name)s”.") % {"name": typed})
    return frozenset(community_mark(one.pk) for one in found)


def begins(name: str, typed: str) -> bool:
    """Whether every word of `typed` begins one of `name`."""
    there = [word.folded for word in split(name)]
    return all(any(word.startswith(one.folded) for word in there) for one in split(typed))


def first_id(day: date) -> int:
    """The lowest id of a day, as the reader's clock counts it."""
    return place_of(timed_id(datetime.combine(day, time(), timezone.get_current_timezone()), 0))
