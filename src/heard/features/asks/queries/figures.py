"""What the ledger says was shown, and the tree of groups of which it was."""

from collections.abc import Sequence
from dataclasses import dataclass

from heard.features.asks import rules
from heard.features.asks.models import Ask, Question, Shown
from heard.features.rolls.queries import roll_of, tree
from heard.plumbing.disclosure import Figure, from_json


@dataclass(frozen=True)
class Place:
    """A group of the tree, as results lead through it."""

    code: str
    name: str
    depth: int
    invited: int
    unit: int | None
    parent: str
    is_key: bool


def places_of(ballot: str) -> list[Place]:
    """The tree of a ballot, from the top."""
    groups = tree(roll_of(ballot))
    codes = {group.pk: group.code for group in groups}
    return [
        Place(one.code, one.name, one.depth, one.invited, one.unit_id, codes.get(one.parent_id or 0, ""), one.is_key)
        for one in groups
    ]


def smallest_of(ask: Ask) -> int:
    """From how many answers on a group of an announced ask is shown."""
    return roll_of(ask.ballot or "").k


def figures_of(questions: Sequence[Question]) -> dict[int, dict[str | int, Figure]]:
    """Of each question (id) what is shown now of each group: its newest figure."""
    shown: dict[int, dict[str | int, Figure]] = {question.pk: {} for question in questions}
    for row in Shown.objects.filter(question__in=questions).order_by("number"):
        shown[row.question_id] |= from_json(row.entry).figures
    return shown


def votes_in_words(votes: Sequence[Ask]) -> dict[str, str]:
    """What all said in each of these votes, by what it is about; nothing of those of which nothing may be shown."""
    questions = list(Question.objects.filter(ask__in=votes).select_related("ask"))
    figures = figures_of(questions)
    return {
        question.ask.about: rules.words_of(figure, rules.labels_of(question.kind, []))
        for question in questions
        for figure in figures[question.pk].values()
    }
