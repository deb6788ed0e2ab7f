"""What says whether a drawn thread still holds: its state, and those of its replies, without a word of them.

Everything that the page of a thread shows, and everything that decides what its reader may do there, is in these
rows or moves `version`. Equal marks look equal, so they are the keys of what was drawn; by hand, since it is hot.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from heard.foundation.conversation.models import Thread
from heard.foundation.conversation.queries.cards import listing
from heard.foundation.conversation.queries.feed import by_index
from heard.foundation.conversation.queries.messages import REPLIES
from heard.foundation.people.models import Person
from heard.foundation.people.rules import is_steward

MOST_ANSWERS = 2_000


@dataclass(frozen=True, slots=True)
class ThreadMark:
    """The state of a thread for one viewer; `state` holds all the rest of it."""

    id: int
    merged_into: int | None
    reply_count: int
    is_mine: bool
    is_tending: bool
    is_open_to_me: bool
    mine: frozenset[str]
    state: tuple[object, ...]


def thread_mark(viewer: Person, thread_id: int) -> ThreadMark:
    """Raises Thread.DoesNotExist for what is not there or not theirs to read."""
    sql = """
        SELECT t.merged_into_id, t.reply_count, t.author_id, t.version, t.stage, t.closed_at IS NOT NULL,
               t.deleted_at IS NOT NULL, t.hidden_at IS NOT NULL, t.edited_at IS NOT NULL,
               m.id IS NOT NULL, COALESCE(m.is_tender, FALSE), c.closed_at IS NOT NULL, c.id, c.name, c.slug,
               c.access, c.description, CASE WHEN c.access = 'open' THEN 0 ELSE c.member_count END,
               p.name, p.handle, p.picture, p.left_at IS NOT NULL, s.id IS NOT NULL
        FROM conversation_thread t
        JOIN people_person p ON p.id = t.author_id
        JOIN communities_community c ON c.id = t.community_id
        LEFT JOIN communities_membership m ON m.community_id = c.id AND m.person_id = %(me)s
        LEFT JOIN conversation_save s ON s.thread_id = t.id AND s.person_id = %(me)s
        WHERE t.id = %(thread)s AND (c.access = 'open' OR m.id IS NOT NULL)
    """
    if thread_id >= 1 << 63:
        raise Thread.DoesNotExist
    with connection.cursor() as cursor:
        cursor.execute(sql, {"me": viewer.pk, "thread": thread_id})
        row = cursor.fetchone()
        if row is None:
            raise Thread.DoesNotExist
        cursor.execute(
            "SELECT emoji FROM conversation_reaction WHERE thread_id = %s AND person_id = %s AND reply_id IS NULL",
            [thread_id, viewer.pk],
        )
        mine = frozenset(emoji for (emoji,) in cursor.fetchall())
    merged_into, reply_count, author, _version, _stage, is_closed, is_deleted, is_hidden, _edited, is_member = row[:10]
    is_gone = is_deleted or is_hidden
    return ThreadMark(
        id=thread_id,
        merged_into=merged_into,
        reply_count=reply_count,
        is_mine=author == viewer.pk,
        is_tending=bool(row[10]) or is_steward(viewer),
        is_open_to_me=bool(is_member) and not (is_closed or is_gone or row[11]),
        mine=mine,
        state=tuple(row),
    )


@dataclass(frozen=True, slots=True)
class ReplyMark:
    """The state of a reply, and whose it is."""

    id: int
    parent: int | None
    version: int
    author_id: int
    author: str
    handle: str
    picture: str
    title: str


@dataclass(frozen=True, slots=True)
class ReplyMarks:
    """A page of replies after the id `start`; `after` and `before` start the pages next to it, or nothing.

    `tops` are replies to the thread, `answers` those to each of them by its id, `mine` the viewer's emoji by reply.
    """

    tops: list[ReplyMark]
    answers: dict[int, list[ReplyMark]]
    mine: dict[int, frozenset[str]]
    start: int
    after: int | None
    before: int | None


FIELDS = "r.id, r.parent_id, r.version, r.author_id, p.name, p.handle, p.picture, p.title"
AUTHOR = "JOIN people_person p ON p.id = r.author_id"


def of_thread() -> str:
    """SQL for the replies of a thread, walked by thread and id: SQLite would rather look for all without a parent."""
    return f"FROM conversation_reply r {by_index('replies_of_thread')}"


def reply_marks(viewer: Person, thread_id: int, *, after: int = 0, around: int | None = None) -> ReplyMarks:
    """A page of 50 replies, oldest first, with the answers to them: from `after` on, or the page that holds `around`.

    Three queries, however many there are, and one or two more off the first page.
    """
    if around is not None:
        after = before_page_of(thread_id, around)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {FIELDS} {of_thread()} {AUTHOR} WHERE r.thread_id = %s AND r.parent_id IS NULL AND r.id > %s "
            f"ORDER BY r.id LIMIT {REPLIES + 1}",
            [thread_id, after],
        )
        tops = [ReplyMark(*row) for row in cursor.fetchall()]
        page = tops[:REPLIES]
        answers: dict[int, list[ReplyMark]] = {}
        if page:
            cursor.execute(
                f"SELECT {FIELDS} {of_thread()} {AUTHOR} WHERE r.thread_id = %s AND r.id > %s "
                f"AND r.parent_id IN ({listing(one.id for one in page)}) ORDER BY r.id LIMIT {MOST_ANSWERS}",
                [thread_id, page[0].id],
            )
            for row in cursor.fetchall():
                answers.setdefault(row[1], []).append(ReplyMark(*row))
    everything = [*(one.id for one in page), *(one.id for below in answers.values() for one in below)]
    return ReplyMarks(
        tops=page,
        answers=answers,
        mine=mine_by_reply(viewer, everything),
        start=after,
        after=page[-1].id if len(tops) > REPLIES else None,
        before=page_before(thread_id, after) if after else None,
    )


def mine_by_reply(viewer: Person, ids: Collection[int]) -> dict[int, frozenset[str]]:
    """The emoji that the viewer gave, by reply; replies without any are left out."""
    if not ids:
        return {}
    given: dict[int, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT reply_id, emoji FROM conversation_reaction WHERE person_id = %s AND reply_id IN ({listing(ids)})",
            [viewer.pk],
        )
        for pk, emoji in cursor.fetchall():
            given.setdefault(pk, set()).add(emoji)
    return {pk: frozenset(emoji) for pk, emoji in given.items()}


def before_page_of(thread_id: int, reply_id: int) -> int:
    """Where a page begins that shows a reply with a few before it; 0 for the first page."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COALESCE(parent_id, id) FROM conversation_reply WHERE id = %s AND thread_id = %s",
            [min(reply_id, (1 << 63) - 1), thread_id],
        )
        row = cursor.fetchone()
        first = row[0] if row else 0
        cursor.execute(
            f"SELECT r.id {of_thread()} WHERE r.thread_id = %s AND r.parent_id IS NULL AND r.id < %s "
            "ORDER BY r.id DESC LIMIT 6",
            [thread_id, first],
        )
        earlier = [pk for (pk,) in cursor.fetchall()]
    return earlier[-1] if len(earlier) == 6 else 0


def page_before(thread_id: int, start: int) -> int:
    """Where the page before the one after `start` begins; 0 for the first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT r.id {of_thread()} WHERE r.thread_id = %s AND r.parent_id IS NULL AND r.id <= %s "
            f"ORDER BY r.id DESC LIMIT {REPLIES + 1}",
            [thread_id, start],
        )
        earlier = [pk for (pk,) in cursor.fetchall()]
    return earlier[-1] if len(earlier) > REPLIES else 0


def newest_reply(thread_id: int) -> int | None:
    """The id of the latest reply."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(id) FROM conversation_reply WHERE thread_id = %s", [thread_id])
        return cursor.fetchone()[0]  # type: ignore[no-any-return]
