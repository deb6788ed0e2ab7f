"""The walk down the newest documents that match and that one person may read: the one way in which the index is asked.

It stops as soon as enough is found. At first it looks at the newest documents only, where what is common is found at
once; then it looks words up, and where the person reads few communities, in these alone. Who may read what is asked of
the communities as they are now; what has changed and is not indexed yet is passed over.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection

from heard.foundation.people.models import Person
from heard.foundation.search.queries.expressions import Expression
from heard.foundation.search.queries.statements import (
    IS_SETTLED,
    MAY_READ,
    POSTGRES_LOOKED_UP,
    POSTGRES_NEWEST,
    SQLITE_LOOKED_UP,
    SQLITE_NEWEST,
)
from heard.foundation.search.rules import community_mark
from heard.plumbing.ids import HIGHEST_ID

LOOK = {"sqlite": 50, "postgresql": 2_000}
"""How many are looked at first: of those that match, or on PostgreSQL, where these cost more, of all documents."""
FURTHEST = 100_000
"""PostgreSQL walks so many documents in a tenth of a second; of common words it looks a million up in two."""
FEW = 300
"""With so many communities to read, they are made part of what is looked up."""


class Found(NamedTuple):
    """A document that matches, and what its thread has come to."""

    id: int
    kind: int
    source: int
    thread: int
    reply_count: int
    stage: int


@dataclass(frozen=True, slots=True)
class Span:
    """Documents from `after` on and before `before`, by their ids."""

    after: int = 0
    before: int = HIGHEST_ID


def walk(viewer: Person, expression: Expression, span: Span, *, limit: int) -> list[Found]:
    """At most `limit` of the newest matching documents that `viewer` may read."""
    look = max(LOOK[connection.vendor], limit * 2)
    found, end = look_at(viewer, expression, span, look, limit)
    while connection.vendor == "postgresql" and end is not None and (further := worth_walking(look, found, limit)):
        more, end = look_at(viewer, expression, Span(span.after, end), further, limit - len(found))
        found, look = found + more, look + further
    if len(found) == limit or end is None:
        return found
    ids = readable_ids(viewer)
    if len(ids) <= FEW:
        expression = expression.within({community_mark(pk) for pk in ids})
    template, rest = SQLITE_LOOKED_UP if connection.vendor == "sqlite" else POSTGRES_LOOKED_UP, Span(span.after, end)
    return found + in_order(ask(template, viewer, expression, rest, -1, limit - len(found)))


def worth_walking(looked: int, found: Sequence[Found], limit: int) -> int:
    """How many documents to walk on, where as much is found among them as among those that were looked at.

    0 where enough is found, nothing so far, or where what is looked for is so far apart that it is sooner looked up.
    Whoever may not read what matches has found nothing, as if nothing matched.
    """
    if not found or len(found) >= limit:
        return 0
    further = max(looked, looked * (limit - len(found)) * 3 // (len(found) * 2))
    return further if looked + further <= FURTHEST else 0


def look_at(
    viewer: Person, expression: Expression, span: Span, look: int, limit: int
) -> tuple[list[Found], int | None]:
    """Those among the newest `look`, and where these end; None for the end where all of the span was looked at.

    Where `limit` is found, nobody asks for the end, and on PostgreSQL nobody is told.
    """
    if connection.vendor == "sqlite":
        *rows, (end, _, count, *_) = ask(SQLITE_NEWEST, viewer, expression, span, look, limit)
        return in_order(rows), end if count == look else None
    rows = ask(POSTGRES_NEWEST, viewer, expression, span, look, limit)
    if len(rows) == limit:
        return in_order(rows), None
    ends = run(
        f"SELECT id FROM search_document WHERE id < {int(span.before)} AND id >= {int(span.after)} "
        f"ORDER BY id DESC LIMIT 1 OFFSET {int(look) - 1}"
    )
    return in_order(rows), ends[0][0] if ends else None


def ask(
    template: str, viewer: Person, expression: Expression, span: Span, look: int, limit: int
) -> list[tuple[Any, ...]]:
    """The rows of one part of the walk."""
    sql = template.format(
        query="%(query)s",
        before=int(span.before),
        after=int(span.after),
        look=int(look),
        limit=int(limit),
        may_read=MAY_READ.format(person=int(viewer.pk)),
        is_settled=IS_SETTLED,
    )
    return run(sql, {"query": expression.render()})


def in_order(rows: Iterable[tuple[Any, ...]]) -> list[Found]:
    """What was found, the newest first."""
    return [Found._make(row) for row in sorted(rows, reverse=True)]


def readable_ids(viewer: Person) -> list[int]:
    """Communities that the viewer reads; one more than a few are enough to know that they are many."""
    sql = f"SELECT c.id FROM communities_community c WHERE {MAY_READ.format(person=int(viewer.pk))} LIMIT {FEW + 1}"
    return [pk for (pk,) in run(sql)]


def titled(expression: Expression, found: Sequence[Found]) -> set[int]:
    """Those of what was found, the newest first, in whose headlines all the words stand."""
    if not found:
        return set()
    query = {"query": expression.render(only_titles=True)}
    if connection.vendor == "sqlite":
        sql = "SELECT rowid FROM search_words WHERE search_words MATCH %(query)s"
        rows = run(f"{sql} AND rowid BETWEEN {int(found[-1].id)} AND {int(found[0].id)}", query)
    else:
        listed = ",".join(str(int(one.id)) for one in found)
        sql = f"SELECT id FROM (SELECT id, words FROM search_document WHERE id IN ({listed}) OFFSET 0) d"
        rows = run(f"{sql} WHERE words @@ %(query)s::tsquery", query)
    return {pk for (pk,) in rows}


def run(sql: str, parameters: Mapping[str, str] | Sequence[str] = ()) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return list(cursor.fetchall())
