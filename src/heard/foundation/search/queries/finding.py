"""From what somebody asks to a page of what is found."""

from dataclasses import dataclass, field, replace

from heard.foundation.people.models import Person
from heard.foundation.search.queries.hits import Hit, hits
from heard.foundation.search.queries.narrowing import Narrowed, narrow
from heard.foundation.search.queries.ranking import by_sight, by_words
from heard.foundation.search.queries.texts import said
from heard.foundation.search.queries.walking import titled, walk
from heard.foundation.search.rules import Asked

PAGE = 10
MOST_RANKED = 5_000
READ_THROUGH = 60


@dataclass(frozen=True, slots=True)
class Results:
    """A page. `older` is where the next begins; `misses` and `notes` are those of `Narrowed`.

    `is_cut` says that only the newest 5,000 were ranked, `is_chosen` that of what was ranked the best 60 are shown.
    """

    hits: list[Hit] = field(default_factory=list)
    older: int | None = None
    misses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
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
    older = shown[-1].id if len(found) > PAGE else None
    return Results(hits(said(shown), asked.wanted), older, notes=narrowed.notes)


def find_best(viewer: Person, asked: Asked, narrowed: Narrowed, *, skip: int) -> Results:
    """A page of the best."""
    found = walk(viewer, narrowed.expression, narrowed.span, limit=MOST_RANKED)
    with_words = bool(asked.wanted)
    in_titles = titled(narrowed.expression, found) if with_words else set()
    told = said(by_sight(found, in_titles, READ_THROUGH))
    told = by_words(told, asked.wanted, in_titles) if with_words else told
    page = told[skip : skip + PAGE]
    is_more = len(told) > skip + PAGE
    return Results(
        hits(page, asked.wanted),
        skip + PAGE if is_more else None,
        notes=narrowed.notes,
        is_cut=len(found) == MOST_RANKED,
        is_chosen=len(found) > READ_THROUGH,
    )
