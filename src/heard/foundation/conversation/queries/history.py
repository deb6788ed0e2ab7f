"""What a message said over time, and what each edit changed."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from heard.foundation.conversation.models import Reply, Revision, Thread
from heard.foundation.conversation.queries.messages import revisions
from heard.plumbing.text import Change, differences

LONGEST_HISTORY = 50


@dataclass(frozen=True, slots=True)
class Version:
    """What it said until then (None: until now), beside what it had said before."""

    until: datetime | None
    changes: list[Change]


def history(message: Thread | Reply) -> list[Version]:
    """The latest versions of a message, newest first; the first of all is one piece. Nothing of what is gone."""
    if message.is_gone:
        return []
    past = list(revisions(message)[:LONGEST_HISTORY])
    words = [whole(message), *map(whole, past)]
    until = [None, *(one.edited_at for one in past)]
    changes = [differences(before, after) for after, before in pairwise(words)]
    return [Version(*one) for one in zip(until, [*changes, [Change("same", words[-1])]], strict=True)]


def whole(said: Thread | Reply | Revision) -> str:
    """Headline and words as they were typed."""
    return "\n\n".join(filter(None, [getattr(said, "title", ""), said.source]))
