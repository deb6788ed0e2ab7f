"""The texts of what was found, with who said them and where: joined late, in two queries and two more for files."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from heard.foundation.conversation.models import Attachment
from heard.foundation.people.models import Person
from heard.foundation.people.queries import somebody
from heard.foundation.search.models import Reading, Source
from heard.foundation.search.queries.walking import Found, run
from heard.foundation.search.rules import plain
from heard.plumbing.ids import time_of
from heard.plumbing.text import excerpt

LONGEST_TITLE = 90


@dataclass(frozen=True, slots=True)
class Message:
    """A reply, or a thread, which alone has a headline, a kind and a community."""

    id: int
    author: Person
    html: str
    title: str = ""
    excerpt: str = ""
    kind: str = "reply"
    community: str = ""
    slug: str = ""

    @property
    def said_at(self) -> datetime:
        """When it was said, read off the id."""
        return time_of(self.id)

    @property
    def headline(self) -> str:
        """The headline of a thread, or the beginning of its words."""
        return self.title or excerpt(self.excerpt, LONGEST_TITLE)


@dataclass(frozen=True, slots=True)
class Said:
    """A text that was found, before anything in it is marked."""

    found: Found
    title: str
    text: str
    thread: Message
    message: Message
    file: Attachment | None = None
    unread_because: str = ""


def said(found: Collection[Found]) -> list[Said]:
    """The texts of these documents, in their order; what has gone meanwhile is left out."""
    threads = threads_of({one.thread for one in found}) if found else {}
    files = of_kind(found, Source.FILE)
    attachments = {row.pk: row for row in Attachment.objects.filter(pk__in=files)} if files else {}
    readings = {row.attachment: row for row in Reading.objects.filter(pk__in=files)} if files else {}
    wanted = of_kind(found, Source.REPLY) | {row.reply_id for row in attachments.values() if row.reply_id}
    replies = replies_of(wanted) if wanted else {}
    told = []
    for one in found:
        thread = threads.get(one.thread)
        reply, file = replies.get(one.source), attachments.get(one.source)
        if thread is None:
            continue
        if one.kind == Source.THREAD:
            told.append(Said(one, thread.title, plain(thread.html), thread, thread))
        elif one.kind == Source.REPLY and reply:
            told.append(Said(one, thread.headline, plain(reply.html), thread, reply))
        elif one.kind == Source.FILE and file and (message := replies.get(file.reply_id) if file.reply_id else thread):
            reading = readings.get(one.source)
            text = f"{file.description}\n{reading.text if reading else ''}".strip()
            told.append(Said(one, file.name, text, thread, message, file, reading.why_not if reading else ""))
    return told


def of_kind(found: Collection[Found], kind: Source) -> set[int]:
    """The sources of one kind among these."""
    return {one.source for one in found if one.kind == kind}


def threads_of(ids: Iterable[int]) -> dict[int, Message]:
    """Threads by their ids."""
    rows = run(f"""
        SELECT t.id, p.id, p.name, p.handle, p.picture, t.html, t.title, t.excerpt, t.kind, c.name, c.slug
        FROM conversation_thread t JOIN people_person p ON p.id = t.author_id
        JOIN communities_community c ON c.id = t.community_id WHERE t.id IN ({listing(ids)})
    """)
    return {row[0]: message(*row) for row in rows}


def replies_of(ids: Iterable[int]) -> dict[int, Message]:
    """Replies by their ids."""
    rows = run(f"""
        SELECT r.id, p.id, p.name, p.handle, p.picture, r.html
        FROM conversation_reply r JOIN people_person p ON p.id = r.author_id WHERE r.id IN ({listing(ids)})
    """)
    return {row[0]: message(*row) for row in rows}


def message(pk: int, author: int, name: str, handle: str, picture: str, *rest: str) -> Message:
    """One row of either query."""
    return Message(pk, somebody(author, name, handle, picture), *rest)


def listing(ids: Iterable[int]) -> str:
    """Ids as SQL lists them."""
    return ", ".join(str(int(pk)) for pk in ids) or "NULL"
