"""A pulse from being asked to its results."""

from datetime import timedelta

import pytest

from heard.features.asks.models import Shown
from heard.features.asks.queries.figures import places_of
from heard.features.asks.queries.participation import participation_of
from heard.features.asks.queries.results import said_in
from heard.features.ballots.models import AnswerAtRest
from heard.features.ballots.queries import releases
from heard.features.rolls.actions import issue
from heard.features.rolls.errors import NotInvited
from heard.features.rolls.models import Group
from heard.foundation.notices.models import Notice, Why
from heard.foundation.people.actions import change_profile
from heard.foundation.people.models import Person
from heard.plumbing.disclosure import from_json
from tests.cast import Cast
from tests.features.asks.asking import AGREE, CHOICE, RECOMMEND, WORDS, a_pulse, answer, clock_at, closed, tokens_for
from tests.features.rolls.companies import a_company, staff

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def figures(ask, nth=1):
    """What is shown of a question: answers and counts by the name of the group, each from its newest release."""
    names = dict(Group.objects.values_list("code", "name"))
    shown = {}
    for row in Shown.objects.filter(question__ask=ask, question__nth=nth).order_by("number"):
        shown |= {names[node]: (one.answers, one.low) for node, one in from_json(row.entry).figures.items()}
    return shown


def test_a_pulse_is_announced_answered_and_shown(cast: Cast):
    company = a_company(Depot=10, Office=12)
    ask = a_pulse(cast.administrator, AGREE, RECOMMEND, CHOICE, WORDS)
    assert ask.ballot
    people = [*company["Depot"], *company["Office"]]
    tokens = tokens_for(ask, people)
    sheets = [{"q1": 1 + nth % 5, "q2": nth % 11, "q3": nth % 3, "q4": f"Words {nth}"} for nth in range(22)]
    answer(ask, tokens, *sheets)
    closed(ask)
    assert ask.closed_at
    assert figures(ask)["Office"] == (12, (6, 2, 4))
    assert figures(ask)["Northwind"][0] == 22
    assert figures(ask, 4)["Office"] == (12, (12,))


def test_accounts_that_were_added_for_it_lift_no_answer_over_the_threshold(cast: Cast):
    company = a_company(Operations=12, Sales=7)
    added = staff(7, company["Sales"][0].unit, name="Added", here=timedelta(hours=1))
    ask = a_pulse(cast.administrator)
    for person in added:
        with pytest.raises(NotInvited):
            issue(by=person, ballot=ask.ballot, blinded=[bytes(256)])
    tokens = tokens_for(ask, [company["Sales"][0], *company["Operations"]])
    answer(ask, tokens, *[{"q1": value} for value in (1, *[5, 3, 1] * 4)])
    closed(ask)
    assert {name: answers for name, (answers, _counts) in figures(ask).items()} == {"Northwind": 13}


def test_everybody_is_told_of_announcement_opening_and_result(cast: Cast):
    company = a_company(Depot=10)
    ask = a_pulse(cast.administrator)
    person = company["Depot"][0]
    told = Notice.objects.filter(why=Why.ASK, person=person)
    assert told.count() == 1
    clock_at(ask, timedelta(hours=1))
    clock_at(ask, timedelta(hours=2))
    assert told.count() == 2
    clock_at(ask, 5 * DAY + timedelta(hours=1))
    clock_at(ask, 5 * DAY + timedelta(hours=2))
    assert told.count() == 3
    closed(ask)
    closed(ask)
    assert told.count() == 4
    assert {one.title for one in told} == {"Autumn pulse"}


def test_figures_move_only_with_a_release(cast: Cast):
    company = a_company(Depot=20, Office=30)
    ask = a_pulse(cast.administrator)
    tokens = tokens_for(ask, [*company["Depot"], *company["Office"]])
    depot, office = tokens[:20], tokens[20:]
    answer(ask, [*depot[:7], *office[:6]], {"q1": 4}, {"q1": 2}, {"q1": 3})
    clock_at(ask, DAY)
    first = figures(ask)
    assert first["Northwind"][0] == 13
    answer(ask, office[6:12], {"q1": 1}, after=DAY)
    clock_at(ask, 2 * DAY)
    assert (figures(ask), len(releases(ask.ballot))) == (first, 1)
    answer(ask, [office[12]], {"q1": 1}, after=2 * DAY)
    clock_at(ask, 3 * DAY)
    assert (figures(ask)["Northwind"][0], len(releases(ask.ballot))) == (20, 2)
    answer(ask, [depot[8]], {"q1": 1}, after=3 * DAY)
    clock_at(ask, 4 * DAY)
    assert len(releases(ask.ballot)) == 2
    closed(ask)
    assert figures(ask)["Northwind"][0] == 20, "one more would be found out by subtraction"


def test_nothing_moves_where_nobody_more_could_come(cast: Cast):
    company = a_company(Depot=10)
    ask = a_pulse(cast.administrator)
    answer(ask, tokens_for(ask, company["Depot"][:10]), {"q1": 4}, {"q1": 2})
    clock_at(ask, DAY)
    assert (figures(ask), releases(ask.ballot)) == ({}, [])
    closed(ask)
    assert {answers for answers, _counts in figures(ask).values()} == {10}


def test_whoever_used_their_token_and_left_a_question_out_can_come_no_more(cast: Cast):
    company = a_company(Depot=30)
    ask = a_pulse(cast.administrator, AGREE, RECOMMEND)
    tokens = tokens_for(ask, company["Depot"])
    answer(ask, tokens[:10], {"q1": 4, "q2": 9})
    answer(ask, tokens[10:24], {"q1": 2})
    clock_at(ask, DAY)
    assert releases(ask.ballot) == [], "ten answered the second question, and six can come still"
    closed(ask)
    assert [{count for count, _low in figures(ask, nth).values()} for nth in (1, 2)] == [{24}, {10}]


def test_a_group_that_is_too_small_to_show_is_shown_nowhere(cast: Cast):
    company = a_company(Depot=20, Office=8, Legal=9)
    ask = a_pulse(cast.administrator)
    answered = [*company["Depot"], *company["Office"][:3], *company["Legal"]]
    answer(ask, tokens_for(ask, answered), *[{"q1": 1 + nth % 5} for nth in range(40)])
    closed(ask)
    assert "Office" not in figures(ask)
    shown = figures(ask)
    parts = sum(shown[name][0] for name in shown if name != "Northwind")
    assert shown["Northwind"][0] - parts == 0 or shown["Northwind"][0] - parts >= 7


def test_the_same_question_asked_again_is_audited_with_what_was_shown_before(cast: Cast):
    company = a_company(Depot=10, Office=12)
    everybody = [*company["Depot"], *company["Office"]]
    depot = company["Depot"][0].unit
    Person.objects.filter(unit=None).update(unit=depot)
    first = a_pulse(cast.administrator)
    answer(first, tokens_for(first, everybody), *[{"q1": 1 + nth % 5} for nth in range(22)])
    closed(first)
    # Four leave the office for the depot: what the office says now, taken from what it said before, would be theirs.
    for person in company["Office"][:4]:
        change_profile(person, by=cast.steward, unit_id=depot.pk)
    second = a_pulse(cast.administrator)
    answer(second, tokens_for(second, everybody), *[{"q1": 1 + nth % 5} for nth in range(22)])
    closed(second)
    assert set(figures(first)) == {"Northwind", "Depot", "Office"}
    assert set(figures(second)) < set(figures(first)), "what four people say would follow from both"


def test_once_it_is_closed_nothing_tells_in_which_release_an_answer_came(cast: Cast):
    company = a_company(Depot=20, Office=30)
    ask = a_pulse(cast.administrator, AGREE, WORDS)
    tokens = tokens_for(ask, [*company["Depot"], *company["Office"]])
    answer(ask, [*tokens[:8], *tokens[20:30]], *[{"q1": 1 + nth % 5, "q2": f"Early {nth}"} for nth in range(18)])
    clock_at(ask, DAY)
    assert len(releases(ask.ballot)) == 1
    later = [*tokens[8:20], *tokens[30:50]]
    answer(ask, later, *[{"q1": 1 + nth % 4, "q2": f"Late {nth}"} for nth in range(32)], after=DAY)
    closed(ask)
    assert [one.number for one in releases(ask.ballot)] == [1, 2]
    assert set(AnswerAtRest.objects.values_list("release", flat=True)) == {None}
    assert figures(ask)["Northwind"][0] == 50
    assert figures(ask, 2)["Northwind"] == (50, (50,))
    before = figures(ask), figures(ask, 2)
    closed(ask)
    assert (figures(ask), figures(ask, 2)) == before
    [whole] = [place for place in places_of(ask.ballot) if not place.parent]
    assert len([words for one in said_in(ask, whole) for words in one.comments]) == 50


def test_how_many_of_a_group_answered_is_shown_in_quarters_and_only_once_it_is_closed(cast: Cast):
    company = a_company(Depot=20, Office=30, Legal=8)
    ask = a_pulse(cast.administrator)
    tokens = tokens_for(ask, [*company["Depot"], *company["Office"]])
    answer(ask, [*tokens[:8], *tokens[20:30]], *[{"q1": 1 + nth % 5} for nth in range(18)])
    clock_at(ask, DAY)
    shown = participation_of(ask)
    assert shown is not None
    assert (shown.used, shown.bands) == (18, {})
    answer(ask, tokens[30:45], *[{"q1": 1 + nth % 5} for nth in range(15)], after=DAY)
    shown = participation_of(ask)
    assert shown is not None
    assert shown.used == 18, "it moves with a release"
    closed(ask)
    shown = participation_of(ask)
    assert shown is not None
    names = dict(Group.objects.values_list("code", "name"))
    quarters = {names[code]: quarter for code, quarter in shown.bands.items()}
    assert (quarters["Depot"], quarters["Office"]) == (1, 3)


def test_comments_are_shown_once_it_is_closed_from_ten_of_a_group(cast: Cast):
    company = a_company(Depot=20, Office=30, Legal=8)
    ask = a_pulse(cast.administrator, AGREE, WORDS)
    tokens = tokens_for(ask, [*company["Depot"], *company["Office"]])
    sheets = [{"q1": 1 + nth % 5} | ({"q2": f"Words {nth}"} if nth < 9 or nth >= 20 else {}) for nth in range(40)]
    answer(ask, tokens[:40], *sheets)
    clock_at(ask, DAY)
    places = {place.name: place for place in places_of(ask.ballot)}
    assert not [words for place in places.values() for one in said_in(ask, place) for words in one.comments]
    closed(ask)
    told = {name: [len(one.comments) for one in said_in(ask, place)][1] for name, place in places.items()}
    assert told["Depot"] == 0, "nine wrote there"
    assert max(told["Northwind"], told["Office"]) >= 20
    assert 0 in (told["Northwind"], told["Office"]), "what nine wrote would follow from both"
