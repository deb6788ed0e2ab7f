"""Which threads stand on a page, newest first: ids only, by SQL written by hand.

On SQLite one walk of the index (community, id) for each of my communities, cut short as soon as a page is full; on
PostgreSQL the same said as LATERAL, since its planner finds no other shape that is fast for a member whose
communities are quiet. No id is given of what the viewer may not read: it would tell when somebody spoke, and take a
place on the page. It is checked again where the ids become cards (`cards.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

from heard.foundation.conversation.models import ReadMark
from heard.foundation.people.models import Person

PAGE = 20
NEWEST = (1 << 63) - 1
THREAD = "conversation_thread"
MINE = "communities_membership"


class Feed(StrEnum):
    """The three ways home is read."""

    FOR_YOU = "for-you"
    NEWEST = "newest"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Found:
    """A thread on a page, and why it is there: `mention`, `follow` or `community`."""

    id: int
    why: str


def listed(also: str = "") -> str:
    """SQL for a thread that lists show, said just as each engine's partial indexes say it, or they are not used."""
    return ("t.is_listed = 1" if connection.vendor == "sqlite" else "t.is_listed") + also


def by_index(name: str) -> str:
    """SQL that holds SQLite to an index, also before it has gathered statistics; PostgreSQL chooses by itself."""
    return f"INDEXED BY {name}" if connection.vendor == "sqlite" else ""


def readable() -> str:
    """SQL for a listed thread `t` that `me` may read; scalar, so that the walk of an index stays in its order."""
    return (
        f"{listed()} AND ((SELECT c.access FROM communities_community c WHERE c.id = t.community_id) = 'open' "
        f"OR t.community_id IN (SELECT community_id FROM {MINE} WHERE person_id = %(me)s))"
    )


def is_readable(pk: str, also: str = "") -> str:
    """SQL for the same of the thread whose id is in the column `pk`."""
    return f"EXISTS (SELECT 1 FROM {THREAD} t WHERE t.id = {pk} AND {readable()}{also})"


def of_mine(feed: Feed) -> str:
    """SQL for the newest threads of my communities; its parameters are `me`, `before` and `limit`."""
    where = listed(WHERE[feed])
    if connection.vendor == "sqlite":
        return (
            f"SELECT t.id, 3 AS why FROM {THREAD} t {by_index(INDEX[feed])} WHERE {where} AND t.community_id IN "
            f"(SELECT community_id FROM {MINE} WHERE person_id = %(me)s AND level <> 'mute') "
            "AND t.id < %(before)s ORDER BY t.id DESC LIMIT %(limit)s"
        )
    return (
        f"SELECT n.id, 3 AS why FROM {MINE} m CROSS JOIN LATERAL (SELECT t.id FROM {THREAD} t "
        f"WHERE t.community_id = m.community_id AND {where} AND t.id < %(before)s "
        "ORDER BY t.id DESC LIMIT %(limit)s) n WHERE m.person_id = %(me)s AND m.level <> 'mute' "
        "ORDER BY n.id DESC LIMIT %(limit)s"
    )


def of_followed() -> str:
    """SQL for the newest threads by people I follow, wherever I may read them."""
    if connection.vendor == "sqlite":
        return (
            f"SELECT t.id, 2 AS why FROM {THREAD} t {by_index('thread_by_author')} WHERE {readable()} "
            "AND t.author_id IN (SELECT followed_id FROM people_follow WHERE follower_id = %(me)s) "
            "AND t.id < %(before)s ORDER BY t.id DESC LIMIT %(limit)s"
        )
    return (
        f"SELECT n.id, 2 AS why FROM people_follow f CROSS JOIN LATERAL (SELECT t.id FROM {THREAD} t "
        f"WHERE t.author_id = f.followed_id AND {readable()} AND t.id < %(before)s "
        "ORDER BY t.id DESC LIMIT %(limit)s) n WHERE f.follower_id = %(me)s ORDER BY n.id DESC LIMIT %(limit)s"
    )


def of_mentions() -> str:
    """SQL for the newest threads of others that name me, where I may read them."""
    of_others = " AND t.author_id <> %(me)s"
    return (
        "SELECT DISTINCT n.thread_id AS id, 1 AS why FROM conversation_mention n WHERE n.person_id = %(me)s "
        f"AND n.thread_id < %(before)s AND {is_readable('n.thread_id', of_others)} "
        "ORDER BY n.thread_id DESC LIMIT %(limit)s"
    )


UNANSWERED = " AND t.kind = 'ask' AND t.reply_count = 0"
WHERE = {Feed.FOR_YOU: "", Feed.NEWEST: "", Feed.UNANSWERED: UNANSWERED}
INDEX = {Feed.FOR_YOU: "thread_feed", Feed.NEWEST: "thread_feed", Feed.UNANSWERED: "thread_unanswered"}
WHY = {1: "mention", 2: "follow", 3: "community"}


def rows(sql: str, parameters: Mapping[str, int | str]) -> list[tuple[int, ...]]:
    """What hand-written SQL gives."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[tuple[int, ...]] = cursor.fetchall()
        return found


def feed_ids(person: Person, feed: Feed, *, before: int | None = None, limit: int = PAGE) -> list[Found]:
    """A page of `feed`, newest first, of at most `limit` threads with ids below `before`; each thread stands once.

    Muted communities are left out. *For you* adds threads that mention the person and those of people they follow.
    """
    parameters = {"me": person.pk, "before": before or NEWEST, "limit": limit}
    sql = of_mine(feed)
    if feed is Feed.FOR_YOU:
        sql = " UNION ALL ".join(
            f"SELECT * FROM ({part}) AS s{nth}" for nth, part in enumerate([sql, of_followed(), of_mentions()])
        )
    best: dict[int, int] = {}
    for pk, why in rows(sql, parameters):
        best[pk] = min(why, best.get(pk, 9))
    return [Found(pk, WHY[best[pk]]) for pk in sorted(best, reverse=True)[:limit]]


def news_since(person: Person, newest: int) -> list[int]:
    """Ids of up to 20 threads in the person's communities that are newer than `newest`, the newest first."""
    found = feed_ids(person, Feed.NEWEST)
    return [one.id for one in found if one.id > newest]


def read_to(person: Person) -> int:
    """Up to which thread they had seen the newest; 0 if never."""
    return ReadMark.objects.filter(pk=person.pk).values_list("read_to", flat=True).first() or 0


def simple(sql: str, **parameters: int | str) -> list[int]:
    """The first column of what hand-written SQL gives."""
    return [row[0] for row in rows(sql, parameters)]


def community_ids(community_id: int, *, before: int | None = None, kind: str = "", limit: int = PAGE) -> list[int]:
    """A page of one community's threads; pinned ones stand elsewhere (`pinned` in cards' page)."""
    also = "AND t.kind = %(kind)s" if kind else ""
    return simple(
        f"SELECT t.id FROM {THREAD} t {by_index('thread_feed')} "
        f"WHERE {listed()} AND t.community_id = %(community)s {also} "
        "AND t.id < %(before)s ORDER BY t.id DESC LIMIT %(limit)s",
        community=community_id,
        before=before or NEWEST,
        kind=kind,
        limit=limit,
    )


def pinned_ids(community_id: int) -> list[int]:
    """The pinned threads of a community, the latest pinned first."""
    return simple(
        f"SELECT t.id FROM {THREAD} t WHERE t.community_id = %(community)s AND t.pinned_at IS NOT NULL "
        f"AND {listed()} ORDER BY t.pinned_at DESC LIMIT 10",
        community=community_id,
    )


def by_author_ids(viewer: Person, author: Person, *, before: int | None = None, limit: int = PAGE) -> list[int]:
    """A page of what one person started and `viewer` may read."""
    return simple(
        f"SELECT t.id FROM {THREAD} t {by_index('thread_by_author')} "
        f"WHERE {readable()} AND t.author_id = %(author)s AND t.id < %(before)s "
        "ORDER BY t.id DESC LIMIT %(limit)s",
        me=viewer.pk,
        author=author.pk,
        before=before or NEWEST,
        limit=limit,
    )


def tag_ids(viewer: Person, tag: str, *, before: int | None = None, limit: int = PAGE) -> list[int]:
    """A page of threads with a (folded) tag that `viewer` may read."""
    return simple(
        "SELECT h.thread_id FROM conversation_hashtag h WHERE h.tag = %(tag)s AND h.thread_id < %(before)s "
        f"AND {is_readable('h.thread_id')} ORDER BY h.thread_id DESC LIMIT %(limit)s",
        me=viewer.pk,
        tag=tag,
        before=before or NEWEST,
        limit=limit,
    )


def saved_ids(person: Person, *, before: int | None = None, limit: int = PAGE) -> list[int]:
    """A page of what they saved and may still read, newest thread first."""
    return simple(
        "SELECT s.thread_id FROM conversation_save s WHERE s.person_id = %(me)s AND s.thread_id < %(before)s "
        f"AND {is_readable('s.thread_id')} ORDER BY s.thread_id DESC LIMIT %(limit)s",
        me=person.pk,
        before=before or NEWEST,
        limit=limit,
    )
