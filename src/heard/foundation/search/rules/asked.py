"""What is looked for: words in the forms that they have in each language, phrases, and filters."""

from dataclasses import dataclass, replace
from datetime import date

from heard.plumbing.tongues import LANGUAGES, is_little, stems


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
