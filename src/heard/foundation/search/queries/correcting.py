"""Words that may have been meant, all of them out of what the viewer may read.

Known words are only proposals: each is looked for exactly as any other word is, and is mentioned only if the viewer
would find something by it. How often it occurs to others plays no part.
"""

from collections.abc import Iterable

from django.db import connection

from heard.foundation.people.models import Person
from heard.foundation.search.models import KnownWord, Slip
from heard.foundation.search.queries.expressions import Expression
from heard.foundation.search.queries.walking import Span, walk
from heard.foundation.search.rules import Asked, Term

SHORTEST, LONGEST = 4, 24
FAR = 8
"""Words of so many letters may be two slips away."""
WEIGHED = 25
BEGUN = 8
LOOKED_THROUGH = 120


def corrected(viewer: Person, asked: Asked) -> Asked | None:
    """The same with words that the viewer would find, where they would not find those typed; None if all are right."""
    better = asked
    for term in asked.wanted[:6]:
        if not may_be_wrong(term) or seen(viewer, term.words[0]):
            continue
        if word := nearest(viewer, term.words[0]):
            better = better.with_term(term, Term(word, (word,), term.is_exact))
    return better if better is not asked else None


def may_be_wrong(term: Term) -> bool:
    """Whether this is a word that may be mistyped."""
    return len(term.words) == 1 and term.words[0].isalpha() and SHORTEST <= len(term.words[0]) <= LONGEST


def seen(viewer: Person, word: str, *, is_exact: bool = False) -> int:
    """How often, up to 25 times, the viewer would find a word in any of its forms, or exactly as it is."""
    return len(walk(viewer, Expression((Term(word, (word,), is_exact),)), Span(), limit=WEIGHED))


def nearest(viewer: Person, word: str) -> str:
    """The word nearest to this that the viewer would find; of equally near ones, what they would find more of."""
    by_distance: dict[int, list[str]] = {}
    for other in proposals(word):
        distance = slips_between(word, other)
        if 0 < distance <= (2 if len(word) >= FAR else 1):
            by_distance.setdefault(distance, []).append(other)
    for _distance, others in sorted(by_distance.items()):
        counted = [(seen(viewer, other, is_exact=True), other[0] == word[0], other) for other in sorted(others)]
        if found := [one for one in counted if one[0]]:
            return max(found, key=lambda one: (one[1], one[0]))[2]
    return ""


def proposals(word: str) -> list[str]:
    """Known words that share with it what is left when a letter, in long words two, are missing."""
    left = {word, *shorter(word)}
    if len(word) >= FAR:
        left |= {twice for once in shorter(word) for twice in shorter(once)}
    return list(
        KnownWord.objects.filter(pk__in=Slip.objects.filter(left__in=left).values("word")).values_list(
            "word", flat=True
        )
    )


def shorter(word: str) -> set[str]:
    """A word with each of its letters missing."""
    return {word[:nth] + word[nth + 1 :] for nth in range(len(word))}


def slips_between(one: str, other: str) -> int:
    """How many letters were added, left out, changed or swapped with their neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i, *[0] * len(other)]
        for j, with_letter in enumerate(other, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != with_letter))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == with_letter:
                row[j] = min(row[j], last[j - 2] + 1)
    return row[-1]


def words_beginning(viewer: Person, typed: str) -> tuple[str, ...]:
    """Up to eight longer words that begin with `typed` and that the viewer would find, short ones first."""
    if not SHORTEST - 1 <= len(typed) <= LONGEST or not typed.isalpha():
        return ()
    found: list[str] = []
    for word in begun(typed):
        if len(found) == BEGUN:
            break
        if walk(viewer, Expression((Term(word, (word,), is_exact=True),)), Span(), limit=1):
            found.append(word)
    return tuple(found)


def begun(prefix: str) -> Iterable[str]:
    """Known words that begin so and are longer, short ones first."""
    if connection.vendor == "sqlite":
        condition, parameters = "word > %s AND word < %s", [prefix, prefix + "\U0010ffff"]
    else:
        condition, parameters = "word LIKE %s", [prefix + "_%"]
    sql = f"SELECT word FROM search_knownword WHERE {condition} ORDER BY LENGTH(word), word LIMIT {LOOKED_THROUGH}"
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [word for (word,) in cursor.fetchall()]
