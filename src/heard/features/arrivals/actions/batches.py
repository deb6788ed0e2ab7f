"""Parts of a stream that are written together, and how large they may be so that others go on writing."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic

from django.db import connection, transaction

from heard.features.arrivals.actions.tally import Tally
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

type Hanging = ReactionRecord | CountRecord | FileRecord
FIRST_SIZE, LEAST, MOST = 60, 20, 400
# Seconds for which a batch should hold the write lock: so few that on a busy machine nobody waits for long either.
LONG, SHORT = 0.06, 0.03
# Where rows are locked and not the database, nobody waits for a batch.
PATIENCE = {"postgresql": 5}
# A person is several rows: the words they are found by, and their unit.
PERSON_WEIGHS = 4


@dataclass(slots=True)
class Batch:
    """Records that are written together."""

    people: list[PersonRecord] = field(default_factory=list)
    communities: list[CommunityRecord] = field(default_factory=list)
    memberships: list[MembershipRecord] = field(default_factory=list)
    said: list[ThreadRecord | ReplyRecord | Hanging] = field(default_factory=list)

    def __len__(self) -> int:
        return PERSON_WEIGHS * len(self.people) + len(self.communities) + len(self.memberships) + len(self.said)


class Pace:
    """Measures how long each transaction keeps others from writing, and fits the size of batches to it."""

    def __init__(self) -> None:
        self.size = FIRST_SIZE
        self.longest = self.latest = 0.0
        self.patience = PATIENCE.get(connection.vendor, 1)

    @contextmanager
    def held(self) -> Iterator[None]:
        """One transaction, timed from when it has the lock to when it lets go."""
        with transaction.atomic():
            began = monotonic()
            yield
        self.latest = monotonic() - began
        self.longest = max(self.longest, self.latest)
        if self.latest > LONG * self.patience:
            self.size = max(LEAST, self.size // 2)
        elif self.latest < SHORT * self.patience:
            self.size = min(MOST, self.size + self.size // 2)


def batches(records: Iterable[Record], pace: Pace, tally: Tally) -> Iterator[Batch]:
    """Parts of the stream; what hangs on a message is never parted from it. What stays behind is counted."""
    batch = Batch()
    for record in records:
        if len(batch) >= pace.size and not isinstance(record, ReactionRecord | CountRecord | FileRecord):
            yield batch
            batch = Batch()
        match record:
            case Skipped() | Noted():
                tally.add(record)
            case PersonRecord():
                batch.people.append(record)
            case CommunityRecord():
                batch.communities.append(record)
            case MembershipRecord():
                batch.memberships.append(record)
            case _:
                batch.said.append(record)
    yield batch
