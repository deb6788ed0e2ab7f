"""Counts what comes, what stays behind and what is changed on the way, each reason with its places."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from heard.features.arrivals.formats import reasons
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
MOST_COMMUNITIES = 3000


@dataclass(slots=True)
class Tally:
    """Threads, replies and what was skipped add up to the messages of an archive, rows of a table likewise."""

    came: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    noted: Counter[str] = field(default_factory=Counter)
    places: dict[str, list[str]] = field(default_factory=dict)
    communities: dict[str, list[Any]] = field(default_factory=dict)
    letters: int = 0
    bytes: int = 0
    first: datetime | None = None
    last: datetime | None = None
    known_as: set[str] = field(default_factory=set)
    managers: list[tuple[str, str, str]] = field(default_factory=list)

    def weigh(self, record: Record) -> None:
        """Takes in what only a forecast needs: how much there is, of when, and in which communities."""
        if isinstance(record, CommunityRecord):
            if len(self.communities) < MOST_COMMUNITIES:
                self.communities[record.key] = [record.name[:200], record.access, 0]
        elif isinstance(record, FileRecord):
            self.bytes += record.size if record.member else 0
        elif isinstance(record, PersonRecord):
            self.known_as.update(name for name in (record.key, record.email) if name)
            if record.manager_key or record.manager_email:
                self.managers.append((record.manager_key, record.manager_email, record.where))
        elif isinstance(record, ThreadRecord | ReplyRecord):
            self.letters += len(record.text)
            if isinstance(record, ThreadRecord) and record.community_key in self.communities:
                self.communities[record.community_key][2] += 1
            if not (isinstance(record, ThreadRecord) and record.is_stand_in):
                self.first = min(self.first or record.said_at, record.said_at)
                self.last = max(self.last or record.said_at, record.said_at)

    @property
    def megabytes(self) -> int:
        """What it will take on the disk, about: words three times over (as written, as shown, found), rows, files."""
        rows = 900 * (self.came["threads"] + self.came["replies"]) + 200 * self.came["reactions"]
        return 1 + (3 * self.letters + rows + 3000 * self.came["people"] + 5 * self.bytes // 4) // 1_000_000

    def add(self, record: Record) -> None:
        """Takes one record in."""
        if isinstance(record, Skipped):
            self.skip(record.reason, record.where, record.count)
        elif isinstance(record, Noted):
            self.note(record.reason, record.where, record.count)
        elif isinstance(record, CountRecord):
            self.came["reactions"] += record.count
        elif isinstance(record, FileRecord) and not record.member:
            self.note(reasons.FILE_MISSING, record.where)
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

    def as_forecast(self, seconds: float) -> dict[str, Any]:
        """The counts with places, and what somebody wants to know before they say yes; `seconds` took the reading."""
        messages = self.came["threads"] + self.came["replies"]
        return self.as_json(with_places=True) | {
            "communities_there": [[key, *rest] for key, rest in self.communities.items()],
            "megabytes": self.megabytes,
            "seconds": round(max(3 * seconds, messages / 1500, self.came["people"] / 300)),
            "first": self.first.date().isoformat() if self.first else "",
            "last": self.last.date().isoformat() if self.last else "",
        }

    def _remember(self, reason: str, where: str) -> None:
        places = self.places.setdefault(reason, [])
        if len(places) < MOST_PLACES:
            places.append(where)
