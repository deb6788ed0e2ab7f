"""What of an archive is here already: asked by key while it is read through, so that a forecast can say so."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from heard.features.arrivals.actions.addresses import Addresses
from heard.features.arrivals.actions.doors import Doors
from heard.features.arrivals.actions.drafts import MessageRecord, fingerprint
from heard.features.arrivals.actions.known import Known, Said, Whom
from heard.features.arrivals.actions.tally import Tally
from heard.features.arrivals.formats import Format, reasons
from heard.features.arrivals.formats.records import (
    CommunityRecord,
    MembershipRecord,
    PersonRecord,
    Record,
    ReplyRecord,
    ThreadRecord,
)
from heard.features.arrivals.models import Arrived, Place, Run, Sort
from heard.foundation.conversation.models import Reply, Thread

_AT_ONCE = 500
_MOST_PLACES = 20
# Between two exports of one message: some write seconds, and others only minutes.
_NEAR = timedelta(minutes=1)


def is_same_message(record: MessageRecord, whom: Whom | None, author: int, said_at: datetime) -> bool:
    """Whether what a key stands for here was said by the same person at the same time, so that it may be changed."""
    return whom is not None and whom.id == author and abs(said_at - record.said_at) < _NEAR


class Comparison:
    """Reads along, and finds the place that an archive is of.

    Some exports name no place, or one that others share. Where most of the numbers that are here stand for something
    else, said by others at other times, an archive is of a place of its own; so is an export that holds everything of
    somewhere, and nothing of what is here.
    """

    def __init__(self, kind: Format, name: str) -> None:
        self.kind, self.name = kind, name[:180]
        called = Place.objects.filter(Q(name=self.name) | Q(name__startswith=f"{self.name} #"), format=kind.name)
        self.places = [_Against(place, is_met=not kind.is_whole) for place in called.order_by("pk")[:_MOST_PLACES]]
        self.addresses = Addresses()
        self.shared: list[str] = []

    def reading(self, records: Iterator[Record]) -> Iterator[Record]:
        """The whole stream as it is, of which only a part may be wanted: a whole export holds what came before."""
        if not self.kind.is_whole or not self.places:
            return records
        return self._reading(records)

    def _reading(self, records: Iterator[Record]) -> Iterator[Record]:
        keys: set[str] = set()
        for record in records:
            if isinstance(record, ThreadRecord | ReplyRecord):
                keys.add(record.key)
            if len(keys) >= _AT_ONCE:
                self._meet(keys)
                keys = set()
            yield record
        self._meet(keys)
        for place in self.places:
            place.is_met = place.is_met or not place.has_messages()

    def _meet(self, keys: set[str]) -> None:
        for place in self.places:
            place.is_met = place.is_met or bool(place.known.said(keys))

    def look(self, record: Record) -> None:
        """Takes one record in."""
        if isinstance(record, PersonRecord) and not self.kind.is_about_people:
            first = self.addresses.shared_with(record)
            if first is not None:
                self.shared.append(self.addresses.both_places(record, first))
        for place in self.places:
            place.look(record)

    def settle(self, tally: Tally) -> tuple[str, dict[str, int]]:
        """The name of the place, and how many messages are new, changed and the same; notes what else is to know."""
        for where in self.shared:
            tally.note(reasons.SAME_ADDRESS, where)
        for place in self.places:
            place.ask()
        found = next((place for place in self.places if place.may_be_it), None)
        if found is None:
            return f"{self.name} #{len(self.places) + 1}" if self.places else self.name, {}
        tally.noted.update(found.tally.noted)
        for reason, places in found.tally.places.items():
            tally.places.setdefault(reason, []).extend(places)
        return found.place.name, dict(found.counts)


class _Against:
    """What an archive would meet in one place."""

    def __init__(self, place: Place, *, is_met: bool) -> None:
        self.place, self.tally, self.is_met = place, Tally(), is_met
        self.known = Known(place, Run())
        self.known.load()
        self.doors = Doors(self.known, self.tally)
        self.counts: Counter[str] = Counter(new=0, changed=0, same=0)
        self.others = 0
        self.waiting: list[MessageRecord] = []

    @property
    def may_be_it(self) -> bool:
        return self.is_met and self.others <= self.counts["changed"] + self.counts["same"]

    def has_messages(self) -> bool:
        """Whether anything that was said there is here."""
        return Arrived.objects.filter(place=self.place, sort__in=(Sort.THREAD, Sort.REPLY)).exists()

    def look(self, record: Record) -> None:
        match record:
            case CommunityRecord():
                self.doors.settle(record)
            case MembershipRecord() if record.community_key in self.doors.widened:
                self.tally.note(reasons.MEMBER_OF_WIDER, record.where)
            case PersonRecord() if not self.known.is_conversation:
                self.counts["same" if record.key in self.known.people else "new"] += 1
            case ThreadRecord() | ReplyRecord():
                if not record.is_newer and not (isinstance(record, ThreadRecord) and record.is_stand_in):
                    self.waiting.append(record)
                if len(self.waiting) >= _AT_ONCE:
                    self.ask()

    def ask(self) -> None:
        waiting, self.waiting = self.waiting, []
        said = self.known.said({record.key for record in waiting})
        else_said = [one for one in waiting if one.key in said and _is_else(one, said[one.key])]
        here = _here([said[record.key].id for record in else_said])
        for record in else_said:
            author, said_at = here.get(said[record.key].id, (0, record.said_at))
            if is_same_message(record, self.known.people.get(record.author_key), author, said_at):
                self.counts["changed"] += 1
            else:
                self.others += 1
                self.tally.note(reasons.ANOTHER_MESSAGE, record.where)
        known = sum(record.key in said for record in waiting)
        self.counts["same"] += known - len(else_said)
        self.counts["new"] += len(waiting) - known


def _is_else(record: MessageRecord, before: Said) -> bool:
    return before.words not in (0, fingerprint(record))


def _here(ids: list[int]) -> dict[int, tuple[int, datetime]]:
    found: dict[int, tuple[int, datetime]] = {}
    for model in (Thread, Reply):
        rows = model.objects.filter(pk__in=ids).values_list("pk", "author_id", "created_at")
        found |= {pk: (author, said_at) for pk, author, said_at in rows}
    return found
