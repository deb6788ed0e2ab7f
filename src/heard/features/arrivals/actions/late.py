"""Reactions to messages that came with an earlier archive: those that are new are added, and counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from heard.features.arrivals.actions.known import Said
from heard.features.arrivals.formats.records import ReactionRecord
from heard.foundation.conversation.actions.reacting import summarise
from heard.foundation.conversation.models import Reaction, Reply, Thread
from heard.plumbing.ids import time_of
from heard.plumbing.rows import Rows, ready_rows


@dataclass(frozen=True, slots=True)
class LateReactions:
    """Their rows, their records, and the messages (by id and thread) whose counts they change."""

    rows: Rows
    records: list[ReactionRecord]
    messages: set[tuple[int, int]]


def late_reactions(found: Iterable[tuple[Said, int, ReactionRecord]]) -> LateReactions:
    """Those that are not here yet."""
    wanted = {(said.id, said.thread_id, person, record.emoji): record for said, person, record in found}
    if not wanted:
        return LateReactions(Rows("", []), [], set())
    messages = {key[:2] for key in wanted}
    threads = [pk for pk, thread in messages if pk == thread]
    replies = [pk for pk, thread in messages if pk != thread]
    columns = ("thread_id", "reply_id", "person_id", "emoji")
    there = {
        (reply or thread, thread, person, emoji)
        for rows in (
            Reaction.objects.filter(thread__in=threads, reply=None),
            Reaction.objects.filter(reply__in=replies),
        )
        for thread, reply, person, emoji in rows.values_list(*columns)
    }
    fresh = {key: record for key, record in wanted.items() if key not in there}
    rows = [
        {
            "thread_id": thread,
            "reply_id": None if pk == thread else pk,
            "person_id": person,
            "emoji": emoji,
            "reacted_at": record.reacted_at or time_of(pk),
        }
        for (pk, thread, person, emoji), record in fresh.items()
    ]
    return LateReactions(ready_rows(Reaction, rows, or_ignore=True), list(fresh.values()), {key[:2] for key in fresh})


def count_late_reactions(late: LateReactions) -> None:
    """Counts anew what pages show of the messages concerned."""
    for pk, thread in sorted(late.messages):
        for message in (Thread if pk == thread else Reply).objects.filter(pk=pk):
            summarise(message)
