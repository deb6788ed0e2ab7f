"""Asks of the same question are held against one another, however it is written, and whenever it was asked."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.utils import timezone

from heard.features.asks.models import Question, Shown
from heard.features.asks.rules import Draft
from heard.features.rolls.models import Group
from heard.foundation.people.models import Unit
from heard.plumbing.disclosure import from_json
from tests.cast import Cast
from tests.features.asks.asking import AGREE, a_pulse, answer, closed, tokens_for
from tests.features.rolls.companies import a_company

pytestmark = pytest.mark.django_db
SAID = {"Operations": [5, 1, 3] * 4, "Sales": [5, 5, 3, 3, 1, 1, 3, 5, 1], "Tiny": [1, 1, 5]}
fold_topics = import_module("heard.features.asks.migrations.0003_folded_topics").fold_topics


def shown(ask):
    """The groups whose figures are shown, each with how many answered."""
    names = dict(Group.objects.values_list("code", "name"))
    rows = Shown.objects.filter(question__ask=ask)
    return {names[node]: one.answers for row in rows for node, one in from_json(row.entry).figures.items()}


@pytest.mark.parametrize(
    "again", [AGREE.text, "We are told the truth!", "we are told  the truth", "We are told the truth.\u200b"]
)
def test_who_is_left_out_the_second_time_is_not_found_by_subtraction(cast: Cast, again: str):
    company = a_company(**{name: len(said) for name, said in SAID.items()})
    units = dict(Unit.objects.values_list("name", "pk"))
    first = a_pulse(cast.administrator, AGREE)
    second = a_pulse(cast.administrator, Draft("agree", again), units=[units["Operations"], units["Sales"]])
    for ask, asked in ((first, SAID), (second, ["Operations", "Sales"])):
        tokens = tokens_for(ask, [person for name in asked for person in company[name]])
        answer(ask, tokens, *[{"q1": value} for name in asked for value in SAID[name]])
    assert sum(shown(closed(first)).values()) > 0
    assert "Sales" not in shown(closed(second))


def test_a_quarter_later_it_is_still_held_against_what_was_shown(cast: Cast):
    company = a_company(**{name: len(said) for name, said in SAID.items()})
    units = dict(Unit.objects.values_list("name", "pk"))
    first = a_pulse(cast.administrator, AGREE)
    answer(first, tokens_for(first, [person for people in company.values() for person in people]), {"q1": 4}, {"q1": 1})
    assert shown(closed(first))
    with time_machine.travel(timezone.now() + timedelta(weeks=13)):
        second = a_pulse(cast.administrator, AGREE, units=[units["Operations"], units["Sales"]])
        tokens = tokens_for(second, [*company["Operations"], *company["Sales"]])
    assert second.closes_at - first.closes_at == timedelta(weeks=13)
    answer(second, tokens, {"q1": 4}, {"q1": 1})
    assert "Sales" not in shown(closed(second))


def test_what_was_asked_before_an_update_is_held_against_what_is_asked_after_it(cast: Cast):
    company = a_company(Depot=8, Office=9)
    ask = a_pulse(cast.administrator, AGREE, Draft("comment", "Why?"))
    answer(ask, tokens_for(ask, company["Depot"]), *[{"q1": 1 + nth % 5} for nth in range(8)])
    closed(ask)
    question = Question.objects.get(ask=ask, nth=1)
    Question.objects.filter(ask=ask).update(topic="as it was")
    for row in Shown.objects.filter(question=question):
        row.topic = row.entry["question"] = "as it was"
        row.save()
    fold_topics(apps, None)
    assert list(Question.objects.filter(ask=ask).order_by("nth").values_list("topic", flat=True)) == [
        AGREE.topic,
        Draft("comment", "Why?").topic,
    ]
    rows = Shown.objects.filter(question=question)
    assert [(row.topic, from_json(row.entry).question) for row in rows] == [(AGREE.topic, AGREE.topic)] * len(rows)
    assert rows


def test_two_questions_of_one_ask_never_become_the_same(cast: Cast):
    a_company(Depot=8)
    ask = a_pulse(cast.administrator, AGREE, Draft("comment", "Why?"))
    Question.objects.filter(ask=ask, nth=2).update(kind=AGREE.kind, text=f"{AGREE.text}..", topic="as it was")
    fold_topics(apps, None)
    assert list(ask.questions.order_by("nth").values_list("topic", flat=True)) == [AGREE.topic, "as it was"]
