"""Hashtags that begin as somebody types, of threads that they may read."""

from django.db import connection

from heard.foundation.people.models import Person
from heard.foundation.search.queries.walking import MAY_READ
from heard.plumbing.text import fold_hashtag

MOST = 6
NEXT = """
    SELECT h.tag FROM conversation_hashtag h
    {cross} conversation_thread t {on_thread} {cross} communities_community c {on_community}
    WHERE h.tag {{begins}} %s AND t.is_listed AND {may_read} ORDER BY h.tag LIMIT 1
"""


def tags_to_offer(viewer: Person, typed: str) -> list[str]:
    """Up to six, in their order: each is stepped to in the index, and what the viewer may not read is stepped over."""
    prefix = fold_hashtag(typed.strip().lstrip("#"))
    if not prefix or "\0" in prefix:
        return []
    is_sqlite = connection.vendor == "sqlite"
    sql = NEXT.format(
        cross="CROSS JOIN" if is_sqlite else "JOIN",
        on_thread="ON t.id = h.thread_id",
        on_community="ON c.id = t.community_id",
        may_read=MAY_READ.format(person=int(viewer.pk)),
    )
    found: list[str] = []
    last, begins = prefix, ">="
    with connection.cursor() as cursor:
        while len(found) < MOST:
            cursor.execute(sql.replace("{begins}", begins), [last])
            row = cursor.fetchone()
            if row is None or not row[0].startswith(prefix):
                break
            last, begins = row[0], ">"
            found.append(last)
    return found
