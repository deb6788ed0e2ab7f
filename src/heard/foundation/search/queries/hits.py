"""What was found as it is shown: where it stands, who said it, and the words round the match, marked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from heard.foundation.conversation.models import Attachment, Reply, Thread
from heard.foundation.people.models import Person
from heard.foundation.search.models import Reading, Source
from heard.foundation.search.queries.marking import headline, passage
from heard.foundation.search.queries.walking import Found
from heard.foundation.search.rules import WHY_NOT, Term, plain
from heard.plumbing.text import excerpt

LONGEST_TITLE = 90


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found. `kind` is one of `rules.KINDS`; `size` is that of a file, else nothing."""

    id: int
    kind: str
    url: str
    title: SafeString
    passage: SafeString
    author: Person
    community: str
    slug: str
    said_at: datetime
    reply_count: int
    stage: int
    size: int | None = None
    unread_because: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A text that was found, before anything in it is marked."""

    found: Found
    title: str
    text: str
    thread: Thread
    message: Thread | Reply
    file: Attachment | None = None
    unread_because: str = ""


def said(found: Collection[Found]) -> list[Said]:
    """The texts of these documents, in their order, in four queries; what has gone meanwhile is left out."""
    threads = {
        row.pk: row
        for row in Thread.objects.filter(pk__in={one.thread for one in found})
        .select_related("author", "community")
        .only("title", "html", "excerpt", "kind", "created_at", "author", "community__name", "community__slug")
    }
    files = of_kind(found, Source.FILE)
    attachments = {row.pk: row for row in Attachment.objects.filter(pk__in=files)} if files else {}
    readings = {row.attachment: row for row in Reading.objects.filter(pk__in=files)} if files else {}
    wanted = of_kind(found, Source.REPLY) | {row.reply_id for row in attachments.values() if row.reply_id}
    replies = {}
    if wanted:
        rows = Reply.objects.filter(pk__in=wanted).select_related("author")
        replies = {row.pk: row for row in rows.only("html", "created_at", "author", "thread_id")}
    told = []
    for one in found:
        thread = threads.get(one.thread)
        reply, file = replies.get(one.source), attachments.get(one.source)
        if thread is None:
            continue
        if one.kind == Source.THREAD:
            told.append(Said(one, thread.title, plain(thread.html), thread, thread))
        elif one.kind == Source.REPLY and reply:
            told.append(Said(one, title_of(thread), plain(reply.html), thread, reply))
        elif one.kind == Source.FILE and file and (message := replies.get(file.reply_id) if file.reply_id else thread):
            reading = readings.get(one.source)
            text = f"{file.description}\n{reading.text if reading else ''}".strip()
            told.append(Said(one, file.name, text, thread, message, file, reading.why_not if reading else ""))
    return told


def of_kind(found: Collection[Found], kind: Source) -> set[int]:
    """The sources of one kind among these."""
    return {one.source for one in found if one.kind == kind}


def title_of(thread: Thread) -> str:
    """The headline of a thread, or the beginning of its words."""
    return thread.title or excerpt(thread.excerpt, LONGEST_TITLE)


def hits(told: Sequence[Said], terms: Sequence[Term]) -> list[Hit]:
    """These texts as they are shown."""
    return [hit(one, terms) for one in told]


def hit(one: Said, terms: Sequence[Term]) -> Hit:
    """One text as it is shown; what has no headline is shown by its words alone."""
    thread, message = one.thread, one.message
    at = f"/threads/{thread.pk}/"
    if isinstance(message, Reply):
        at = f"/threads/{thread.pk}/{message.pk}/#r{message.pk}"
    kinds = {Source.THREAD: thread.kind, Source.REPLY: "reply", Source.FILE: "file"}
    return Hit(
        id=one.found.id,
        kind=kinds[Source(one.found.kind)],
        url=at,
        title=headline(one.title, terms),
        passage=passage(one.text, terms),
        author=message.author,
        community=thread.community.name,
        slug=thread.community.slug,
        said_at=message.created_at,
        reply_count=one.found.reply_count if one.found.kind == Source.THREAD else 0,
        stage=one.found.stage,
        size=one.file.size if one.file else None,
        unread_because=str(WHY_NOT.get(one.unread_because, "")),
    )
