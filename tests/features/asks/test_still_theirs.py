"""Whoever asked goes on asking and reading as long as they may; whoever is out of a community reads no poll of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from heard.features.asks.actions import look_at_all, run_again, stop_schedule, withdraw
from heard.features.asks.errors import MayNotLookAfter
from heard.features.asks.models import Ask
from heard.foundation.communities.models import Membership
from heard.foundation.notices.models import Notice, Why
from heard.foundation.people.actions import grant_role, withdraw_role
from heard.foundation.people.models import Grant, Person, Role, Unit
from tests.cast import Cast, a_person, browser_of
from tests.features.asks.asking import AGREE, a_poll, a_pulse, now_in, tokens_for
from tests.features.rolls.companies import a_company, staff

pytestmark = pytest.mark.django_db
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)


def leads(cast: Cast, person: Person, unit: Unit | None) -> Person:
    """The same person, as who leads this unit and nothing else."""
    for grant in Grant.objects.filter(person=person):
        withdraw_role(grant, by=cast.administrator)
    if unit:
        grant_role(person, Role.LEADER, by=None, unit=unit)
    return Person.objects.get(pk=person.pk)


def a_leaders_pulse(cast: Cast, unit: Unit) -> tuple[Person, Ask]:
    """A pulse that is asked every fourth week by whoever leads this unit, who stands in none."""
    leader = leads(cast, a_person("Erin"), unit)
    return leader, a_pulse(leader, AGREE, units=[unit.pk], every_weeks=4)


def depot() -> tuple[Unit, Unit]:
    """Two units of ten people each."""
    company = a_company(Depot=10, Office=10)
    return company["Depot"][0].unit, company["Office"][0].unit


def told_it_ended(ask: Ask) -> dict[int, str]:
    """Who was told that it is not asked again."""
    return dict(Notice.objects.filter(why=Why.NOT_ASKED, about_id=ask.pk).values_list("person", "words"))


def test_a_schedule_goes_on_as_long_as_whoever_asked_leads_those_people(cast: Cast):
    unit, _office = depot()
    _leader, ask = a_leaders_pulse(cast, unit)
    with now_in(ask, 3 * WEEK + HOUR):
        look_at_all()
    assert Ask.objects.get(before=ask).ballot
    assert told_it_ended(ask) == {}


@pytest.mark.parametrize("how", ["another unit", "no unit", "left"])
def test_a_schedule_ends_when_whoever_asked_may_not_ask_those_people_any_more(cast: Cast, how: str):
    unit, office = depot()
    leader, ask = a_leaders_pulse(cast, unit)
    if how == "left":
        Person.objects.filter(pk=leader.pk).update(left_at=timezone.now())
    else:
        leads(cast, leader, office if how == "another unit" else None)
    with now_in(ask, 3 * WEEK + HOUR):
        look_at_all()
        look_at_all()
        assert run_again(ask.pk) is None
    assert not Ask.objects.filter(before=ask).exists()
    ask.refresh_from_db()
    assert ask.stopped_at
    told = told_it_ended(ask)
    assert list(told) == [cast.steward.pk]
    assert "may not ask these people any more" in told[cast.steward.pk]


def test_what_somebody_asked_is_theirs_to_read_as_long_as_they_may_ask_it(cast: Cast):
    unit, office = depot()
    leader, ask = a_leaders_pulse(cast, unit)
    assert browser_of(leader).get(f"/asks/{ask.code}/").status_code == 200
    leader = leads(cast, leader, office)
    for address in (f"/asks/{ask.code}/", f"/asks/{ask.code}/results/"):
        assert browser_of(leader).get(address).status_code == 404
    assert ask.title not in browser_of(leader).get("/asks/").content.decode()
    assert browser_of(cast.steward).get(f"/asks/{ask.code}/").status_code == 200


def test_whoever_may_not_ask_these_people_any_more_looks_after_nothing(cast: Cast):
    unit, office = depot()
    leader, ask = a_leaders_pulse(cast, unit)
    leader = leads(cast, leader, office)
    ask = Ask.objects.get(pk=ask.pk)
    for act in (stop_schedule, withdraw):
        with pytest.raises(MayNotLookAfter):
            act(ask, by=leader)


@pytest.fixture
def council(cast: Cast) -> list[Person]:
    """Eight more members of the private community."""
    people = staff(8)
    now = timezone.now()
    Membership.objects.bulk_create(
        Membership(community=cast.council, person=person, joined_at=now) for person in people
    )
    return people


def put_out(cast: Cast, *people: Person) -> None:
    Membership.objects.filter(community=cast.council, person__in=people).delete()


def listed(person: Person, ask: Ask) -> list[dict[str, object]]:
    """What a member's browser is told of an ask."""
    return [one for one in browser_of(person).get("/tokens/").json()["ballots"] if one["ballot"] == ask.ballot]


def test_whoever_was_put_out_is_told_no_word_of_a_poll(cast: Cast, council: list[Person]):
    ask = a_poll(cast.council, council[0])
    put_out(cast, council[1])
    with now_in(ask, HOUR):
        look_at_all()
        told = set(Notice.objects.filter(why=Why.ASK, about_id=ask.pk).values_list("person", flat=True))
        assert council[1].pk not in told
        assert council[2].pk in told
        assert browser_of(council[1]).get(f"/asks/{ask.code}/").status_code == 404
        assert listed(council[1], ask) == []


def test_a_token_that_was_taken_stays_with_whoever_was_put_out_and_the_words_do_not(cast: Cast, council: list[Person]):
    ask = a_poll(cast.council, council[0])
    tokens_for(ask, council[1:2])
    [before] = listed(council[1], ask)
    put_out(cast, council[1])
    [after] = listed(council[1], ask)
    assert "Which shift" in str(before)
    assert "Which shift" not in str(after)
    assert (after["questions"], after["ask_url"], "words_key" in after) == ([], "", False)
    assert {name: after[name] for name in ("group", "issued", "closes")} == {
        name: before[name] for name in ("group", "issued", "closes")
    }
    assert "community" not in before


def test_whoever_asked_a_poll_and_was_put_out_reads_it_no_more(cast: Cast, council: list[Person]):
    ask = a_poll(cast.council, council[0])
    assert browser_of(council[0]).get(f"/asks/{ask.code}/").status_code == 200
    put_out(cast, council[0])
    for address in (f"/asks/{ask.code}/", f"/asks/{ask.code}/group/"):
        assert browser_of(council[0]).get(address).status_code == 404
