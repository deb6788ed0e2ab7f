"""First messages, and what stood in for them while they were missing: one thread, whichever came first."""

from collections.abc import Iterable, Mapping, MutableMapping

from heard.features.arrivals.actions.drafts import MessageRecord
from heard.features.arrivals.actions.known import Known, Said
from heard.features.arrivals.formats.records import ThreadRecord
from heard.features.arrivals.models import Arrived, Sort

_MARK = "/thread"


class StandIns:
    """Which threads of a place stand in for a message that was in no archive until now."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self._held: dict[str, Said] | None = None

    def look(self, records: Iterable[MessageRecord], said: MutableMapping[str, Said]) -> None:
        """Adds to `said` what stands here for the threads of `records` under the key of the other of the two."""
        for record in records:
            key = record.key if isinstance(record, ThreadRecord) else record.thread_key
            if key in said:
                continue
            if key.endswith(_MARK):
                found = self.known.said([first := key.removesuffix(_MARK)]).get(first)
            else:
                found = self.held.get(stand_in_of(key))
            if found is not None:
                said[key] = found

    def holds(self, key: str, said: Mapping[str, Said]) -> bool:
        """Whether what is here of the message with this key is the stand-in that held its place."""
        held = self.held.get(stand_in_of(key))
        return held is not None and key in said and said[key].id == held.id

    @property
    def held(self) -> dict[str, Said]:
        """The stand-ins of earlier archives; those of one archive are known to its format."""
        if self._held is None:
            rows = Arrived.objects.filter(place=self.known.place, sort=Sort.THREAD, key__endswith=_MARK)
            listed = rows.exclude(run=self.known.run).values_list("key", "target", "words")
            self._held = {key: Said(target, target, words) for key, target, words in listed}
        return self._held


def stand_in_of(key: str) -> str:
    """The key of what stands in for a message."""
    return key + _MARK
