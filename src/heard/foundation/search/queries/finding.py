"""From what somebody asks to a page of what is found."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from heard.foundation.communities.models import Community
from heard.foundation.communities.queries import search as listed_by_words
from heard.foundation.communities.queries import visible_to
from heard.foundation.people.models import Person
from heard.foundation.people.queries import completions, person_called
from heard.foundation.search.queries.expressions import Expression
from heard.foundation.search.queries.hits import Hit, hits, said
from heard.foundation.search.queries.ranking import by_sight, by_words
from heard.foundation.search.queries.walking import Span, titled, walk
from heard.foundation.search.rules import Asked, community_mark, has_mark, kind_mark, person_mark, place_of, tag_mark
from heard.plumbing.ids import HIGHEST_ID, timed_id
from heard.plumbing.tongues import split

PAGE = 10
MOST_RANKED = 5_000
READ_THROUGH = 120
MOST_NAMED = 12
MOST_LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What is asked as the index takes it; `misses` are sentences about filters that mean nobody and nothing."""

    expression: Expression
    span: Span
    misses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """A page. `older` is where the next begins; `is_cut` says that only the newest 5,000 were ranked,
    `is_chosen` that of what was ranked the best 120 are shown and no more.
    """

    hits: list[Hit] = field(default_factory=list)
    older: int | None = None
    misses: tuple[str, ...] = ()
    is_cut: bool = False
    is_chosen: bool = False


def find(viewer: Person, asked: Asked, *, best: bool = False, after: int | None = None) -> Results:
    """A page of what `viewer` may read, newest first, or the best first among the newest 5,000.

    `after` begins a further page: the id of the last of the page before, or for the best how many came before it.
    """
    narrowed = narrow(viewer, asked)
    if narrowed.misses or asked.is_nothing:
        return Results(misses=narrowed.misses)
    if best:
        return find_best(viewer, asked, narrowed, skip=after or 0)
    span = narrowed.span
    if after is not None:
        span = replace(span, before=min(span.before, after))
    found = walk(viewer, narrowed.expression, span, limit=PAGE + 1)
    shown = found[:PAGE]
    return Results(hits(said(shown), asked.wanted), shown[-1].id if len(found) > PAGE else None)


def find_best(viewer: Person, asked: Asked, narrowed: Narrowed, *, skip: int) -> Results:
    """A page of the best."""
    found = walk(viewer, narrowed.expression, narrowed.span, limit=MOST_RANKED)
    with_words = bool(asked.wanted)
    span = Span(found[-1].id, found[0].id) if found else narrowed.span
    in_titles = titled(narrowed.expression, span) if found and with_words else set()
    likely = by_sight(found, in_titles)
    told = by_words(said(likely[:READ_THROUGH]), asked.wanted, in_titles) if with_words else said(likely[:READ_THROUGH])
    page = told[skip : skip + PAGE]
    is_more = len(told) > skip + PAGE
    return Results(
        hits(page, asked.wanted),
        skip + PAGE if is_more else None,
        is_cut=len(found) == MOST_RANKED,
        is_chosen=len(found) > READ_THROUGH,
    )


def narrow(viewer: Person, asked: Asked) -> Narrowed:
    """Looks up whom and which communities the filters mean, as far as the viewer knows of them."""
    misses: list[str] = []
    marks: list[frozenset[str]] = []
    left_out: set[str] = set()
    groups = [
        [(person_marks(viewer, one, misses), wanted) for one, wanted in asked.people],
        [(place_marks(viewer, one, misses), wanted) for one, wanted in asked.places],
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
    return Narrowed(Expression(asked.terms, tuple(marks), frozenset(left_out)), span, tuple(misses))


def person_marks(viewer: Person, typed: str, misses: list[str]) -> frozenset[str]:
    """The mark of a colleague, or of all whose names begin so."""
    person = viewer if typed.lower() in {"me", _("me")} else person_called(viewer, typed)
    people = [person] if person else completions(viewer, typed, limit=MOST_NAMED)
    if not people:
        misses.append(_("Nobody here is called “%(name)s”.") % {"name": typed})
    return frozenset(person_mark(one.pk) for one in people)


def place_marks(viewer: Person, typed: str, misses: list[str]) -> frozenset[str]:
    """The mark of a community, by its address or its name, or of all whose names have words that begin so."""
    seen = visible_to(viewer)
    found: Iterable[Community] = seen.filter(slug=typed.lower())[:1] or seen.filter(name__iexact=typed)[:8]
    if not found:
        found = [one for one in listed_by_words(viewer, typed)[:MOST_LOOKED_AT] if begins(one.name, typed)][:MOST_NAMED]
    marks = frozenset(community_mark(one.pk) for one in found)
    if not marks:
        misses.append(_("There is no community called “%(name)s”.") % {"name": typed})
    return marks


def begins(name: str, typed: str) -> bool:
    """Whether every word of `typed` begins one of `name`."""
    there = [word.folded for word in split(name)]
    return all(any(word.startswith(one.folded) for word in there) for one in split(typed))


def first_id(day: date) -> int:
    """The lowest id of a day, as the reader's clock counts it."""
    return place_of(timed_id(datetime.combine(day, time(), timezone.get_current_timezone()), 0))
