"""Words that may have been meant, all of them out of what the viewer may read.

Proposals are words of communities that the viewer reads, weighed by how often they stand there; each is then looked
for as any other word is. How often it occurs to others plays no part.
"""

from heard.foundation.people.models import Person
from heard.foundation.search.queries.expressions import Expression
from heard.foundation.search.queries.knowing import words_begun, words_like
from heard.foundation.search.queries.walking import Span, walk
from heard.foundation.search.rules import Asked, Term, left_as_number, shorter

SHORTEST, LONGEST = 4, 24
FAR = 8
"""Words of so many letters may be two slips away."""
CORRECTED = 6
TRIED = 4
"""So many proposals are looked for. That the first is not found happens only while the index is behind."""
BEGUN = 8
RIGHT = 2
"""So many letters at the beginning of a word of one's own community are taken to be right."""


def corrected(viewer: Person, asked: Asked) -> Asked | None:
    """The same with words that the viewer would find, where they would not find those typed; None if all are right."""
    wrong = [term for term in asked.wanted if may_be_wrong(term)]
    instead: dict[str, str] = {}
    for word in list(dict.fromkeys(term.words[0] for term in wrong))[:CORRECTED]:
        instead[word] = "" if is_found(viewer, word) else nearest(viewer, word)
    better = asked
    for term in wrong:
        if word := instead.get(term.words[0], ""):
            better = better.with_term(term, Term(word, (word,), term.is_exact))
    return better if better is not asked else None


def may_be_wrong(term: Term) -> bool:
    """Whether this is a word that may be mistyped."""
    return len(term.words) == 1 and term.words[0].isalpha() and SHORTEST <= len(term.words[0]) <= LONGEST


def is_found(viewer: Person, word: str, *, is_exact: bool = False) -> bool:
    """Whether the viewer would find a word in any of its forms, or exactly as it is."""
    return bool(walk(viewer, Expression((Term(word, (word,), is_exact),)), Span(), limit=1))


def nearest(viewer: Person, word: str) -> str:
    """The word nearest to this that the viewer would find; of equally near ones, what they would find more of."""
    far = most_slips(word)
    known = words_like(viewer, lefts_of(word), word[:RIGHT], len(word) - far, len(word) + far)
    near = [(slips, other) for other in known if 0 < (slips := slips_between(word, other, most=far)) <= far]
    for _slips, other in sorted(near, key=lambda one: (one[0], one[1][0] != word[0], -known[one[1]], one[1]))[:TRIED]:
        if is_found(viewer, other, is_exact=True):
            return other
    return ""


def most_slips(word: str) -> int:
    """How many slips away a word may be that was meant."""
    return 2 if len(word) >= FAR else 1


def lefts_of(word: str) -> set[int]:
    """What is left of a word when a letter, in long words two, are missing, as slips are kept."""
    left = {word, *shorter(word)}
    if len(word) >= FAR:
        left |= {twice for once in shorter(word) for twice in shorter(once)}
    return {left_as_number(one) for one in left}


def slips_between(one: str, other: str, *, most: int) -> int:
    """How many letters were added, left out, changed or swapped with their neighbour (optimal string alignment).

    Where that is clearly more than `most`, the answer is only that it is more.
    """
    if abs(len(one) - len(other)) > most or len(set(one) ^ set(other)) > 2 * most:
        return most + 1
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
    """Up to eight longer words that begin with `typed` and that the viewer may read, short ones first."""
    if not SHORTEST - 1 <= len(typed) <= LONGEST or not typed.isalpha():
        return ()
    return tuple(words_begun(viewer, typed, limit=BEGUN))
