"""A few colleagues in passing, on pages that are about something else: read by plain SQL, which costs a tenth."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db import connection

from heard.foundation.people.models import Person
from heard.foundation.people.queries.finding import COMMON
from heard.plumbing.beginnings import begins
from heard.plumbing.words import words_of


class Glimpse(NamedTuple):
    """A colleague, and their title or else the unit that they work in."""

    person: Person
    line: str


def how_common(words: str) -> dict[str, bool]:
    """The six longest of these words, and of each whether it begins something of a great many people."""
    found = {}
    with connection.cursor() as cursor:
        for word in sorted(words_of(words), key=len, reverse=True)[:6]:
            is_so, begun = begins("word", word)
            cursor.execute(f"SELECT 1 FROM people_word WHERE {is_so} LIMIT 1 OFFSET {COMMON - 1}", begun)  # noqa: S608
            found[word] = cursor.fetchone() is not None
    return found


def glimpse_of_people(viewer: Person, words: Mapping[str, bool], *, limit: int) -> list[Glimpse]:
    """The first of the directory by name whom all of these words find, each told whether it is common.

    What is common is asked of everybody in the order of names, as that comes sooner to an end.
    """
    where, parameters = ["p.left_at IS NULL"], list[str]()
    for word, is_common in words.items():
        is_so, begun = begins("w.word", word)
        of_them = f"SELECT w.person_id FROM people_word w WHERE {is_so}"  # noqa: S608
        where.append(f"EXISTS ({of_them} AND w.person_id = p.id)" if is_common else f"p.id IN ({of_them})")
        parameters += begun
    sql = f"""
        SELECT p.id, p.name, p.handle, p.picture, CASE WHEN p.title <> '' THEN p.title ELSE COALESCE(u.name, '') END
        FROM people_person p LEFT JOIN people_unit u ON u.id = p.unit_id
        WHERE {" AND ".join(where)} ORDER BY p.name, p.id LIMIT {int(limit)}
    """  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [Glimpse(somebody(*row), line) for *row, line in cursor.fetchall()]


def somebody(pk: int, name: str, handle: str, picture: str) -> Person:
    """A person of whom what a face and a name show was read; more of them is read when it is asked for."""
    # In the order of the model, as Django wants it.
    return Person.from_db(connection.alias, ("id", "handle", "name", "picture"), (pk, handle, name, picture))
