"""What a page may show of the answers: what the ledger says was shown, and nothing that is counted anew."""

from collections.abc import Sequence
from dataclasses import dataclass

from heard.features.asks import rules
from heard.features.asks.models import Ask, Question, Sort
from heard.features.asks.queries.comparing import before_of
from heard.features.asks.queries.figures import Place, figures_of
from heard.features.asks.queries.seeing import questions_of
from heard.features.asks.rules import Picture, Score, Share
from heard.features.ballots.queries import comments
from heard.features.rolls.queries import group_codes_below
from heard.plumbing.disclosure import Figure

MOST_COMMENTS = 300


@dataclass(frozen=True)
class Said:
    """What a group said to a question; no `picture` where it may not be shown. `options` are those of a choice."""

    question: Question
    place: Place
    picture: Picture | None
    options: list[tuple[str, int, Share]]
    change: Score | None
    comments: list[str]

    @property
    def is_changed(self) -> bool:
        """Whether the change leaves chance out."""
        return self.change is not None and (self.change.low > 0 or self.change.high < 0)

    @property
    def change_told(self) -> str:
        """The change with its sign."""
        return rules.signed(self.change.value) if self.change else ""


def said_in(ask: Ask, place: Place) -> list[Said]:
    """What a group said to each question."""
    questions = questions_of(ask)
    figures = figures_of(questions)
    earlier, words = before_of(ask, place), words_in(ask, place, questions)
    return [said(question, place, figures[question.pk], earlier, words) for question in questions]


def said_to(ask: Ask, question: Question, places: Sequence[Place]) -> list[Said]:
    """What each group said to a question."""
    figures = figures_of([question])[question.pk]
    return [said(question, place, figures, {}, {}) for place in places]


def said(
    question: Question,
    place: Place,
    figures: dict[str | int, Figure],
    earlier: dict[str, rules.Sides],
    words: dict[str, list[str]],
) -> Said:
    """One of them. `earlier` is what was said in the run before, by topic; `words` are comments, by question."""
    figure = figures.get(place.code)
    if figure is None:
        return Said(question, place, None, [], None, [])
    is_reversed, options = question.is_reversed, list(question.options)
    picture = rules.picture_of(figure, question.kind, options, place.invited, is_reversed=is_reversed)
    shares = rules.shares_of(figure, place.invited) if question.kind == Sort.CHOICE else None
    listed = list(zip(options, figure.low, shares, strict=True)) if shares else []
    now = rules.sides_of(figure, place.invited, is_reversed=is_reversed) if picture.score else None
    then = earlier.get(question.topic)
    return Said(
        question,
        place,
        picture,
        listed,
        rules.change(now, then) if now and then else None,
        words.get(question.code, []),
    )


def words_in(ask: Ask, place: Place, questions: Sequence[Question]) -> dict[str, list[str]]:
    """The comments of a group to each question (its code), in an order that says nothing.

    Whether they may be shown, the figure of the question says.
    """
    if ask.closed_at is None or not ask.ballot or all(one.kind != Sort.COMMENT for one in questions):
        return {}
    inside = group_codes_below(ask.ballot, place.code)
    found: dict[str, list[str]] = {}
    for one in comments(ask.ballot):
        if one.group in inside and len(found.setdefault(one.question, [])) < MOST_COMMENTS:
            found[one.question].append(one.words)
    return found
