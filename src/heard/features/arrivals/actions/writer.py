"""The writer that knows the database: takes a stream of records in batches, each one short transaction."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from heard.features.arrivals.actions import batches
from heard.features.arrivals.actions.batches import Batch, Pace
from heard.features.arrivals.actions.communities import Communities
from heard.features.arrivals.actions.drafts import Message
from heard.features.arrivals.actions.holding import Holding
from heard.features.arrivals.actions.known import Known
from heard.features.arrivals.actions.messages import Messages, Prepared, Renderers
from heard.features.arrivals.actions.people import People
from heard.features.arrivals.actions.referring import EXCERPT, Referring, render_all
from heard.features.arrivals.actions.saying import Saying
from heard.features.arrivals.actions.tally import Tally
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.records import Record
from heard.features.arrivals.models import Arrived, Run
from heard.foundation.communities.models import Community
from heard.foundation.conversation.actions import attach
from heard.foundation.conversation.models import Reply, Thread
from heard.foundation.people.models import Person
from heard.plumbing.beside import Beside
from heard.plumbing.files import check_size
from heard.plumbing.refusals import Refusal
from heard.plumbing.rows import insert_rows

_AT_ONCE = 100


class Writer:
    """Brings one stream in. Whatever was written before is left alone, so it may be stopped and begun again."""

    def __init__(
        self,
        run: Run,
        archive: Archive,
        progress: Callable[[int], None] = lambda _done: None,
        *,
        into: Community | None = None,
        renderers: Renderers | None = None,
    ) -> None:
        if run.place is None:
            raise ValueError("A run that writes must know its place.")
        self.run, self.archive, self.progress = run, archive, progress
        self.tally, self.pace = Tally(), Pace()
        now = run.started_at or timezone.now()
        self.known = Known(run.place, run)
        self.referring = Referring(self.known)
        self.people = People(self.known, self.tally, now)
        self.communities = Communities(self.known, self.referring, self.tally, now, into)
        narrowed = self.communities.doors.narrowed
        renderers = renderers or Beside(render_all, 0)
        self.messages = Messages(self.known, self.referring, self.tally, renderers, Holding(self.known, narrowed))
        self.saying = Saying(self.known, self.tally)
        self.made: list[int] = []
        self.rendering: Prepared | None = None

    def write(self, records: Iterable[Record]) -> None:
        """Writes everything, then what could only be known at the end."""
        self.known.load()
        for batch in batches.batches(records, self.pace, self.tally):
            self._write(batch)
            self.progress(len(batch))
        self._write_rendered()
        self._write_managers()
        self._write_late_references()
        with self._held():
            self.communities.give_tenders(self.made)

    def _write(self, batch: Batch) -> None:
        if batch.people or batch.communities or batch.memberships or self.messages.knows(batch.said):
            self._write_rendered()
        if batch.people:
            newcomers = self.people.prepare(batch.people)
            with self._held():
                insert_rows(Arrived, self.people.write(newcomers))
            self.people.count(newcomers)
        if batch.communities:
            communities = self.communities.prepare(batch.communities)
            with self._held():
                insert_rows(Arrived, self.communities.write(communities))
            self.communities.count(communities)
            self.made += [community.pk for _record, community in communities.values()]
        if batch.memberships:
            with self._held():
                arrived, came = self.communities.write_memberships(batch.memberships)
                insert_rows(Arrived, arrived)
            for record in came:
                self.tally.add(record)
        if batch.said:
            prepared = self.messages.prepare(batch.said)
            before, self.rendering = self.rendering, prepared
            if before is not None:
                self.messages.finish_rendering(before)
            self.messages.begin_rendering(prepared)
            if before is not None:
                self._say(before)

    def _write_rendered(self) -> None:
        """Writes the batch that others were rendering while the one before it was written."""
        before, self.rendering = self.rendering, None
        if before is not None:
            self.messages.finish_rendering(before)
            self._say(before)

    def _say(self, prepared: Prepared) -> None:
        self._store_files(prepared.messages)
        settled = self.saying.settle(prepared.messages, prepared.late)
        with self._held():
            self.saying.write(settled)
        self.saying.count(settled)

    @contextmanager
    def _held(self) -> Iterator[None]:
        """One short transaction, which also says how far the run is."""
        with self.pace.held():
            yield
            Run.objects.filter(pk=self.run.pk).update(counts=self.tally.as_json(), moved_at=timezone.now())

    def _store_files(self, messages: list[Message]) -> None:
        """Takes in the files that the archive holds; what is refused stays as a name."""
        for message in messages:
            for file in message.files:
                if file.member:
                    try:
                        check_size(self.archive.size_of(file.member))
                        upload = SimpleUploadedFile(file.name, b"".join(self.archive.chunks(file.member)))
                        message.stored[file.key] = attach(upload, by=Person.objects.get(pk=message.row.author_id))
                    except Refusal as refusal:
                        self.tally.note(str(refusal), file.where)

    def _write_managers(self) -> None:
        pairs = self.people.managers.pairs()
        for start in range(0, len(pairs), _AT_ONCE):
            with self._held():
                for person, boss in pairs[start : start + _AT_ONCE]:
                    Person.objects.filter(pk=person, manager=None).update(manager=boss)

    def _write_late_references(self) -> None:
        """References to messages that came after the words that refer to them."""
        waiting, self.saying.waiting = self.saying.waiting, []
        for start in range(0, len(waiting), _AT_ONCE):
            part = waiting[start : start + _AT_ONCE]
            said = self.known.said({key for late in part for key in self.referring.messages_in(late.text)})
            written = [(late, self.referring.written(late.text, said)) for late in part]
            with self._held():
                for late, now in written:
                    row = (Thread if late.id == late.thread_id else Reply).objects.filter(pk=late.id)
                    row.filter(source=late.source, deleted_at=None).update(
                        source=now.source, html=now.rendered.html, excerpt=now.rendered.excerpt(EXCERPT)
                    )
