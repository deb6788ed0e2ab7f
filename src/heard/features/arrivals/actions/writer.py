"""The writer that knows the database: takes a stream of records in batches, each one short transaction."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from heard.features.arrivals.actions.communities import Communities
from heard.features.arrivals.actions.known import Known
from heard.features.arrivals.actions.messages import EXCERPT, Message, Messages
from heard.features.arrivals.actions.people import People
from heard.features.arrivals.actions.referring import Referring
from heard.features.arrivals.actions.saying import Saying
from heard.features.arrivals.actions.tally import Tally
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.records import (
    CommunityRecord,
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
from heard.features.arrivals.models import Arrived, Run
from heard.foundation.conversation.actions import attach
from heard.foundation.conversation.models import Reply, Thread
from heard.foundation.people.models import Person
from heard.plumbing.files import check_size
from heard.plumbing.refusals import Refusal

_FIRST_SIZE, _LEAST, _MOST = 60, 30, 800
# Seconds for which a batch should hold the write lock: so short that people go on posting.
_LONG, _SHORT = 0.1, 0.05


@dataclass(slots=True)
class Batch:
    """Records that are written together."""

    people: list[PersonRecord] = field(default_factory=list)
    communities: list[CommunityRecord] = field(default_factory=list)
    memberships: list[MembershipRecord] = field(default_factory=list)
    said: list[ThreadRecord | ReplyRecord | ReactionRecord | FileRecord] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.people) + len(self.communities) + len(self.memberships) + len(self.said)


class Writer:
    """Brings one stream in. Whatever was written before is left alone, so it may be stopped and begun again."""

    def __init__(self, run: Run, archive: Archive, progress: Callable[[int], None] = lambda _done: None) -> None:
        if run.place is None:
            raise ValueError("A run that writes must know its place.")
        self.run, self.archive, self.progress = run, archive, progress
        self.tally = Tally()
        self.held = self.longest_held = 0.0
        now = run.started_at or timezone.now()
        self.known = Known(run.place, run)
        self.referring = Referring(self.known)
        self.people = People(self.known, self.tally, now)
        self.communities = Communities(self.known, self.referring, self.tally, now)
        self.messages = Messages(self.known, self.referring, self.tally)
        self.saying = Saying(self.known, self.tally)
        self.size = _FIRST_SIZE
        self.made: list[int] = []

    def write(self, records: Iterable[Record]) -> None:
        """Writes everything, then what could only be known at the end."""
        self.known.load()
        for batch in self._batches(records):
            self._write(batch)
        self._write_bosses()
        self._write_late_references()
        with transaction.atomic():
            self.communities.give_tenders(self.made)

    def _batches(self, records: Iterable[Record]) -> Iterator[Batch]:
        """Parts of the stream; what hangs on a message is never parted from it."""
        batch = Batch()
        for record in records:
            is_full = len(batch) >= self.size and not isinstance(record, ReactionRecord | FileRecord)
            if is_full:
                yield batch
                batch = Batch()
            match record:
                case Skipped() | Noted():
                    self.tally.add(record)
                case PersonRecord():
                    batch.people.append(record)
                case CommunityRecord():
                    batch.communities.append(record)
                case MembershipRecord():
                    batch.memberships.append(record)
                case _:
                    batch.said.append(record)
        yield batch

    def _write(self, batch: Batch) -> None:
        if batch.people:
            newcomers = self.people.prepare(batch.people)
            with self._held():
                Arrived.objects.bulk_create(self.people.write(newcomers))
            self.people.count(newcomers)
        if batch.communities:
            communities = self.communities.prepare(batch.communities)
            with self._held():
                Arrived.objects.bulk_create(self.communities.write(communities))
            self.communities.count(communities)
            self.made += [community.pk for _record, community in communities.values()]
        if batch.memberships:
            with self._held():
                arrived, came = self.communities.write_memberships(batch.memberships)
                Arrived.objects.bulk_create(arrived)
            for record in came:
                self.tally.add(record)
        if batch.said:
            self._write_said(batch)
        self._fit()
        self.progress(len(batch))

    def _write_said(self, batch: Batch) -> None:
        messages = self.messages.prepare(batch.said)
        self._store_files(messages)
        settled = self.saying.settle(messages)
        with self._held():
            self.saying.write(settled)
            Run.objects.filter(pk=self.run.pk).update(counts=self.tally.as_json(), moved_at=timezone.now())
        self.saying.count(messages)

    def _store_files(self, messages: list[Message]) -> None:
        """Takes in the files that the archive holds; what is refused stays as a name."""
        for message in messages:
            for file in message.files:
                if file.member:
                    try:
                        check_size(file.size)
                        upload = SimpleUploadedFile(file.name, b"".join(self.archive.chunks(file.member)))
                        message.stored[file.key] = attach(upload, by=Person.objects.get(pk=message.row.author_id))
                    except Refusal as refusal:
                        self.tally.note(str(refusal), file.where)

    def _write_bosses(self) -> None:
        pairs = self.people.write_bosses()
        for start in range(0, len(pairs), _MOST):
            with self._held():
                for person, boss in pairs[start : start + _MOST]:
                    Person.objects.filter(pk=person, manager=None).update(manager=boss)

    def _write_late_references(self) -> None:
        """References to messages that came after the words that refer to them."""
        waiting, self.saying.waiting = self.saying.waiting, []
        for start in range(0, len(waiting), _FIRST_SIZE):
            part = waiting[start : start + _FIRST_SIZE]
            said = self.known.said({key for late in part for key in self.referring.messages_in(late.text)})
            written = [(late, self.referring.written(late.text, said)) for late in part]
            with self._held():
                for late, now in written:
                    row = (Thread if late.id == late.thread_id else Reply).objects.filter(pk=late.id)
                    row.filter(source=late.source, deleted_at=None).update(
                        source=now.source, html=now.rendered.html, excerpt=now.rendered.excerpt(EXCERPT)
                    )

    @contextmanager
    def _held(self) -> Iterator[None]:
        """One transaction, and how long it kept others from writing."""
        with transaction.atomic():
            began = monotonic()
            yield
        self.held = monotonic() - began
        self.longest_held = max(self.longest_held, self.held)

    def _fit(self) -> None:
        """The next batch is smaller or larger, by how long this one held the lock."""
        if self.held > _LONG:
            self.size = max(_LEAST, self.size // 2)
        elif self.held < _SHORT:
            self.size = min(_MOST, self.size + self.size // 2)
