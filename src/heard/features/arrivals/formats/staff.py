"""Makes a staff of rows: who is who, who is shared, vacant or twice, and who reports to whom."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.records import Noted, PersonRecord, Skipped
from heard.plumbing.words import fold

_TOP = frozenset(("", "xx", "n/a", "na", "n/d", "none", "nil", "null", "-", "–", "self", "ceo", "board", "top"))


@dataclass(frozen=True, slots=True)
class Post:
    """One row: a person whose key is the number within its scope, or nothing, and whom they report to.

    `boss` is a number within the same scope, or an address.
    """

    person: PersonRecord
    boss: str = ""
    scope: str = ""
    is_vacant: bool = False
    is_named: bool = True

    @property
    def own_key(self) -> str:
        """The key if nobody else has it."""
        person = self.person
        return person.key or person.email or "|".join((fold(person.name), fold(person.title), *person.unit))[:200]


def staff(posts: Callable[[], Iterable[Post | Skipped | Noted]]) -> Iterator[PersonRecord | Skipped | Noted]:
    """The people of a table, which is read twice: once for who refers to whom, once for the records."""
    index = _Index()
    for post in posts():
        if isinstance(post, Post):
            index.add(post)
    index.settle()
    again = _Keys(index)
    for post in posts():
        if isinstance(post, Post):
            yield from again.records(post)
        else:
            yield post


class _Keys:
    """Gives each row its key, in reading order: a number twice is a job share if the names differ."""

    def __init__(self, index: "_Index | None" = None) -> None:
        self.index = index
        self.names: dict[str, set[str]] = {}
        self.by_address: dict[tuple[str, str], str] = {}

    def key_of(self, post: Post, is_shared: bool = False) -> tuple[str, str]:
        """The key of a row and why it is skipped, if it is."""
        key, name = post.own_key, fold(post.person.name) if post.is_named else ""
        if post.is_vacant:
            return key, reasons.VACANCY
        seen = self.names.get(key)
        if seen is not None and (name in seen or not name):
            return key, reasons.SAME_NUMBER
        self.names.setdefault(key, set()).add(name)
        if seen is not None:
            key = f"{key}|{name}"
        if post.person.email and name and not is_shared:
            first = self.by_address.setdefault((post.person.email, name), key)
            if first != key:
                return first, reasons.SAME_PERSON
        return key, ""

    def records(self, post: Post) -> Iterator[PersonRecord | Skipped | Noted]:
        """The record of a row, with what is to be said about it."""
        index, person, where = self.index, post.person, post.person.where
        if index is None:
            return
        is_shared = index.is_shared(person.email)
        key, reason = self.key_of(post, is_shared)
        if reason:
            yield Skipped(reason, where)
            return
        if is_shared:
            yield Noted(reasons.SHARED_ADDRESS, where)
        if not post.is_named:
            yield Noted(reasons.NAMED_BY_POST, where)
        boss, address, remark = index.boss_of(key, post)
        if remark:
            yield Noted(remark, where)
        yield replace(person, key=key, email="" if is_shared else person.email, manager_key=boss, manager_email=address)


class _Index:
    def __init__(self) -> None:
        self.keys = _Keys()
        self.names_at: dict[str, set[str]] = {}
        self.key_at: dict[str, str] = {}
        self.first: dict[str, str] = {}
        self.bosses: dict[str, Post] = {}
        self.vacancies: dict[str, Post] = {}
        self.broken: set[str] = set()

    def add(self, post: Post) -> None:
        """Takes in one row."""
        if post.person.email:
            name = fold(post.person.name) if post.is_named else f"?{post.person.where}"
            self.names_at.setdefault(post.person.email, set()).add(name)
        key, reason = self.keys.key_of(post)
        if reason == reasons.VACANCY:
            self.vacancies.setdefault(key, post)
            return
        self.first.setdefault(post.own_key, key)
        if not reason:
            self.bosses[key] = replace(post, person=PersonRecord(key=key, name=""))
            if post.person.email:
                self.key_at.setdefault(post.person.email, key)

    def is_shared(self, address: str) -> bool:
        """Whether several people have this address."""
        return len(self.names_at.get(address, ())) > 1

    def settle(self) -> None:
        """Finds every circle of managers and the one in it, first in the table, who gets no manager."""
        done: set[str] = set()
        for start in self.bosses:
            path: dict[str, None] = {}
            key = start
            while key and key not in done and key not in path:
                path[key] = None
                key = self._up(key)[0]
            if key in path:
                circle = list(path)[list(path).index(key) :]
                self.broken.add(next(one for one in self.bosses if one in set(circle)))
            done.update(path)

    def boss_of(self, key: str, post: Post) -> tuple[str, str, str]:
        """The manager's key, or their address where they are not in the table, and what is to be said about it."""
        if key in self.broken:
            return "", "", reasons.CYCLE
        boss, remark = self._found(post)
        if boss or not remark:
            return boss, "", remark
        return ("", post.boss, "") if "@" in post.boss else ("", "", remark)

    def _up(self, key: str) -> tuple[str, str]:
        return self._found(self.bosses[key])

    def _found(self, post: Post) -> tuple[str, str]:
        remark, seen = "", set()
        while post.boss.strip().casefold() not in _TOP:
            named = post.boss.strip()
            if "@" in named:
                address = named.lower()
                known = "" if self.is_shared(address) else self.key_at.get(address, "")
                return known, remark if known else reasons.UNKNOWN_MANAGER
            scoped = f"{post.scope}{named}"
            if scoped in self.first:
                return self.first[scoped], remark
            if scoped not in self.vacancies or scoped in seen:
                return "", reasons.UNKNOWN_MANAGER
            seen.add(scoped)
            post, remark = self.vacancies[scoped], reasons.VACANT_MANAGER
        return "", remark
