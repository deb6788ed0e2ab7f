"""What a page may show of the answers: what the ledger says was shown, and nothing that is counted anew."""

from collections.abc import Sequence
from dataclasses import dataclass

from heard.features.asks import rules
from heard.features.asks.models import Ask, Question, Shown, Sort
from heard.features.asks.queries.seeing import questions_of
from heard.features.asks.rules import Picture, Score, Share
from heard.features.ballots.queries import comments, releases
from heard.features.rolls.queries import group_codes_below, roll_of, tree
from heard.plumbing.disclosure import Figure, from_json

MOST_COMMENTS = 300


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


@dataclass(frozen=True)
class Participation:
    """How many of all who were asked had answered when figures moved last; `bands` by group only after the closing."""

    used: int
    invited: int
    bands: dict[str, int]
    is_over: bool

    @property
    def percent(self) -> int:
        """Of hundred."""
        return round(100 * self.used / self.invited) if self.invited else 0


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


def before_of(ask: Ask, place: Place) -> dict[str, rules.Sides]:
    """Both sides of what the same unit said in the run before, by topic; nothing where that was not shown exactly."""
    before = ask.before
    if before is None or not before.ballot:
        return {}
    same = [one for one in places_of(before.ballot) if is_same(one, place)]
    if not same:
        return {}
    questions = questions_of(before)
    figures = figures_of(questions)
    sides = {}
    for question in questions:
        figure = figures[question.pk].get(same[0].code)
        if figure is not None and question.kind in {Sort.AGREE, Sort.RECOMMEND}:
            found = rules.sides_of(figure, same[0].invited, is_reversed=question.is_reversed)
            if found:
                sides[question.topic] = found
    return sides


def is_same(one: Place, other: Place) -> bool:
    """Whether both are the whole, or the same unit in the same way."""
    if not one.parent or not other.parent:
        return not one.parent and not other.parent
    return one.unit is not None and (one.unit, one.is_key, one.name) == (other.unit, other.is_key, other.name)


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


def participation_of(ask: Ask) -> Participation | None:
    """How many answered, as of the last release in which at least k more had; nothing before the first."""
    if not ask.ballot:
        return None
    roll = roll_of(ask.ballot)
    invited = {group.code: group.invited for group in tree(roll) if group.is_key}
    everybody, told, last = sum(invited.values()), 0, None
    for one in releases(ask.ballot):
        used = sum(counts["used"] for counts in one.counts.values())
        if used - told >= roll.k:
            told = used
        last = one
    if last is None or told < roll.k:
        return None
    bands = {}
    if ask.closed_at:
        bands = {code: rules.band(last.counts[code]["used"], count) for code, count in invited.items()}
    return Participation(told, everybody, bands, ask.closed_at is not None)
