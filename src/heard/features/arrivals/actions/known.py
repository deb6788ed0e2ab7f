"""What of a place is here already, and under which ids: asked a batch at a time, remembered within bounds."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from heard.features.arrivals.formats import format_named
from heard.features.arrivals.formats.records import PersonRecord
from heard.features.arrivals.models import Arrived, Place, Run, Sort
from heard.features.arrivals.queries import accounts_of
from heard.foundation.communities.models import Community
from heard.foundation.conversation.models import Reply
from heard.foundation.people.models import Person
from heard.plumbing.words import fold

type Row = dict[str, Any]
_MOST_REMEMBERED = 50_000
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Whom:
    """A person who came, as texts and rows need them; `named` is a fingerprint of the name they came under.

    `came_as` is the id of who came, where a steward has said since that they are somebody else.
    """

    id: int
    handle: str
    name: str
    email: str
    is_here: bool
    named: int
    came_as: int


@dataclass(frozen=True, slots=True)
class Said:
    """A message that came: its id, that of its thread, and a fingerprint of its words."""

    id: int
    thread_id: int
    words: int


class Known:
    """The keys of one place."""

    def __init__(self, place: Place, run: Run) -> None:
        self.place, self.run = place, run
        self.people: dict[str, Whom] = {}
        self.communities: dict[str, int] = {}
        self.accesses: dict[int, str] = {}  # who can see them here
        self._said: dict[str, Said] = {}
        self._is_new = not Arrived.objects.filter(place=place).exists()

    @property
    def is_conversation(self) -> bool:
        """Whether messages are counted here, and not rows of a table of people."""
        return not format_named(self.place.format).is_about_people

    def load(self) -> None:
        """Remembers every person and community of the place."""
        for rows in _in_parts(list(self._targets(Sort.PERSON))):
            found = Person.objects.in_bulk([target for _key, target, _words in rows])
            accounts = accounts_of(found)
            for key, target, named in rows:
                if target in found:
                    self.remember_person(key, accounts.get(target, found[target]), named, came_as=target)
        self.communities = {key: target for key, target, _words in self._targets(Sort.COMMUNITY)}
        for part in _in_parts(list(self.communities.values())):
            self.accesses |= dict(Community.objects.filter(pk__in=part).values_list("pk", "access"))

    def remember_person(self, key: str, person: Person, named: int, *, came_as: int = 0) -> None:
        """Notes under which key, and under what name, somebody came."""
        is_here = person.left_at is None
        email, came_as = person.email or "", came_as or person.pk
        self.people[key] = Whom(person.pk, person.handle, person.name, email, is_here, named, came_as)

    def said(self, keys: Collection[str]) -> dict[str, Said]:
        """Those of the messages that came before, in this run or an earlier one."""
        found = {key: self._said[key] for key in keys if key in self._said}
        missing = [key for key in keys if key not in found]
        if self._is_new and len(self._said) < _MOST_REMEMBERED:
            return found
        for part in _in_parts(missing):
            rows = Arrived.objects.filter(place=self.place, key__in=part, sort__in=(Sort.THREAD, Sort.REPLY))
            listed = list(rows.values_list("key", "sort", "target", "words"))
            replies = [target for _key, sort, target, _words in listed if sort == Sort.REPLY]
            threads = dict(Reply.objects.filter(pk__in=replies).values_list("pk", "thread_id")) if replies else {}
            for key, _sort, target, words in listed:
                found[key] = Said(target, threads.get(target, target), words)
        return found

    def remember_said(self, said: dict[str, Said]) -> None:
        """Notes which messages came; the oldest are forgotten when there are too many, and looked up if asked for."""
        if len(self._said) + len(said) > _MOST_REMEMBERED:
            self._is_new = False
            self._said = {}
        self._said |= said

    def memberships(self, keys: Collection[str]) -> set[str]:
        """Those of the memberships that came before, also if they have ended since."""
        if self._is_new:
            return set()
        found: set[str] = set()
        for part in _in_parts(list(keys)):
            rows = Arrived.objects.filter(place=self.place, key__in=part, sort=Sort.MEMBERSHIP)
            found.update(rows.values_list("key", flat=True))
        return found

    def arrived(self, sort: Sort, key: str, target: int, words: int = 0) -> Row:
        """The row of `Arrived` that says so."""
        about = {"place_id": self.place.pk, "run_id": self.run.pk, "sort": sort}
        return {**about, "key": key, "target": target, "words": words}

    def _targets(self, sort: Sort) -> Iterable[tuple[str, int, int]]:
        return Arrived.objects.filter(place=self.place, sort=sort).values_list("key", "target", "words")


def named_by(record: PersonRecord) -> int:
    """A fingerprint of somebody's name."""
    return crc32(fold(record.name).encode("utf-8", "replace")) + 1


def _in_parts[T](items: list[T]) -> Iterable[list[T]]:
    return (items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE))
