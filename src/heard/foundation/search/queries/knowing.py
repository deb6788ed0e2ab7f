"""Known words of what a person reads: of open communities and of their own, and of no other.

Nothing else is looked at, so neither what is given nor how long it takes tells of what others say.
"""

from django.db import connection

from heard.foundation.communities.rules import READ_BY_ALL
from heard.foundation.people.models import Person
from heard.foundation.search.queries.walking import run
from heard.foundation.search.rules import OPEN
from heard.plumbing.beginnings import begins

MOST_POOLS = 200


def listed(pools: list[int]) -> str:
    """Pools as SQL lists them."""
    return ", ".join(map(str, pools)) or "NULL"


def own_pools(viewer: Person) -> list[int]:
    """Pools of what the viewer reads and not everybody."""
    sql = (
        "SELECT c.id FROM communities_membership m JOIN communities_community c ON c.id = m.community_id "
        f"WHERE m.person_id = {int(viewer.pk)} AND c.access NOT IN ('{"', '".join(sorted(READ_BY_ALL))}') "
        f"ORDER BY c.id LIMIT {MOST_POOLS}"
    )
    return [pk for (pk,) in run(sql)]


def words_begun(viewer: Person, prefix: str, *, limit: int) -> list[str]:
    """Longer words that begin so, short ones first."""
    pools = listed([OPEN, *own_pools(viewer)])
    is_so, begun = begins("word", prefix)
    sql = (
        f"SELECT DISTINCT LENGTH(word), word FROM search_knownword WHERE pool IN ({pools}) "
        f"AND {is_so} AND LENGTH(word) > {len(prefix)} ORDER BY 1, 2 LIMIT {int(limit)}"
    )
    return [word for _length, word in run(sql, begun)]


def tags_begun(viewer: Person, prefix: str, *, limit: int) -> list[str]:
    """Hashtags, without their #, that begin so, in their order."""
    pools = listed([OPEN, *own_pools(viewer)])
    is_so, begun = begins("word", f"#{prefix}")
    order = "" if connection.vendor == "sqlite" else ' COLLATE "C"'
    sql = (
        f"SELECT DISTINCT word{order} AS tag FROM search_knownword WHERE pool IN ({pools}) "
        f"AND {is_so} ORDER BY 1 LIMIT {int(limit)}"
    )
    return [tag[1:] for (tag,) in run(sql, begun)]


def words_like(viewer: Person, lefts: set[int], beginning: str, shortest: int, longest: int) -> dict[str, int]:
    """Words that may be meant, with in how many documents they stand that the viewer reads.

    Of open communities those that share one of `lefts`. Of the viewer's own there is no list of slips, which would be
    large: those that begin as the word that was typed does.
    """
    found: dict[str, int] = {}
    for word, documents in run(
        f"SELECT word, documents FROM search_knownword WHERE pool = {OPEN} AND id IN ({sharing(lefts)})"
    ):
        found[word] = documents
    is_so, begun = begins("word", beginning)
    for word, documents in run(
        f"SELECT word, SUM(documents) FROM search_knownword WHERE pool IN ({listed(own_pools(viewer))}) "
        f"AND {is_so} AND LENGTH(word) BETWEEN {shortest} AND {longest} GROUP BY word",
        begun,
    ):
        found[word] = found.get(word, 0) + int(documents)
    return found


def names_like(lefts: set[int]) -> list[str]:
    """Names, known to all, that share one of `lefts`."""
    return [word for (word,) in run(f"SELECT word FROM search_knownword WHERE id IN ({sharing(lefts)})")]


def sharing(lefts: set[int]) -> str:
    """SQL for the ids of words of which one of these may be left."""
    return f'SELECT word FROM search_slip WHERE "left" IN ({", ".join(map(str, sorted(lefts)))})'
