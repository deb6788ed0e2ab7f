"""Counts what comes, what stays behind and what is changed on the way, each reason with its places."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from heard.features.arrivals.formats.records import (
    CommunityRecord,
    CountRecord,
    FileRecord,
    MembershipRecord,
    Noted,
    PersonRecord,
    ReactionRecord,
    Record,
    ReplyRecord,
    Skipped,
    ThreadRecord,
)

_NAMES: dict[type, str] = {
    PersonRecord: "people",
    CommunityRecord: "communities",
    MembershipRecord: "memberships",
    ThreadRecord: "threads",
    ReplyRecord: "replies",
    ReactionRecord: "reactions",
    FileRecord: "files",
}
COUNTED = tuple(_NAMES.values())
MOST_PLACES = 200


@dataclass(slots=True)
class Tally:
    """Threads, replies and what was skipped add up to the messages of an archive, rows of a table likewise."""

    came: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    noted: Counter[str] = field(default_factory=Counter)
    places: dict[str, list[str]] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        """Takes one record in."""
        if isinstance(record, Skipped):
            self.skip(record.reason, record.where, record.count)
        elif isinstance(record, Noted):
            self.note(record.reason, record.where, record.count)
        elif isinstance(record, CountRecord):
            self.came["reactions"] += record.count
        elif not (isinstance(record, ThreadRecord | ReplyRecord) and record.is_newer) and not (
            isinstance(record, ThreadRecord) and record.is_stand_in
        ):
            self.came[_NAMES[type(record)]] += 1

    def skip(self, reason: str, where: str, count: int = 1) -> None:
        """Something stayed behind."""
        self.skipped[reason] += count
        self._remember(reason, where)

    def note(self, reason: str, where: str, count: int = 1) -> None:
        """Something came changed, or was no message."""
        self.noted[reason] += count
        self._remember(reason, where)

    def as_json(self, *, with_places: bool = False) -> dict[str, Any]:
        """The counts by name; with places, up to 200 of them for each reason."""
        counts: dict[str, Any] = {name: self.came[name] for name in COUNTED}
        counts |= {"skipped": dict(self.skipped), "noted": dict(self.noted)}
        return counts | ({"places": self.places} if with_places else {})

    def _remember(self, reason: str, where: str) -> None:
        places = self.places.setdefault(reason, [])
        if len(places) < MOST_PLACES:
            places.append(where)
