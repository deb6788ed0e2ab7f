"""What was found as it is shown: where it stands, who said it, and the words round the match, marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from heard.foundation.people.models import Person
from heard.foundation.search.models import Source
from heard.foundation.search.queries.marking import headline, passage
from heard.foundation.search.queries.texts import Said
from heard.foundation.search.rules import WHY_NOT, Term


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


def hits(told: Sequence[Said], terms: Sequence[Term]) -> list[Hit]:
    """These texts as they are shown."""
    return [hit(one, terms) for one in told]


def hit(one: Said, terms: Sequence[Term]) -> Hit:
    """One text as it is shown; what has no headline is shown by its words alone."""
    thread, message = one.thread, one.message
    at = f"/threads/{thread.id}/"
    if message is not thread:
        at = f"/threads/{thread.id}/{message.id}/#r{message.id}"
    return Hit(
        id=one.found.id,
        kind="file" if one.file else message.kind,
        url=at,
        title=headline(one.title, terms),
        passage=passage(one.text, terms),
        author=message.author,
        community=thread.community,
        slug=thread.slug,
        said_at=message.said_at,
        reply_count=one.found.reply_count if one.found.kind == Source.THREAD else 0,
        stage=one.found.stage,
        size=one.file.size if one.file else None,
        unread_because=str(WHY_NOT.get(one.unread_because, "")),
    )
