"""The SQL of the walk, for each database; what is asked for and by whom is put in by `walking.ask`."""

from heard.foundation.communities.rules import READ_BY_ALL
from heard.foundation.search.models import Source

MAY_READ = """
    (c.access = '{open}' OR EXISTS (
        SELECT 1 FROM communities_membership m WHERE m.community_id = c.id AND m.person_id = {{person}}))
""".format(open="', '".join(sorted(READ_BY_ALL)))
# With an offset, PostgreSQL asks of the one change or file instead of gathering all that there are.
IS_SETTLED = f"""
    NOT EXISTS (SELECT 1 FROM search_change q WHERE q.kind = d.kind AND q.source = d.source LIMIT 1 OFFSET 0)
    AND (d.kind <> {int(Source.FILE)} OR EXISTS (
        SELECT 1 FROM conversation_attachment a LEFT JOIN conversation_reply r ON r.id = a.reply_id
        WHERE a.id = d.source AND r.deleted_at IS NULL AND r.hidden_at IS NULL LIMIT 1 OFFSET 0))
"""
MATCHING = """
    SELECT rowid AS id FROM search_words WHERE search_words MATCH {query} AND rowid < {before} AND rowid >= {after}
    ORDER BY rowid DESC LIMIT {look}
"""
READABLE = """
    CROSS JOIN search_document d ON d.id = f.id
    CROSS JOIN conversation_thread t ON t.id = d.thread
    CROSS JOIN communities_community c ON c.id = t.community_id
    WHERE t.is_listed AND {may_read} AND {is_settled} LIMIT {limit}
"""
FOUND = "SELECT d.id, d.kind, d.source, d.thread, t.reply_count, t.stage"
# What is looked at is kept until it is read, so that how far it went is told without a second walk.
SQLITE_NEWEST = f"""
    WITH f AS MATERIALIZED ({MATCHING}) SELECT * FROM ({FOUND} FROM f {READABLE})
    UNION ALL SELECT MIN(id), NULL, COUNT(*), NULL, NULL, NULL FROM f
"""
SQLITE_LOOKED_UP = f"{FOUND} FROM ({MATCHING}) f {READABLE}"
LATE = """
    CROSS JOIN LATERAL (SELECT community_id, reply_count, stage FROM conversation_thread
                        WHERE id = d.thread AND is_listed OFFSET 0) t
    CROSS JOIN LATERAL (SELECT id, access FROM communities_community WHERE id = t.community_id OFFSET 0) c
"""
POSTGRES_NEWEST = f"""
    {FOUND} FROM (SELECT id, kind, source, thread, words FROM search_document WHERE id < {{before}} AND id >= {{after}}
          ORDER BY id DESC LIMIT {{look}}) d {LATE}
    WHERE d.words @@ {{query}}::tsquery AND {{may_read}} AND {{is_settled}} ORDER BY d.id DESC LIMIT {{limit}}
"""
POSTGRES_LOOKED_UP = f"""
    {FOUND} FROM (SELECT id, id + 0 AS place, kind, source, thread FROM search_document
          WHERE words @@ {{query}}::tsquery AND id < {{before}} AND id >= {{after}}
          ORDER BY id + 0 DESC OFFSET 0) d {LATE}
    WHERE {{may_read}} AND {{is_settled}} ORDER BY d.place DESC LIMIT {{limit}}
"""
