"""The ledger of everything that was shown, as the auditor reads it; never for a page."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

from heard.features.asks.models import Ask, Question, Shown, Sort
from heard.features.ballots.queries import answered, comments, tally, used_so_far
from heard.features.rolls.queries import places_in, roll_of, tree
from heard.plumbing import disclosure
from heard.plumbing.disclosure import DAYS_OF_MEMORY, Crossing, Entry, Node, Tree, crossings_of, from_json

type Tallies = dict[Node, tuple[int, ...]]
type Counts = dict[Node, int]
CATEGORIES = {Sort.RECOMMEND: 3, Sort.AGREE: 3, Sort.VOTE: 3, Sort.COMMENT: 1}


def tree_of(ballot: str) -> tuple[Tree, Counts]:
    """The tree along which a ballot is reported, and how many were invited to each leaf."""
    groups = tree(roll_of(ballot))
    codes = {group.pk: group.code for group in groups}
    parents: dict[Node, Node | None] = {
        group.code: codes[group.parent_id] if group.parent_id else None for group in groups
    }
    return Tree(parents), {group.code: group.invited for group in groups if group.is_key}


def entries_about(question: Question, day: date) -> list[Entry]:
    """Everything shown of the same question, of this ask and of others in the days that the auditor remembers."""
    since = day - timedelta(days=DAYS_OF_MEMORY)
    recent = Shown.objects.filter(topic=question.topic, day__gte=since)
    own = Shown.objects.filter(question=question)
    return [from_json(row.entry) for row in (recent | own).distinct().order_by("day", "pk")]


def newest_about(questions: Iterable[Question]) -> int:
    """The newest entry (its id) about the same questions, of whichever ask; 0 where there is none."""
    about = Shown.objects.filter(topic__in={question.topic for question in questions})
    return about.order_by("-pk").values_list("pk", flat=True).first() or 0


def crossings_for(ballot: str, entries: Iterable[Entry]) -> list[Crossing]:
    """How many people stood in the same groups of this ask and of those in the ledger."""
    others = {entry.ask for entry in entries} - {ballot}
    return crossings_of(places_in([ballot, *sorted(others)])) if others else []


def category(kind: str, value: int) -> int:
    """Which category of its kind an answer belongs to."""
    if kind == Sort.RECOMMEND:
        return disclosure.recommend(value)
    if kind == Sort.AGREE:
        return disclosure.agreement(value)
    return value + 1 if kind == Sort.VOTE else value


def categories_of(question: Question) -> int:
    """How many there are."""
    return len(question.options) if question.kind == Sort.CHOICE else CATEGORIES[Sort(question.kind)]


def batches_of(question: Question, ballot: str, numbers: int) -> list[Tallies]:
    """The tallies by leaf of each of so many releases, and last of whatever was released after them."""
    totals: list[Tallies] = [{}]
    for number in [*range(1, numbers + 1), None]:
        totals.append(released(question, ballot, number))
    return [less(later, earlier) for earlier, later in pairwise(totals)]


def released(question: Question, ballot: str, upto: int | None) -> Tallies:
    """What was released up to then: how many of each leaf answered each category."""
    found: Tallies = {}
    if question.kind == Sort.COMMENT:
        for comment in comments(ballot, upto):
            if comment.question == question.code:
                found[comment.group] = (found.get(comment.group, (0,))[0] + 1,)
        return found
    for group, answers in tally(ballot, upto).items():
        counts = [0] * categories_of(question)
        for value, count in answers.get(question.code, {}).items():
            counts[category(question.kind, value)] += count
        if any(counts):
            found[group] = tuple(counts)
    return found


def less(later: Tallies, earlier: Tallies) -> Tallies:
    """What came in between."""
    new: Tallies = {}
    for leaf, counts in later.items():
        before = earlier.get(leaf, (0,) * len(counts))
        new[leaf] = tuple(now - then for now, then in zip(counts, before, strict=True))
    return new


def answers_so_far(question: Question, ballot: str) -> Counts:
    """How many of each leaf answered, also those that wait: to decide on a release, and for nothing else."""
    return {group: sum(counts.get(question.code, (0, 0))) for group, counts in answered(ballot).items()}


def came_so_far(ballot: str) -> Counts:
    """How many of each leaf used their token, whether or not they answered a question: for the same decision."""
    used = used_so_far(ballot)
    return {leaf: used[leaf] for leaf in used}


def is_scored(question: Question) -> bool:
    """Whether its answers are numbers; words are shown at the closing only."""
    return question.kind != Sort.COMMENT


def ask_by_id(ask_id: int) -> Ask:
    """Raises Ask.DoesNotExist."""
    return Ask.objects.select_related("author", "community", "before").get(pk=ask_id)
