"""A few communities in passing, on pages that are about something else: read by plain SQL, which costs a tenth."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection

from heard.foundation.communities.rules import SEEN_BY_ALL
from heard.foundation.people.models import Person
from heard.plumbing.beginnings import begins
from heard.plumbing.words import words_of

SHOWN = "SELECT slug, name, member_count FROM communities_community WHERE"
IS_JOINED = "id IN (SELECT community_id FROM communities_membership WHERE person_id = %s)"
IS_VISIBLE = f"(access IN ('{"', '".join(sorted(SEEN_BY_ALL))}') OR {IS_JOINED})"


class Glimpse(NamedTuple):
    """What is shown of a community."""

    slug: str
    name: str
    member_count: int


def glimpse_of_communities(person: Person, words: str, *, limit: int) -> list[Glimpse]:
    """The largest of those visible to `person` that `words` find; none if nothing is a word."""
    where, parameters = [IS_VISIBLE], list[int | str]([person.pk])
    wanted = sorted(words_of(words), key=len, reverse=True)[:6]
    for word in wanted:
        is_so, begun = begins("word", word)
        where.append(f"id IN (SELECT community_id FROM communities_communityword WHERE {is_so})")  # noqa: S608
        parameters += begun
    order = f"ORDER BY member_count DESC, id LIMIT {int(limit)}"
    return read(f"{SHOWN} {' AND '.join(where)} {order}", parameters) if wanted else []


def glimpse_of_joined(person: Person, *, limit: int = 50) -> list[Glimpse]:
    """The communities `person` belongs to, the liveliest first."""
    return read(f"{SHOWN} {IS_JOINED} ORDER BY newest_thread_at DESC, name LIMIT {int(limit)}", [person.pk])


def read(sql: str, parameters: Sequence[int | str]) -> list[Glimpse]:
    """The rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [Glimpse(*row) for row in cursor.fetchall()]
