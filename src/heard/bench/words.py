"""What the made-up organisation says: words that come as often as words do, by Zipf's law, in texts of their own.

Every text is two of some thousand halves, so that no two are alike among a million, and words meet as they happen to.
"""

import random
from bisect import bisect
from functools import cache
from itertools import accumulate

SEED = 21
VOCABULARY = 60_000
HALVES = (1499, 1487)
STRIDE = 7
LONGEST = 390


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """Words, the commonest first and shortest, and how often each comes, summed up."""
    drawn = random.Random(SEED)  # noqa: S311 - made-up words
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
        syllables = 1 + bisect([50, 2_500, 30_000], len(words)) + drawn.randint(0, 1)
        words["".join(drawn.choice("kstnmrlvdp") + drawn.choice("aeiou") for _n in range(syllables))] = None
    weights = accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY))
    return list(words), list(weights)


@cache
def halves(which: int) -> list[str]:
    """Some thousand texts of 10 to 60 words."""
    words, weights = vocabulary()
    drawn = random.Random(SEED + 1 + which)  # noqa: S311
    return [
        " ".join(words[bisect(weights, drawn.random() * weights[-1])] for _n in range(drawn.randint(10, 60)))
        for _nth in range(HALVES[which])
    ]


def body(nth: int, is_reply: int = 0) -> tuple[str, str, str]:
    """Source, HTML and excerpt of the nth text, of some 70 words."""
    first = halves(0)[(nth + 700 * is_reply) % HALVES[0]]
    second = halves(1)[(nth * STRIDE + 300 * is_reply) % HALVES[1]]
    words = f"{first} {second}"
    return words, f'<p dir="auto">{words}</p>', words[:LONGEST]


def words_at(*ranks: int) -> str:
    """The words of these ranks, from 0 for the commonest."""
    return " ".join(vocabulary()[0][rank] for rank in ranks)
