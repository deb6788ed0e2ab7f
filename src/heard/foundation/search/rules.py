"""What somebody means by what they type: words, phrases, what to leave out, and filters. Knows no database."""

import re
import zlib
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from html import unescape

from django.utils.translation import gettext_lazy as _

from heard.plumbing.ids import time_of
from heard.plumbing.text import fold_hashtag
from heard.plumbing.tongues import LANGUAGES, is_little, split, stems

LONGEST = 400
FEWER_BITS = 10
MOST_TERMS = 16
KINDS = ("share", "ask", "suggest", "reply", "file")
HAS = ("file", "picture", "link")
SAID_AS = {
    "thread": "share",
    "share": "share",
    "question": "ask",
    "ask": "ask",
    "idea": "suggest",
    "suggest": "suggest",
    "reply": "reply",
    "answer": "reply",
    "file": "file",
}
SEEN_AS = {"file": "file", "picture": "picture", "image": "picture", "photo": "picture", "link": "link"}
OPEN, NAMES = 0, -1
"""Pools of known words: of what all may read, and of the names by which colleagues are found."""
_PIECE = re.compile(r'-?(?:[a-z]+:)?"[^"]*(?:"|$)|\S+', re.IGNORECASE)
_FILTER = re.compile(r'(from|in|has|before|after|kind):"?([^"]*)"?', re.IGNORECASE)
WHY_NOT = {
    "locked": _("Only its name is found: the file opens with a password."),
    "broken": _("Only its name is found: the file is damaged, or is not what its name says."),
    "too much": _("Only its name is found: the file takes too long to read."),
    "nothing": _("Only its name is found: there are pictures in it and no words."),
}
_TAG = re.compile(r"<[^>]*>")


def plain(html: str) -> str:
    """What rendered words say, without their dress."""
    return unescape(_TAG.sub(" ", html))


def place_of(timed_id: int) -> int:
    """The id of a document of this moment. With ten bits less, the index is a third smaller."""
    return timed_id >> FEWER_BITS


def time_of_place(place: int) -> datetime:
    """When it was said, to the millisecond or a few."""
    return time_of(place << FEWER_BITS)


def shorter(word: str) -> set[str]:
    """A word with each of its letters missing."""
    return {word[:nth] + word[nth + 1 :] for nth in range(len(word))}


def left_as_number(left: str) -> int:
    """What is left of a word, as slips are kept."""
    return zlib.crc32(left.encode())


def person_mark(pk: object) -> str:
    """Stands in every document by this author."""
    return f"p{pk}"


def community_mark(pk: object) -> str:
    """Stands in every document of this community."""
    return f"c{pk}"


def kind_mark(kind: str) -> str:
    """Stands in every document of this kind, of KINDS."""
    return f"k{kind}"


def has_mark(what: str) -> str:
    """Stands in every document that has such a thing, of HAS."""
    return f"h{what}"


def language_mark(language: str) -> str:
    """Stands in every document in this language, of those that were indexed since languages are marked."""
    return f"l{language}"


def tag_mark(tag: str) -> str:
    """Stands in every document of a thread with this hashtag."""
    return "t" + re.sub(r"[\x00-\x2c\x2e\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\x7f]", "_", fold_hashtag(tag))[:60]


@dataclass(frozen=True, slots=True)
class Stem:
    """A word without its endings, in `languages`. In those of other languages it is another word."""

    word: str
    languages: frozenset[str]
    stem_of: str

    @property
    def is_doubtful(self) -> bool:
        """Whether little is left, or a word that is everywhere: then a text has to be in the language for certain."""
        return len(self.word) < 3 or len(self.word) * 2 < len(self.stem_of) or is_little(self.word)

    @property
    def others(self) -> frozenset[str]:
        """The languages in which this stands for something else."""
        return frozenset(LANGUAGES) - self.languages

    def fits(self, language: str) -> bool:
        """Whether it is to be looked for in a text of this language, or with "" of one that nobody can tell."""
        return language in self.languages if language else not self.is_doubtful


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand together: one word, or a phrase. `written` is what was typed."""

    written: str
    words: tuple[str, ...]
    is_exact: bool = False
    is_left_out: bool = False
    further: tuple[str, ...] = ()

    @property
    def alternatives(self) -> tuple[str, ...]:
        """What may stand for a single word in any text: itself, and what it is the beginning of."""
        return () if self.is_exact or len(self.words) > 1 else tuple(sorted({*self.words, *self.further} - {""}))

    @property
    def stems(self) -> tuple["Stem", ...]:
        """What else may stand for it in texts of some languages: what it is without its endings in these."""
        there = self.alternatives
        if not there:
            return ()
        found = [Stem(one, of, self.words[0]) for one, of in stems(self.written).items() if one and one not in there]
        return tuple(sorted((one for one in found if one.languages), key=lambda one: one.word))

    def alternatives_in(self, language: str) -> set[str]:
        """What may stand for a single word in a text of this language, or with "" of one that nobody can tell."""
        fitting = {one.word for one in self.stems if one.fits(language)}
        return {*self.alternatives, *fitting}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for. `odd` are filters that mean nothing, as they were typed."""

    terms: tuple[Term, ...] = ()
    people: tuple[tuple[str, bool], ...] = ()
    places: tuple[tuple[str, bool], ...] = ()
    kinds: tuple[tuple[str, bool], ...] = ()
    has: tuple[tuple[str, bool], ...] = ()
    tags: tuple[tuple[str, bool], ...] = ()
    after: date | None = None
    before: date | None = None
    odd: tuple[str, ...] = ()
    is_cut: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether neither a word nor a filter is there."""
        filters = (self.people, self.places, self.kinds, self.has, self.tags)
        return not self.terms and not any(filters) and self.after is None and self.before is None

    @property
    def wanted(self) -> list[Term]:
        """The words that must be there."""
        return [term for term in self.terms if not term.is_left_out]

    def with_term(self, old: Term, new: Term) -> "Asked":
        """The same, with another word in the place of one."""
        return replace(self, terms=tuple(new if term is old else term for term in self.terms))


@dataclass
class _Reading:
    """What has been understood so far."""

    terms: list[Term] = field(default_factory=list)
    waiting: tuple[str, bool, str] | None = None
    lists: dict[str, list[tuple[str, bool]]] = field(
        default_factory=lambda: {"from": [], "in": [], "kind": [], "has": [], "tag": []}
    )
    days: dict[str, date] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)

    def filter(self, name: str, value: str, *, is_wanted: bool, written: str) -> None:
        """Takes in `name:value`."""
        if name in {"before", "after"}:
            if day := day_of(value):
                self.days[name] = day
            else:
                self.odd.append(written)
            return
        known = {"kind": SAID_AS, "has": SEEN_AS}.get(name)
        value = known.get(value.lower().removesuffix("s"), "") if known else value.strip().lstrip("@#")
        if value:
            self.lists[name].append((value, is_wanted))
        else:
            self.odd.append(written)

    def takes(self, piece: str) -> bool:
        """Whether the filter before this was empty, as in `from: joana`, and this is its value."""
        if self.waiting is None:
            return False
        (name, is_wanted, written), self.waiting = self.waiting, None
        value = piece.strip('"').strip()
        if not value or _FILTER.fullmatch(piece.removeprefix("-")):
            self.odd.append(written)
            return False
        self.filter(name, value, is_wanted=is_wanted, written=f"{written} {piece}")
        return True

    def word(self, piece: str, *, is_exact: bool, is_left_out: bool) -> None:
        """Takes in a word or a phrase; what holds no word is nothing."""
        words = tuple(word.folded for word in split(piece))[:20]
        if words and len(self.terms) < MOST_TERMS:
            self.terms.append(Term(piece, words, is_exact, is_left_out))


def day_of(typed: str) -> date | None:
    """A day as `2026-11-24`, a month as `2026-11` or a year as `2026`: its first day; nothing for anything else."""
    parts = typed.strip().split("-")
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts) > 3 or len(parts[0]) != 4:
        return None
    try:
        year, month, day = (*(int(part) for part in parts), 1, 1)[:3]
        return date(year, month, day)
    except ValueError:
        return None


def understood(typed: str) -> Asked:
    """Reads what was typed. Whatever it is, something is understood, and nothing is refused."""
    cut = typed[:LONGEST]
    reading = _Reading()
    for piece in _PIECE.findall(cut.replace("\0", " ").replace("“", '"').replace("”", '"').replace("„", '"')):
        if reading.takes(piece):
            continue
        is_left_out = piece.startswith("-") and len(piece) > 1
        bare = piece[1:] if is_left_out else piece
        if (found := _FILTER.fullmatch(bare)) and found.group(2).strip():
            reading.filter(found.group(1).lower(), found.group(2), is_wanted=not is_left_out, written=piece)
        elif found and bare.endswith(":"):
            reading.waiting = (found.group(1).lower(), not is_left_out, piece)
        elif bare.startswith("#") and len(bare) > 1 and any(letter.isalpha() for letter in bare):
            reading.lists["tag"].append((fold_hashtag(bare.lstrip("#")), not is_left_out))
        else:
            reading.word(bare.strip('"'), is_exact=bare.startswith('"'), is_left_out=is_left_out)
    if reading.waiting:
        reading.odd.append(reading.waiting[2])
    return Asked(
        terms=tuple(reading.terms),
        people=tuple(reading.lists["from"][:8]),
        places=tuple(reading.lists["in"][:8]),
        kinds=tuple(reading.lists["kind"][:8]),
        has=tuple(reading.lists["has"][:8]),
        tags=tuple(reading.lists["tag"][:8]),
        after=reading.days.get("after"),
        before=reading.days.get("before"),
        odd=tuple(reading.odd),
        is_cut=len(typed) > LONGEST,
    )
