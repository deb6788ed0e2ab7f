"""The best of what was found, told by nothing but the texts themselves and what they led to.

How often a word occurs elsewhere plays no part: that would tell of what the viewer may not see.
"""

import math
from collections.abc import Sequence
from heapq import nlargest

from heard.foundation.search.queries.marking import matches
from heard.foundation.search.queries.texts import Said
from heard.foundation.search.queries.walking import Found
from heard.foundation.search.rules import Term, days_between

LOOKED_AT = 4_000
HALF = 180.0
"""After so many days something counts half as fresh."""


def by_sight(found: Sequence[Found], titled: set[int], most: int) -> list[Found]:
    """At most so many of the likeliest, before their texts are read: by words in the headline, answers, how far it
    came, freshness.
    """
    if not found:
        return []
    newest = found[0].id
    return nlargest(most, found, key=lambda one: (worth(one, titled, newest), one.id))


def worth(one: Found, titled: set[int], newest: int) -> float:
    """What speaks for it, where the newest is there."""
    answers = math.log1p(one.reply_count) if one.kind == 0 else 0.0
    return 2.5 * (one.id in titled) + 0.4 * answers + 0.3 * one.stage + 2 ** (-days_between(one.id, newest) / HALF)


def by_words(told: Sequence[Said], terms: Sequence[Term], titled: set[int]) -> list[Said]:
    """The same once their texts are read: also how much of a text is what was looked for, and how close together."""
    if not told:
        return []
    newest = max(one.found.id for one in told)
    scored = []
    for one in told:
        scored.append((worth(one.found, titled, newest) + closeness(one.text[:LOOKED_AT], terms), one.found.id, one))
    return [one for _score, _id, one in sorted(scored, key=lambda row: row[:2], reverse=True)]


def closeness(text: str, terms: Sequence[Term]) -> float:
    """From 0 to 3: how often the terms come, for the length of the text, and whether they stand together."""
    found = matches(text, terms)
    if not found:
        return 0.0
    often = len(found) / (len(found) + 1 + len(text) / 800)
    near = 0.0
    for at, (begin, _end, _nth) in enumerate(found):
        together = {nth for start, _stop, nth in found[at : at + 8] if start < begin + 120}
        near = max(near, len(together) / max(len(terms), 1))
    return often * 1.5 + near * 1.5
