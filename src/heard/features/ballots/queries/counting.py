"""Counts: those for deciding on a release, which nobody is shown, and those that were released."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from heard.features.ballots.models import Answer, AnswerAtRest, Ballot, Key, Release, State, Used, UsedAtRest


@dataclass(frozen=True, slots=True)
class Comment:
    """Words that somebody of a group wrote; which else they answered is not known.

    The number of the release in which they came is forgotten some time after the closing.
    """

    code: str
    question: str
    group: str
    words: str
    release: int | None


def ballot_by_code(code: str) -> Ballot:
    """The ballot, without its list of keys. Raises Ballot.DoesNotExist."""
    return Ballot.objects.defer("published").get(code=code)


def published(code: str) -> str:
    """The list of keys, as it was made when the ballot was announced. Raises Ballot.DoesNotExist."""
    return Ballot.objects.values_list("published", flat=True).get(code=code)


def invited(ballot: str) -> dict[str, int]:
    """How many were invited, by group."""
    return dict(Key.objects.filter(ballot_id=ballot).values_list("group", "invited"))


def answered(ballot: str) -> dict[str, dict[str, tuple[int, int]]]:
    """For the decision on a release only: by group and question, how many answers wait, and how many were released."""
    answers = answers_to(ballot)
    waits = Q(pk__in=[]) if answers.model is AnswerAtRest else Q(release=None)
    counted = answers.values_list("key", "question").annotate(
        waiting=Count("pk", filter=waits), released=Count("pk", filter=~waits)
    )
    found: dict[str, dict[str, tuple[int, int]]] = {group: {} for group in invited(ballot)}
    for group, question, waiting, released in counted:
        found[group][question] = (waiting, released)
    return found


def used_so_far(ballot: str) -> dict[str, int]:
    """For the decision on a release only: how many tokens of each group were used."""
    counted = dict(tokens_used(ballot).values_list("key").annotate(Count("pk")))
    return {group: counted.get(group, 0) for group in invited(ballot)}


def releases(ballot: str) -> list[Release]:
    """What was released, oldest first, with the counts that stood then."""
    return list(Release.objects.filter(ballot_id=ballot).order_by("number"))


def tally(ballot: str, upto: int | None = None) -> dict[str, dict[str, Counter[int]]]:
    """Released values by group and question, up to a release or to the newest one.

    Up to an earlier one as long as it is known in which each came: see `actions.forget_releases`.
    """
    rows = _released(ballot, upto).filter(value__isnull=False).values_list("key", "question", "value")
    return _counters((*row, count) for *row, count in rows.annotate(Count("pk")))


def comments(ballot: str, upto: int | None = None) -> list[Comment]:
    """Released words, in an order that says nothing."""
    rows = _released(ballot, upto).exclude(words="").order_by("code")
    return [Comment(*row) for row in rows.values_list("code", "question", "key", "words", "release")]


def answers_to(ballot: str) -> Any:
    """All rows of answers: those of a ballot that is closed lie elsewhere."""
    return (AnswerAtRest if is_at_rest(ballot) else Answer)._default_manager.filter(key__ballot_id=ballot)


def tokens_used(ballot: str) -> Any:
    """All rows of used tokens, likewise."""
    return (UsedAtRest if is_at_rest(ballot) else Used)._default_manager.filter(key__ballot_id=ballot)


def is_at_rest(ballot: str) -> bool:
    """Whether it is closed, and its rows were moved."""
    return Ballot.objects.filter(code=ballot, state=State.CLOSED).exists()


def _released(ballot: str, upto: int | None) -> Any:
    rows = answers_to(ballot)
    if upto is not None:
        return rows.filter(release__lte=upto)
    return rows if rows.model is AnswerAtRest else rows.filter(release__isnull=False)


def _counters(rows: Iterable[tuple[Any, ...]]) -> dict[str, dict[str, Counter[int]]]:
    found: dict[str, dict[str, Counter[int]]] = defaultdict(lambda: defaultdict(Counter))
    for group, question, value, count in rows:
        found[group][question][value] = count
    return {group: dict(questions) for group, questions in found.items()}
