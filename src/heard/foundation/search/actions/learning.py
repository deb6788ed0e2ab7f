"""Changes the counts of known words: what comes is learnt, what is nowhere any more is forgotten."""

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import batched

from django.db import connection

from heard.foundation.search.rules import NAMES, OPEN, left_as_number, shorter

Tally = Counter[tuple[int, str]]
AT_ONCE = 500


def settle(tally: Tally) -> None:
    """Changes counts; words that were not there become known, those that are nowhere any more are forgotten."""
    changes = sorted((pool, word, by) for (pool, word), by in tally.items() if by)
    for some in batched(changes, AT_ONCE, strict=False):
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO search_knownword (pool, word, documents) VALUES {places(some, 3)} "
                "ON CONFLICT (pool, word) DO UPDATE SET documents = search_knownword.documents + excluded.documents "
                "RETURNING id, pool, word, documents",
                [value for change in some for value in change],
            )
            after = cursor.fetchall()
        come = [(pk, word) for pk, pool, word, now in after if pool == OPEN and now > 0 and now == tally[pool, word]]
        slip(come)
        forget_words([(pk, pool, word) for pk, pool, word, now in after if now <= 0])


def forget_words(gone: Collection[tuple[int, int, str]]) -> None:
    """Removes words and their slips."""
    if not gone:
        return
    slips = [(left, pk) for pk, pool, word in gone if pool == OPEN for left in lefts(word)]
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM search_knownword WHERE id IN ({','.join(str(pk) for pk, *_ in gone)})")
        cursor.executemany('DELETE FROM search_slip WHERE "left" = %s AND word = %s', slips)


def learn_names(words: Collection[str]) -> None:
    """Makes words by which colleagues are found known to all."""
    for some in batched(sorted(words), AT_ONCE, strict=False):
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO search_knownword (pool, word, documents) VALUES {places(some, 3)} "
                "ON CONFLICT DO NOTHING RETURNING id, word",
                [value for word in some for value in (NAMES, word, 1)],
            )
            come = cursor.fetchall()
        slip(come)


def slip(come: Iterable[tuple[int, str]]) -> None:
    """Notes what is left of new words when a letter is missing."""
    slips = [(left, pk) for pk, word in come for left in lefts(word)]
    with connection.cursor() as cursor:
        cursor.executemany('INSERT INTO search_slip ("left", word) VALUES (%s, %s)', slips)


def lefts(word: str) -> set[int]:
    """The numbers by which a word is found when it is mistyped; a hashtag has none."""
    return set() if word.startswith("#") else {left_as_number(left) for left in {word, *shorter(word)}}


def places(values: Collection[object], width: int) -> str:
    """Places for rows of values in SQL."""
    return ", ".join([f"({', '.join(['%s'] * width)})"] * len(values))
