"""The walk down the newest documents that match and that one person may read: the one way in which the index is asked.

It stops as soon as enough is found. The first part of it looks at the newest documents only, where what is common is
found at once; the second looks words up, and where the person reads few communities, in these alone. Who may read
what is asked of the communities as they are now; what has changed and is not indexed yet is passed over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from heard.foundation.communities.rules import READ_BY_ALL
from heard.foundation.people.models import Person
from heard.foundation.search.models import Source
from heard.foundation.search.queries.expressions import Expression
from heard.foundation.search.rules import community_mark
from heard.plumbing.ids import HIGHEST_ID

FIRST_LOOK = 2_000
FEW = 300
"""With so many communities to read, they are made part of what is looked up."""

MAY_READ = """
    (c.access = '{open}' OR EXISTS (
        SELECT 1 FROM communities_membership m WHERE m.community_id = c.id AND m.person_id = {{person}}))
""".format(open="', '".join(sorted(READ_BY_ALL)))
# With an offset, PostgreSQL asks of the one file instead of gathering all that there are.
IS_SETTLED = f"""
    NOT EXISTS (SELECT 1 FROM search_change q WHERE q.kind = d.kind AND q.source = d.source)
    AND (d.kind <> {int(Source.FILE)} OR EXISTS (
        SELECT 1 FROM conversation_attachment a LEFT JOIN conversation_reply r ON r.id = a.reply_id
        WHERE a.id = d.source AND r.deleted_at IS NULL AND r.hidden_at IS NULL LIMIT 1 OFFSET 0))
"""
SQLITE = """
    SELECT d.id, d.kind, d.source, d.thread, t.reply_count, t.stage
    FROM (SELECT rowid AS id FROM search_words WHERE search_words MATCH {query} AND rowid < {before}
          AND rowid >= {after} ORDER BY rowid DESC LIMIT {look}) f
    CROSS JOIN search_document d ON d.id = f.id
    CROSS JOIN conversation_thread t ON t.id = d.thread
    CROSS JOIN communities_community c ON c.id = t.community_id
    WHERE t.is_listed AND {may_read} AND {is_settled} LIMIT {limit}
"""
LATE = """
    CROSS JOIN LATERAL (SELECT community_id, reply_count, stage FROM conversation_thread
                        WHERE id = d.thread AND is_listed OFFSET 0) t
    CROSS JOIN LATERAL (SELECT id, access FROM communities_community WHERE id = t.community_id OFFSET 0) c
"""
POSTGRES_NEWEST = f"""
    SELECT d.id, d.kind, d.source, d.thread, t.reply_count, t.stage
    FROM (SELECT id, kind, source, thread, words FROM search_document WHERE id < {{before}} AND id >= {{after}}
          ORDER BY id DESC LIMIT {{look}}) d {LATE}
    WHERE d.words @@ {{query}}::tsquery AND {{may_read}} AND {{is_settled}} ORDER BY d.id DESC LIMIT {{limit}}
"""
POSTGRES_LOOKED_UP = f"""
    SELECT d.id, d.kind, d.source, d.thread, t.reply_count, t.stage
    FROM (SELECT id, id + 0 AS place, kind, source, thread FROM search_document WHERE words @@ {{query}}::tsquery
          AND id < {{before}} AND id >= {{after}} ORDER BY id + 0 DESC OFFSET 0) d {LATE}
    WHERE {{may_read}} AND {{is_settled}} ORDER BY d.place DESC LIMIT {{limit}}
"""


@dataclass(frozen=True, slots=True)
class Found:
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
    look = max(FIRST_LOOK, limit * 2)
    sqlite = connection.vendor == "sqlite"
    found = ask(SQLITE if sqlite else POSTGRES_NEWEST, viewer, expression, span, look, limit)
    if len(found) == limit:
        return found
    reached = looked_down_to(expression, span, look)
    if reached is None:
        return found
    ids = readable_ids(viewer)
    if len(ids) <= FEW:
        expression = expression.within({community_mark(pk) for pk in ids})
    rest = Span(span.after, reached)
    further = ask(SQLITE if sqlite else POSTGRES_LOOKED_UP, viewer, expression, rest, -1, limit - len(found))
    return found + further


def ask(template: str, viewer: Person, expression: Expression, span: Span, look: int, limit: int) -> list[Found]:
    """One part of the walk."""
    sql = template.format(
        query="%(query)s",
        before=int(span.before),
        after=int(span.after),
        look=int(look),
        limit=int(limit),
        may_read=MAY_READ.format(person=int(viewer.pk)),
        is_settled=IS_SETTLED,
    )
    rows = run(sql, {"query": expression.render()})
    return sorted((Found(*row) for row in rows), key=lambda one: one.id, reverse=True)


def looked_down_to(expression: Expression, span: Span, look: int) -> int | None:
    """Where the first part ended, or None where it came to the end."""
    if connection.vendor == "sqlite":
        source, query = "rowid FROM search_words WHERE search_words MATCH %(query)s AND rowid", expression.render()
        order = "rowid"
    else:
        source, query, order = "id FROM search_document WHERE id", "", "id"
    sql = (
        f"SELECT {source} < {int(span.before)} AND {order} >= {int(span.after)} "
        f"ORDER BY {order} DESC LIMIT 1 OFFSET {int(look) - 1}"
    )
    rows = run(sql, {"query": query} if query else {})
    return int(rows[0][0]) if rows else None


def readable_ids(viewer: Person) -> list[int]:
    """Communities that the viewer reads; one more than a few are enough to know that they are many."""
    sql = f"SELECT c.id FROM communities_community c WHERE {MAY_READ.format(person=int(viewer.pk))} LIMIT {FEW + 1}"
    return [pk for (pk,) in run(sql)]


def titled(expression: Expression, span: Span) -> set[int]:
    """Documents in the span in whose headlines all the words stand."""
    query = {"query": expression.render(only_titles=True)}
    if connection.vendor == "sqlite":
        sql = "SELECT rowid FROM search_words WHERE search_words MATCH %(query)s AND rowid"
    else:
        sql = "SELECT id FROM search_document WHERE words @@ %(query)s::tsquery AND id"
    rows = run(f"{sql} BETWEEN {int(span.after)} AND {int(span.before)}", query)
    return {pk for (pk,) in rows}


def run(sql: str, parameters: Mapping[str, str] | Sequence[str] = ()) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
        return list(cursor.fetchall())
