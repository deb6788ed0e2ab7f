"""Conversations that came when more people could read them: nothing new of them is brought to those people."""

from collections.abc import Collection, Iterable, Mapping

from heard.features.arrivals.actions.drafts import MessageRecord
from heard.features.arrivals.actions.known import Known, Said
from heard.features.arrivals.formats.records import ThreadRecord
from heard.foundation.conversation.models import Thread


class Holding:
    """Knows which messages stay as they are; `narrowed` are the keys of communities that fewer can see by now."""

    def __init__(self, known: Known, narrowed: Collection[str]) -> None:
        self.known, self.narrowed = known, narrowed
        self.held: set[str] = set()

    def look(self, records: Iterable[MessageRecord], said: Mapping[str, Said]) -> None:
        """Takes in the messages of a batch, threads before what belongs to them."""
        if not self.narrowed:
            return
        listed = list(records)
        threads = {
            said[one.key].id: one
            for one in listed
            if isinstance(one, ThreadRecord) and one.community_key in self.narrowed and one.key in said
        }
        for pk, community in Thread.objects.filter(pk__in=threads).values_list("pk", "community"):
            if community != self.known.communities.get(threads[pk].community_key):
                self.held.add(threads[pk].key)
        self.held.update(one.key for one in listed if not isinstance(one, ThreadRecord) and one.thread_key in self.held)

    def __contains__(self, key: str) -> bool:
        return key in self.held
