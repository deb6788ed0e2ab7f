"""What people corrected after they had said it, with what it said before."""

from datetime import timedelta

from heard.demo.conversing import Said
from heard.foundation.conversation.models import Revision, Thread
from heard.foundation.people.queries import Links
from heard.plumbing.text import render

CORRECTED = (
    ("Peak plan for Wakefield", "| 5 | 24 | 18–21 |", "| 5 | 20 | 18–21 |", timedelta(minutes=50)),
    ("We stopped checking every parcel", "**−44 %**", "**−34 %**", timedelta(minutes=25)),
    ("The toilet count", "none for women: 4", "none for women: 3", timedelta(hours=3)),
)
"""How a thread begins, what it says now, what it said first, and how long after that was put right."""


def correct_words(said: Said) -> None:
    """Gives threads that are already written their first version, and the time of the correction."""
    for title, now, first, after in CORRECTED:
        thread = next(thread for thread in said.threads if thread.title.startswith(title))
        before = thread.source.replace(now, first)
        thread.edited_at = thread.created_at + after
        thread.version += 1
        Revision.objects.create(
            thread=thread,
            title=thread.title,
            source=before,
            html=render(before, link=Links()).html,
            edited_by=thread.author,
            edited_at=thread.edited_at,
        )
        Thread.objects.filter(pk=thread.pk).update(edited_at=thread.edited_at, version=thread.version)
