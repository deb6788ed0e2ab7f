"""What is looked for, as each database's full-text search is asked for it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection

from heard.foundation.search.rules import KINDS, Stem, Term, kind_mark, language_mark


@dataclass(frozen=True, slots=True)
class Expression:
    """All of `terms` and one of each set of `marks`; none of what is left out."""

    terms: tuple[Term, ...] = ()
    marks: tuple[frozenset[str], ...] = ()
    left_out: frozenset[str] = frozenset()

    def within(self, marks: Collection[str]) -> "Expression":
        """The same, of what has one of these marks too."""
        return Expression(self.terms, (*self.marks, frozenset(marks)), self.left_out)

    def render(self, *, only_titles: bool = False) -> str:
        """The query in the language of the database in use."""
        return (fts5 if connection.vendor == "sqlite" else tsquery)(self, only_titles)


ANYTHING = frozenset(kind_mark(kind) for kind in KINDS)


def parts(expression: Expression) -> tuple[list[Term], list[Term], tuple[frozenset[str], ...]]:
    """Words to be there, words not to be, and marks: where nothing else is wanted, that it is of any kind."""
    wanted = [term for term in expression.terms if not term.is_left_out]
    left_out = [term for term in expression.terms if term.is_left_out]
    return wanted, left_out, expression.marks if wanted or expression.marks else (ANYTHING,)


def fts5(expression: Expression, only_titles: bool) -> str:
    """For SQLite."""
    wanted, left_out, marks = parts(expression)
    said = "title" if only_titles else "title body extra"
    all_of = [f"({fts5_term(term, said)})" for term in wanted]
    all_of += [f"({marked(one)})" for one in marks]
    none_of = [f"({fts5_term(term, 'title body extra')})" for term in left_out]
    if expression.left_out:
        none_of.append(f"({marked(expression.left_out)})")
    whole = " AND ".join(all_of)
    return f"({whole}) NOT ({' OR '.join(none_of)})" if none_of else whole


def fts5_term(term: Term, columns: str) -> str:
    """A word in any of its forms, or a phrase; stems are no part of phrases."""
    if alternatives := term.alternatives:
        word = f"({{{columns}}} : ({' OR '.join(map(quoted, alternatives))}))"
        return " OR ".join([word, *(fts5_stem(one, columns) for one in term.stems)])
    return f"{{{columns.removesuffix(' extra')}}} : {quoted(' '.join(term.words))}"


def fts5_stem(stem: Stem, columns: str) -> str:
    """A stem in texts that are in one of its languages, or of which nothing else is known."""
    word = f"({{{columns}}} : {quoted(stem.word)})"
    if stem.is_doubtful:
        return f"({word} AND ({marked(map(language_mark, stem.languages))}))"
    if not stem.others:
        return word
    return f"({word} NOT ({marked(map(language_mark, stem.others))}))"


def marked(marks: Iterable[str]) -> str:
    """One of these marks."""
    return f"marks : ({' OR '.join(map(quoted, sorted(marks)))})"


def quoted(word: str) -> str:
    """A string of FTS5."""
    return '"' + word.replace('"', '""') + '"'


def tsquery(expression: Expression, only_titles: bool) -> str:
    """For PostgreSQL."""
    wanted, left_out, marks = parts(expression)
    weight = ":A" if only_titles else ""
    all_of = [f"({tsquery_term(term, weight)})" for term in wanted]
    all_of += [f"({' | '.join(lexeme('~' + mark) for mark in sorted(one))})" for one in marks]
    none_of = [f"!({tsquery_term(term, '')})" for term in left_out]
    none_of += [f"!{lexeme('~' + mark)}" for mark in sorted(expression.left_out)]
    return " & ".join(all_of + none_of)


def tsquery_term(term: Term, weight: str) -> str:
    """A word in any of its forms, or a phrase."""
    if alternatives := term.alternatives:
        stems = (tsquery_stem(one, weight) for one in term.stems)
        return " | ".join([*(lexeme(word) + weight for word in alternatives), *stems])
    # Stems have the weight D, so that what stands in quotation marks is found only as it was written.
    return " <-> ".join(lexeme(word) + (weight or ":AB") for word in term.words)


def tsquery_stem(stem: Stem, weight: str) -> str:
    """The same as for SQLite."""
    languages = stem.languages if stem.is_doubtful else stem.others
    if not languages:
        return f"{lexeme(stem.word)}{weight}"
    of_them = " | ".join(lexeme("~" + language_mark(one)) for one in sorted(languages))
    return f"({lexeme(stem.word)}{weight} & {'' if stem.is_doubtful else '!'}({of_them}))"


def lexeme(word: str) -> str:
    """A word as a tsquery quotes it."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
