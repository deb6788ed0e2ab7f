"""From ids to what a list shows of each thread: joined late, permission checked, in three queries however many.

The first query reads what says whether a cached card still holds; words are read only for cards that must be drawn.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.html import escape

from heard.foundation.conversation.models import Attachment
from heard.foundation.people.models import Person
from heard.foundation.previews.models import Preview
from heard.foundation.previews.queries import shown
from heard.plumbing.ids import time_of

LONGEST_SHOWN = 1200


@dataclass(frozen=True, slots=True)
class Mine:
    """What is the viewer's own on a thread: the emoji they gave, and whether they saved it."""

    emoji: frozenset[str] = frozenset()
    is_saved: bool = False


NONE_OF_MINE = Mine()


@dataclass(frozen=True, slots=True)
class Card:
    """What a list shows of a thread, but its words. Equal cards look equal: it is the key of a cached fragment."""

    id: int
    version: int
    kind: str
    reply_count: int
    stage: int
    is_closed: bool
    is_edited: bool
    author_id: int
    author: str
    handle: str
    picture: str
    community: str
    slug: str
    mine: Mine

    @property
    def created_at(self) -> datetime:
        """When it was said, read off the id."""
        return time_of(self.id)


@dataclass(frozen=True, slots=True)
class Body:
    """The words of a thread and what hangs on it."""

    title: str
    html: str
    is_cut: bool
    reactions: Mapping[str, int]
    pictures: tuple[Attachment, ...]
    files: tuple[Attachment, ...]
    preview: Preview | None


def listing(ids: Iterable[int]) -> str:
    """Ids as SQL; they are numbers that we made."""
    return ",".join(str(int(pk)) for pk in ids)


def cards(viewer: Person, ids: Collection[int]) -> list[Card]:
    """The cards of those of `ids` that are listed and that `viewer` may read, in the order of `ids`."""
    if not ids:
        return []
    sql = f"""
        SELECT t.id, t.version, t.kind, t.reply_count, t.stage, t.closed_at IS NOT NULL, t.edited_at IS NOT NULL,
               p.id, p.name, p.handle, p.picture, c.name, c.slug
        FROM conversation_thread t
        JOIN people_person p ON p.id = t.author_id
        JOIN communities_community c ON c.id = t.community_id
        LEFT JOIN communities_membership m ON m.community_id = c.id AND m.person_id = %s
        WHERE t.id IN ({listing(ids)}) AND t.is_listed AND (c.access = 'open' OR m.id IS NOT NULL)
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [viewer.pk])
        found = {row[0]: row for row in cursor.fetchall()}
    mine = mine_on_threads(viewer, found)
    return [card_from(found[pk], mine.get(pk, NONE_OF_MINE)) for pk in ids if pk in found]


def card_from(row: tuple[object, ...], mine: Mine) -> Card:
    """One row of the query above."""
    pk, version, kind, reply_count, stage, is_closed, is_edited, *rest = row
    return Card(pk, version, kind, reply_count, stage, bool(is_closed), bool(is_edited), *rest, mine)  # type: ignore[arg-type, call-arg]


def mine_on_threads(viewer: Person, ids: Collection[int]) -> dict[int, Mine]:
    """What is the viewer's own on these threads, in one query; threads with nothing of theirs are left out."""
    if not ids:
        return {}
    listed = listing(ids)
    sql = f"""
        SELECT thread_id, emoji FROM conversation_reaction
        WHERE person_id = %s AND reply_id IS NULL AND thread_id IN ({listed})
        UNION ALL SELECT thread_id, '' FROM conversation_save WHERE person_id = %s AND thread_id IN ({listed})
    """
    emoji: dict[int, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, [viewer.pk, viewer.pk])
        for pk, given in cursor.fetchall():
            emoji.setdefault(pk, set()).add(given)
    return {pk: Mine(frozenset(given - {""}), "" in given) for pk, given in emoji.items()}


def bodies(ids: Collection[int]) -> dict[int, Body]:
    """The words of threads whose cards the viewer was given; long ones are cut to their beginning."""
    if not ids:
        return {}
    sql = f"""
        SELECT t.id, t.title, CASE WHEN LENGTH(t.html) > {LONGEST_SHOWN} THEN '' ELSE t.html END, t.excerpt,
               t.reactions, v.url, v.title, v.site, v.code, v.width, v.height
        FROM conversation_thread t LEFT JOIN previews_preview v ON v.id = t.preview_id WHERE t.id IN ({listing(ids)})
    """
    pictures: dict[int, list[Attachment]] = {}
    for attachment in Attachment.objects.filter(thread__in=list(ids), reply=None).order_by("id"):
        pictures.setdefault(attachment.thread_id or 0, []).append(attachment)
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {row[0]: body_from(row, pictures.get(row[0], [])) for row in cursor.fetchall()}


def body_from(row: tuple[Any, ...], hanging: list[Attachment]) -> Body:
    """One row of the query above, and what hangs on it."""
    _pk, title, html, excerpt, reactions, url, *page = row
    counts = json.loads(reactions) if isinstance(reactions, str) else reactions
    is_cut = not html and bool(excerpt)
    return Body(
        title=title,
        html=escape(excerpt) if is_cut else html,
        is_cut=is_cut,
        reactions=counts,
        pictures=tuple(one for one in hanging if one.is_picture),
        files=tuple(one for one in hanging if not one.is_picture),
        preview=shown(preview_from(url, *page)) if url else None,
    )


def preview_from(url: str, title: str, site: str, code: str, width: int | None, height: int | None) -> Preview:
    """What a card shows of the page behind a link."""
    return Preview(url=url, title=title, site=site, code=code, width=width, height=height)
