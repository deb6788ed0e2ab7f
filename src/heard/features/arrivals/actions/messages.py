"""Threads and replies that come: made ready outside the transaction, so that it is short."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zlib import crc32

from django.utils.translation import gettext as _

from heard.features.arrivals.actions.batches import Hanging
from heard.features.arrivals.actions.comparing import is_same_message
from heard.features.arrivals.actions.drafts import Draft, Message, MessageRecord, fingerprint
from heard.features.arrivals.actions.holding import Holding
from heard.features.arrivals.actions.known import Known, Said
from heard.features.arrivals.actions.referring import Referring, Resolved
from heard.features.arrivals.actions.standing_in import StandIns, stand_in_of
from heard.features.arrivals.actions.tally import Tally
from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.records import CountRecord, FileRecord, ReactionRecord, ReplyRecord, ThreadRecord
from heard.foundation.conversation.models import Reply, Thread
from heard.plumbing.beside import Beside
from heard.plumbing.ids import timed_id
from heard.plumbing.text import Rendered

type LateReaction = tuple[Said, int, ReactionRecord]
type Renderers = Beside[tuple[str, dict[str, str]], Rendered]


@dataclass(slots=True)
class Prepared:
    """A batch of rows, the reactions that came late with it, and what waits for its rendering."""

    messages: list[Message]
    late: list[LateReaction]
    rendered: Callable[[], list[Rendered]] = list


class Messages:
    """Makes the rows of one batch after another: while one is rendered by others, the one before may be written."""

    def __init__(
        self, known: Known, referring: Referring, tally: Tally, renderers: Renderers, holding: Holding
    ) -> None:
        self.known, self.referring, self.tally, self.renderers = known, referring, tally, renderers
        self.holding, self.stand_ins = holding, StandIns(known)
        self.strange: set[str] = set()  # keys that stand for something else here
        self.coming: dict[str, Message] = {}  # the batch that was prepared last, and may not be written yet

    def knows(self, records: Iterable[MessageRecord | Hanging]) -> bool:
        """Whether some of `records` say again what came in the batch before, which must be written first."""
        return any(isinstance(it, ThreadRecord | ReplyRecord) and it.key in self.coming for it in records)

    def prepare(self, records: Iterable[MessageRecord | Hanging]) -> Prepared:
        """What of `records` is not here yet, and what says something else than what is here; not rendered yet."""
        listed = list(records)
        found = [record for record in listed if isinstance(record, ThreadRecord | ReplyRecord)]
        said = self.known.said(self._keys_in(found))
        self.stand_ins.look(found, said)
        self.holding.look(found, said)
        late: list[LateReaction] = []
        ids = self._ids([record for record in found if record.key not in said])
        batch: dict[str, Message] = {}
        for record in listed:
            if not isinstance(record, ThreadRecord | ReplyRecord):
                message = batch.get(record.message_key)
                if message is not None and not message.is_change:
                    self._hang(record, message)
                elif (
                    isinstance(record, ReactionRecord)
                    and record.message_key in said
                    and record.message_key not in self.holding
                ):
                    late += self._late(record, said[record.message_key])
            elif record.key in self.holding:
                self._hold(record, said)
            elif record.key in batch:
                self._rewrite(batch[record.key], record, said)
            elif isinstance(record, ThreadRecord) and not record.is_newer and self.stand_ins.holds(record.key, said):
                self._take_place(record, said, batch)
            elif record.key in said:
                self._again(record, said, batch)
            elif (message := self._new(record, ids[record.key], said)) is not None:
                batch[record.key] = message
                said[record.key] = _said(message)
        self.coming = batch
        self.known.remember_said({key: _said(message) for key, message in batch.items()})
        return Prepared(list(batch.values()), late)

    def begin_rendering(self, prepared: Prepared) -> None:
        """Lets others render a whole batch, on as many cores as there are."""
        texts = [(message.resolved.source, message.resolved.names) for message in prepared.messages]
        prepared.rendered = self.renderers.begin(texts)

    def finish_rendering(self, prepared: Prepared) -> None:
        """Waits for it, and puts what was rendered into the rows."""
        for message, rendered in zip(prepared.messages, prepared.rendered(), strict=True):
            message.written = message.resolved.written(rendered)
            message.row.html, message.row.excerpt = rendered.html, rendered.plain

    def _keys_in(self, messages: list[MessageRecord]) -> set[str]:
        keys = {record.key for record in messages}
        for record in messages:
            keys.update(self.referring.messages_in(record.text))
            if isinstance(record, ReplyRecord):
                keys.update(key for key in (record.thread_key, record.answers_key) if key)
        return keys

    def _ids(self, records: list[MessageRecord]) -> dict[str, int]:
        """An id of its time for each, the same whenever it is brought in, and nobody else's."""
        ids: dict[str, int] = {}
        taken: set[int] = set()  # those of other messages: of this batch, and of what is here
        wanted = {}
        for record in records:
            within = record.said_at.microsecond % 1000 << 10 | crc32(record.key.encode()) & 1023
            wanted[record.key] = timed_id(record.said_at, within)
        taken.update(message.row.id for message in self.coming.values())
        for model in (Thread, Reply):
            taken.update(model.objects.filter(pk__in=list(wanted.values())).values_list("pk", flat=True))
        for key, pk in wanted.items():
            while pk in taken or (pk != wanted[key] and _is_taken(pk)):
                pk += 1
            taken.add(pk)
            ids[key] = pk
        return ids

    def _new(self, record: MessageRecord, pk: int, said: Mapping[str, Said]) -> Message | None:
        author = self.known.people.get(record.author_key)
        if author is None:
            self.tally.skip(reasons.NO_AUTHOR, record.where)
            return None
        row = Draft(pk, pk, author.id, record.said_at, record.said_at)
        if isinstance(record, ThreadRecord):
            community = self.known.communities.get(record.community_key)
            if community is None:
                self.tally.skip(reasons.UNKNOWN_FOLDER, record.where)
                return None
            row.community_id, row.kind, row.title = community, record.kind, " ".join(record.title.split())[:200]
            row.closed_at = record.said_at if record.is_closed else None
            row.pinned_at = record.said_at if record.is_pinned else None
        else:
            thread = said.get(record.thread_key)
            if thread is None:
                self.tally.skip(reasons.PARENT_MISSING, record.where)
                return None
            answered = said.get(record.answers_key)
            row.thread_id, row.parent_id = thread.thread_id, answered.id if answered else None
        return Message(record, row, self._put(row, record, said))

    def _put(self, row: Draft, record: MessageRecord, said: Mapping[str, Said]) -> Resolved:
        """Puts words into a row; what was deleted leaves a tombstone, or words that hold the replies."""
        text = record.text
        if record.is_deleted:
            text = _("The message that began this conversation was deleted.") if row.is_thread else ""
            row.deleted_at = None if row.is_thread else record.edited_at or record.said_at
        resolved = self.referring.resolved(text, said)
        row.source, row.edited_at = resolved.source, record.edited_at
        return resolved

    def _rewrite(self, message: Message, record: MessageRecord, said: Mapping[str, Said]) -> None:
        """A newer version came before the older one was written: it comes in its place, and counts as one."""
        message.record = replace(record, key=message.record.key, is_newer=message.record.is_newer)
        message.resolved = self._put(message.row, record, said)

    def _again(self, record: MessageRecord, said: Mapping[str, Said], batch: dict[str, Message]) -> None:
        """A message that is here already: changed only if the archive's words did, and nobody changed it here since."""
        if isinstance(record, ThreadRecord) and record.is_stand_in:
            return
        before = said[record.key]
        row = Draft(before.id, before.thread_id, 0, record.said_at, record.said_at)
        here: tuple[int, datetime | None, datetime] | None = None
        is_else = before.words not in (0, fingerprint(record))
        if is_else:
            found = (Thread if row.is_thread else Reply).objects.filter(pk=before.id, deleted_at=None)
            here = found.values_list("author_id", "edited_at", "created_at").first()
        whom = self.known.people.get(record.author_key)
        is_same = here is None or is_same_message(record, whom, here[0], here[2])
        if record.is_newer:  # who deletes or changes something in its archive need not be who said it
            is_same = record.key not in self.strange
        elif not is_same:
            self.strange.add(record.key)
        if not record.is_newer:
            self.tally.skip(reasons.ALREADY_HERE if is_same else reasons.ANOTHER_MESSAGE, record.where)
        if here and is_same and (here[1] is None or (record.edited_at and here[1] <= record.edited_at)):
            row.author_id = here[0]
            batch[record.key] = Message(record, row, self._put(row, record, said), is_change=True)

    def _take_place(self, record: ThreadRecord, said: Mapping[str, Said], batch: dict[str, Message]) -> None:
        """A first message that was missing: the thread that stood in for it becomes its own."""
        before, whom = said[record.key], self.known.people.get(record.author_key)
        is_untouched = Thread.objects.filter(pk=before.id, deleted_at=None, edited_at=None).exists()
        if whom is None or not is_untouched or before.words == fingerprint(record):
            self.tally.skip(reasons.ALREADY_HERE if whom else reasons.NO_AUTHOR, record.where)
            return
        row = Draft(before.id, before.id, whom.id, record.said_at, record.said_at)
        kept = replace(record, key=stand_in_of(record.key))
        batch[record.key] = Message(kept, row, self._put(row, record, said), is_change=True)
        self.tally.add(record)

    def _hold(self, record: MessageRecord, said: Mapping[str, Said]) -> None:
        """A message of a conversation that stays as it is."""
        if not (record.is_newer or (isinstance(record, ThreadRecord) and record.is_stand_in)):
            is_same = record.key in said and said[record.key].words == fingerprint(record)
            self.tally.skip(reasons.ALREADY_HERE if is_same else reasons.HELD_BACK, record.where)

    def _late(self, record: ReactionRecord, message: Said) -> list[LateReaction]:
        """A reaction to what is here already: it may have come since the last archive."""
        whom = self.known.people.get(record.person_key)
        return [] if whom is None else [(message, whom.id, record)]

    def _hang(self, record: Hanging, message: Message) -> None:
        if isinstance(record, FileRecord):
            message.files.append(record)
            return
        if isinstance(record, CountRecord):
            message.counts[record.emoji] = record
            return
        whom = self.known.people.get(record.person_key)
        if whom is None:
            self.tally.note(reasons.UNKNOWN_REACTION, record.where)
        elif (whom.id, record.emoji) in message.reactions:
            self.tally.note(reasons.SAME_REACTION, record.where)
        else:
            message.reactions[whom.id, record.emoji] = record


def _said(message: Message) -> Said:
    return Said(message.row.id, message.row.thread_id, fingerprint(message.record))


def _is_taken(pk: int) -> bool:
    return any(model.objects.filter(pk=pk).exists() for model in (Thread, Reply))
