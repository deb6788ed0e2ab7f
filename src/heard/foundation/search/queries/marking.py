"""Marks what was looked for in a text, and cuts out the part round it."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from heard.foundation.search.rules import Term
from heard.plumbing.tongues import Word, language_of, split, stem

LOOKED_AT = 20_000
SHOWN = 260
LEAD = 60


def matches(text: str, terms: Sequence[Term]) -> list[tuple[int, int, int]]:
    """Where in `text` the terms stand: beginning, end, and which term it is; in order, none over another."""
    if not text or not terms:
        return []
    words = list(split(text))
    language = language_of([word.written for word in words])
    wanted, none = forms(tuple(terms), language), len(terms)
    found: list[tuple[int, int, int]] = []
    for word in words:
        if word.is_joined:
            found += [(*span, nth) for form, nth in wanted.items() for span in spans(word, form)]
            continue
        nth = wanted.get(word.folded, none)
        if language:
            nth = min(nth, wanted.get(stem(word.written, language), none))
        if nth < none:
            found.append((word.start, word.end, nth))
    for nth, term in enumerate(terms):
        if not term.alternatives:
            found += [(*span, nth) for span in phrases(words, term.words)]
    apart: list[tuple[int, int, int]] = []
    for begin, end, nth in sorted(found):
        if apart and begin < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]), apart[-1][2])
        else:
            apart.append((begin, end, nth))
    return apart


@lru_cache(maxsize=500)
def forms(terms: tuple[Term, ...], language: str) -> dict[str, int]:
    """Whatever may stand for one of the terms in a text of this language, and for which, the first of several."""
    found: dict[str, int] = {}
    for nth, term in enumerate(terms):
        if term.alternatives:
            found = {**dict.fromkeys(term.alternatives_in(language), nth), **found}
    return found


def spans(word: Word, form: str) -> list[tuple[int, int]]:
    """Where in a pair of characters without spaces a form stands: all of it, or one of the two."""
    if word.folded == form:
        return [(word.start, word.end)]
    return [(word.start + nth, word.start + nth + 1) for nth, one in enumerate(word.written) if one == form]


def phrases(words: Sequence[Word], wanted: Sequence[str]) -> list[tuple[int, int]]:
    """Where these words stand one after another."""
    length = len(wanted)
    starts = [nth for nth, word in enumerate(words) if word.folded == wanted[0]]
    return [
        (words[nth].start, words[nth + length - 1].end)
        for nth in starts
        if nth + length <= len(words) and all(words[nth + k].folded == wanted[k] for k in range(length))
    ]


def marked(text: str, found: Iterable[tuple[int, int, int]]) -> SafeString:
    """The text as HTML, with what was found in <mark>."""
    parts, at = [], 0
    for begin, end, _nth in found:
        parts += [escape(text[at:begin]), "<mark>", escape(text[begin:end]), "</mark>"]
        at = end
    return mark_safe("".join([*parts, escape(text[at:])]))  # noqa: S308


def headline(text: str, terms: Sequence[Term]) -> SafeString:
    """A headline with the words that were found marked."""
    return marked(text, matches(text, terms))


def passage(text: str, terms: Sequence[Term]) -> SafeString:
    """The part of a text in which most of the terms stand, on one line, with these marked."""
    line = " ".join(text[:LOOKED_AT].split())
    found = matches(line, terms)
    begin = beginning(line, found)
    end = len(line)
    if end - begin > SHOWN:
        end = line.rfind(" ", begin + SHOWN // 2, begin + SHOWN)
        end = begin + SHOWN if end < 0 else end
    within = [(a - begin, min(b, end) - begin, nth) for a, b, nth in found if a >= begin and a < end]
    cut = marked(line[begin:end], within)
    return mark_safe(f"{'… ' if begin else ''}{cut}{' …' if end < len(line) else ''}")  # noqa: S308


def beginning(line: str, found: Sequence[tuple[int, int, int]]) -> int:
    """Where the passage begins: some words before the match after which most of the terms come soon."""
    best, most = 0, 0
    for at, (begin, _end, _nth) in enumerate(found[:50]):
        near = {nth for start, _stop, nth in found[at : at + 40] if start < begin + SHOWN - LEAD}
        if len(near) > most:
            best, most = begin, len(near)
    if best <= LEAD:
        return 0
    cut = line.find(" ", best - LEAD, best)
    return cut + 1 if cut >= 0 else best - LEAD // 3
