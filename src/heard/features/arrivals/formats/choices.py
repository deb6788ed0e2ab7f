"""What of an archive is wanted: a time, communities to leave out, and where it goes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from heard.features.arrivals.errors import CannotBeChosen
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

_WIDTH = {"private": 0, "closed": 1, "open": 2}


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody chose. Days are whole and both included; a conversation comes whole if it began within them.

    `left_out` are names or keys of communities. `into` is the slug of a community that all others go into, and
    `into_access` who can see it: what fewer people may see stays behind. `mapping` says which column of a table
    holds what, by its header.
    """

    since: date | None = None
    until: date | None = None
    left_out: frozenset[str] = frozenset()
    into: str = ""
    into_access: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Plain values that `from_json` understands; nothing where everything is wanted."""
        values = {
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "left_out": sorted(self.left_out),
            "into": self.into,
            "into_access": self.into_access,
            "mapping": dict(self.mapping),
        }
        return {name: value for name, value in values.items() if value}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Choices":
        """What `as_json` gave."""
        return cls(
            since=date.fromisoformat(values["since"]) if values.get("since") else None,
            until=date.fromisoformat(values["until"]) if values.get("until") else None,
            left_out=frozenset(values.get("left_out", ())),
            into=values.get("into", ""),
            into_access=values.get("into_access", ""),
            mapping=values.get("mapping", {}),
        )


def chosen(records: Iterator[Record], choices: Choices) -> Iterator[Record]:
    """The records that are wanted; every other message is counted under the reason why it is not."""
    if not (choices.since or choices.until or choices.left_out or choices.into):
        return records
    return _Chooser(choices).records(records)


class CommunitiesMet:
    """Remembers the communities of a stream, so that what was to be left out can be looked for among them."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def reading(self, records: Iterator[Record]) -> Iterator[Record]:
        """The stream as it is."""
        for record in records:
            if isinstance(record, CommunityRecord):
                self.names[_bare(record.key)] = self.names[_bare(record.name)] = record.name.strip()
            yield record

    def refuse_unknown(self, choices: Choices) -> None:
        """Raises CannotBeChosen for the first community to be left out that there is not, and names those like it."""
        for name in sorted(choices.left_out):
            if _bare(name) in self.names:
                continue
            sentence = _("There is no community “%(name)s” in it to leave out.") % {"name": name[:80]}
            like = dict.fromkeys(self.names[key] for key in get_close_matches(_bare(name), self.names, 3))
            if like:
                listed = ", ".join(f"“{one[:80]}”" for one in like)
                sentence = f"{sentence} {_('Did you mean %(names)s?') % {'names': listed}}"
            raise CannotBeChosen(sentence)


def _bare(name: str) -> str:
    return name.strip().lstrip("#").casefold()


class _Chooser:
    """Remembers which communities and threads stay behind, so that what belongs to them stays with them."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.left_out = {_bare(name) for name in choices.left_out}
        self.communities: dict[str, str] = {}
        # Of a thread that stays, only a fingerprint of its key is kept: there may be millions.
        self.threads: dict[int, str] = {}
        self.reason = ""

    def records(self, records: Iterator[Record]) -> Iterator[Record]:
        for record in records:
            match record:
                case PersonRecord() | Skipped() | Noted():
                    yield record
                case CommunityRecord():
                    yield self._community(record)
                case MembershipRecord():
                    yield from self._membership(record)
                case ThreadRecord() | ReplyRecord():
                    yield from self._message(record)
                case ReactionRecord() | CountRecord() | FileRecord():
                    yield self._hanging(record)

    def _community(self, record: CommunityRecord) -> Record:
        if {_bare(record.name), _bare(record.key)} & self.left_out:
            self.communities[record.key] = reasons.LEFT_OUT
        elif self.choices.into and _WIDTH[record.access] < _WIDTH.get(self.choices.into_access, 2):
            self.communities[record.key] = reasons.SEEN_BY_FEWER
        else:
            return record
        return Noted(self.communities[record.key], record.where or record.name[:100])

    def _membership(self, record: MembershipRecord) -> Iterator[Record]:
        if self.choices.into:
            yield Noted(reasons.MEMBERS_STAY, record.where)
        elif record.community_key not in self.communities:
            yield record

    def _message(self, record: ThreadRecord | ReplyRecord) -> Iterator[Record]:
        if isinstance(record, ThreadRecord):
            self.reason = self.communities.get(record.community_key, "") or self._out_of_time(record)
            if self.reason:
                self.threads[hash(record.key)] = self.reason
        else:
            self.reason = self.threads.get(hash(record.thread_key), "")
        if not self.reason:
            yield record
        elif not record.is_newer and not (isinstance(record, ThreadRecord) and record.is_stand_in):
            yield Skipped(self.reason, record.where)

    def _hanging(self, record: ReactionRecord | CountRecord | FileRecord) -> Record:
        count = record.count if isinstance(record, CountRecord) else 1
        return Noted(reasons.HANGS_ON_LEFT_BEHIND, record.where, count) if self.reason else record

    def _out_of_time(self, record: ThreadRecord) -> str:
        day, choices = record.said_at.date(), self.choices
        is_out = (choices.since and day < choices.since) or (choices.until and day > choices.until)
        return reasons.OUT_OF_TIME if is_out else ""
