"""What the same group said in the run before, to hold against what it says now."""

from heard.features.asks import rules
from heard.features.asks.models import Ask, Sort
from heard.features.asks.queries.figures import Place, figures_of, places_of
from heard.features.asks.queries.seeing import questions_of


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
