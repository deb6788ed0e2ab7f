"""Joining what one person said: words with scores, words with used tokens, and the words of two asks."""

from collections.abc import Iterator, Sequence

from heard.plumbing.base64url import decode
from tests.features.linking.attacks import Thief
from tests.features.linking.dump import Row
from tests.features.linking.staff import Truth

type Tried = tuple[str, bool, float]
"""What was tried, whether it was right, and how likely that was by lot."""


def joined(thief: Thief, truth: Truth) -> Iterator[Tried]:
    """Words with the score, and with the used token, that lie in the same place among those of their release."""
    for words, score, among in beside(thief.said, thief.scored):
        right = truth.scores[truth.words[words["words"]]]
        yield "score", score["value"] == right, sum(one["value"] == right for one in among) / len(among)
    for words, token, among in beside(thief.said, thief.used):
        yield "token", truth.prefixes[decode(token["prefix"])] == truth.words[words["words"]], 1 / len(among)


def joined_across(thief: Thief, truth: Truth, before: Sequence[Row], before_truth: Truth) -> Iterator[Tried]:
    """Words with those of the ask before that lie in the same place: whoever answered both may have said both."""
    for words, other in zip(thief.said, before, strict=False):
        same = truth.words[words["words"]] == before_truth.words[other["words"]]
        yield "other ask", same, 1 / len(before)


def beside(rows: Sequence[Row], others: Sequence[Row]) -> Iterator[tuple[Row, Row, Sequence[Row]]]:
    """Each row with the nth of the others of its release, where it is the nth, and with all of those.

    Used tokens have no release: there it is the nth of all.
    """
    seen: dict[object, int] = {}
    for row in rows:
        among = [one for one in others if "release" not in one.values or one["release"] == row["release"]]
        kept = row["release"] if len(among) < len(others) else None
        place = seen[kept] = seen.get(kept, -1) + 1
        if place < len(among):
            yield row, among[place], among
