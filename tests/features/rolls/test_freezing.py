"""Freezing: who counts, who is invited, what is announced, and what stays as it was however people move."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from heard.features.ballots.queries import invited
from heard.features.rolls.actions import raise_smallest
from heard.features.rolls.errors import MayNotRaise, NobodyIsMeant, OnlyEverRaised, RaisedTooFar, TooFewPeople
from heard.features.rolls.models import Group, Member, Roll
from heard.features.rolls.queries import Audience, moves_before, people_in, place_of, plan, smallest_group, tree
from heard.foundation.communities.actions import join
from heard.foundation.people.actions import add_unit, change_profile, end_access
from tests.cast import Cast, an_unclaimed
from tests.features.rolls.companies import a_company, a_roll, staff

pytestmark = pytest.mark.django_db


def shape(roll):
    return [(group.name, group.depth, group.invited, group.is_key) for group in tree(roll)]


def test_units_with_enough_people_have_a_key_and_smaller_ones_do_not():
    a_company(Depot=8, Office=9, Legal=3)
    roll = a_roll()
    assert shape(roll) == [
        ("Northwind", 0, 20, False),
        ("Depot, and others of Northwind", 1, 11, True),
        ("Office", 1, 9, True),
    ]
    assert sorted(invited(roll.ballot).values()) == [9, 11]


def test_a_small_unit_rolls_up_to_its_parent_when_that_is_large_enough():
    company = add_unit("Northwind")
    depot = add_unit("Depot", parent=company)
    staff(5, depot)
    staff(8, add_unit("Day shift", parent=depot))
    staff(3, add_unit("Night shift", parent=depot))
    staff(7, company)
    assert shape(a_roll()) == [
        ("Northwind", 0, 23, False),
        ("Depot", 1, 16, False),
        ("Day shift", 2, 8, True),
        ("Depot (others)", 2, 8, True),
        ("Northwind (others)", 1, 7, True),
    ]


def test_everybody_is_in_one_group_and_the_sums_are_right():
    a_company(Depot=12, Office=9, Legal=3)
    roll = a_roll()
    assert Member.objects.filter(roll=roll).count() == 24
    for group in Group.objects.filter(roll=roll, is_key=True):
        assert people_in(roll, group).count() == group.invited


def test_whoever_came_lately_neither_counts_nor_is_asked_until_the_next_time():
    unit = add_unit("Depot")
    staff(6, unit)
    new = staff(5, unit, name="New", here=timedelta(days=29))
    with pytest.raises(TooFewPeople, match="6 have"):
        a_roll()
    old = staff(1, unit, name="Old", here=timedelta(days=30))
    roll = a_roll()
    assert [group.invited for group in tree(roll)] == [7]
    assert sorted(invited(roll.ballot).values()) == [7]
    assert [place_of(person, roll) for person in new] == [None] * 5
    assert place_of(old[0], roll) is not None
    with time_machine.travel(timezone.now() + timedelta(days=1, hours=1)):
        assert place_of(new[0], a_roll()) is not None


def test_who_left_or_never_signed_in_is_not_invited(cast: Cast):
    people = staff(9)
    an_unclaimed("Imported Person")
    end_access(people[0], by=cast.steward)
    roll = a_roll()
    assert place_of(people[0], roll) is None
    assert place_of(people[1], roll) is not None


def test_too_few_people_are_refused_before_anything_is_made():
    staff(6)
    with pytest.raises(TooFewPeople):
        a_roll()
    assert Roll.objects.count() == 0


def test_an_ask_goes_to_whole_subtrees():
    depot = add_unit("Depot")
    night = add_unit("Night", parent=depot)
    others = add_unit("Office")
    staff(7, depot), staff(8, night), staff(9, others)
    roll = a_roll(audience=Audience(units=[depot.pk]))
    assert shape(roll) == [("Depot", 0, 15, False), ("Depot (others)", 1, 7, True), ("Night", 1, 8, True)]
    both = plan(Audience(units=[night.pk, depot.pk]), k=7, at=timezone.now())
    assert both[0].name == "Depot"


def test_several_subtrees_are_one_audience():
    depot, office, legal = add_unit("Depot"), add_unit("Office"), add_unit("Legal")
    staff(7, depot), staff(3, office), staff(9, legal)
    roll = a_roll(audience=Audience(units=[depot.pk, office.pk]))
    assert shape(roll) == [("Depot, and others of Depot, Office", 0, 10, True)]


def test_a_unit_that_is_gone_is_said_to_be():
    staff(9)
    with pytest.raises(NobodyIsMeant):
        a_roll(audience=Audience(units=[404]))


def test_a_community_is_one_group(cast: Cast):
    people = staff(7)
    for person in people:
        join(cast.community, by=person)
    roll = a_roll(audience=Audience(community=cast.community.pk))
    assert [(group.name, group.is_key, group.invited) for group in tree(roll)] == [("Canteen", True, 7)]
    assert {person.pk for person in people} == set(Member.objects.values_list("person", flat=True))


def test_everybody_together_is_one_group():
    a_company(Depot=8, Office=9)
    assert shape(a_roll(audience=Audience(is_together=True))) == [("Northwind", 0, 17, True)]


def test_everybody_is_called_as_the_one_unit_at_the_top_or_as_the_organisation():
    everybody = Audience(is_together=True)
    staff(8, add_unit("Northwind"))
    assert plan(everybody, k=7, at=timezone.now())[0].name == "Northwind"
    add_unit("Southwind")
    assert plan(everybody, k=7, at=timezone.now())[0].name == "Heard"


def test_whoever_moves_after_the_freeze_keeps_their_place(cast: Cast):
    company = a_company(Depot=8, Office=9)
    mover, office = company["Depot"][0], company["Office"][0].unit
    roll = a_roll()
    before = place_of(mover, roll)
    change_profile(mover, by=cast.steward, unit_id=office.pk)
    assert place_of(mover, roll) == before
    assert moves_before(roll) == []


def test_moves_in_the_week_before_are_listed(cast: Cast):
    company = a_company(Depot=8, Office=9)
    change_profile(company["Depot"][0], by=cast.steward, unit_id=company["Office"][0].unit.pk)
    roll = a_roll()
    assert [(move.name, move.before, move.after) for move in moves_before(roll)] == [("Depot 0", "Depot", "Office")]


def test_a_unit_that_vanishes_leaves_the_roll_as_it_was():
    a_company(Depot=8, Office=9)
    roll = a_roll()
    gone = Group.objects.get(roll=roll, name="Office").unit
    gone.people.all().delete()
    gone.delete()
    assert [group.name for group in tree(roll)] == ["Northwind", "Depot", "Office"]


def test_the_smallest_group_is_only_ever_raised(cast: Cast, settings):
    staff(24)
    assert smallest_group() == 7
    raise_smallest(9, by=cast.administrator)
    settings.HEARD_GROUP_MIN = 5
    assert smallest_group() == 9
    raise_smallest(9, by=cast.administrator)
    with pytest.raises(OnlyEverRaised):
        raise_smallest(8, by=cast.administrator)
    with pytest.raises(MayNotRaise):
        raise_smallest(12, by=cast.steward)


def test_the_smallest_group_is_raised_no_further_than_two_groups_can_hold(cast: Cast):
    staff(19), staff(9, name="New", here=timedelta(days=2))
    with pytest.raises(RaisedTooFar, match="^19 people .* no two groups of 10"):
        raise_smallest(10, by=cast.administrator)
    assert smallest_group() == 7
    raise_smallest(9, by=cast.administrator)
    assert (smallest_group(), a_roll().k) == (9, 9)


def test_an_organisation_that_is_small_already_raises_nothing(cast: Cast):
    staff(9)
    with pytest.raises(RaisedTooFar, match="^9 people .* no two groups of 8"):
        raise_smallest(8, by=cast.administrator)
    raise_smallest(7, by=cast.administrator)
    assert smallest_group() == 7


def test_what_was_promised_once_holds_when_the_setting_is_lowered(settings):
    settings.HEARD_GROUP_MIN = 8
    staff(9)
    assert a_roll().k == 8
    settings.HEARD_GROUP_MIN = 5
    assert a_roll().k == 8
    settings.HEARD_GROUP_MIN = 3
    Roll.objects.all().delete()
    assert smallest_group() == 5
