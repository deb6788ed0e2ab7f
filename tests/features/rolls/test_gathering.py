"""How groups come about: everybody in exactly one, none too small, each as low in the tree as it can be."""

from hypothesis import given
from hypothesis import strategies as some

from heard.features.rolls.rules import ROOT, Gathered, arranged, gathered, inner_units

K = 7


@some.composite
def organisations(draw):
    """Units below one another, and people in them."""
    count = draw(some.integers(0, 12))
    parents = {unit: draw(some.integers(0, unit - 1)) for unit in range(1, count + 1)}
    people = draw(some.lists(some.integers(0, count), max_size=90))
    return parents, dict(enumerate(people, start=100))


@given(organisations())
def test_everybody_is_in_exactly_one_group_and_no_group_is_too_small(organisation):
    parents, people = organisation
    groups = gathered(parents, people, K)
    if groups is None:
        assert len(people) < K
        return
    inside = [person for group in groups for person in group.people]
    assert sorted(inside) == sorted(people)
    assert all(len(group.people) >= K for group in groups)


@given(organisations())
def test_people_stand_in_their_own_unit_or_above_it_but_for_the_rest_at_the_top(organisation):
    parents, people = organisation
    for group in gathered(parents, people, K) or []:
        above = [{people[person], *ups(people[person], parents)} for person in group.people]
        assert group.has_rest or all(group.unit in path for path in above)


@given(organisations())
def test_a_unit_that_is_large_enough_by_itself_has_a_group_in_it(organisation):
    parents, people = organisation
    groups = gathered(parents, people, K) or []
    for unit in parents:
        inside = [person for person, own in people.items() if unit in {own, *ups(own, parents)}]
        if len(inside) >= K:
            assert any(unit in {group.unit, *ups(group.unit, parents)} for group in groups)


@given(organisations())
def test_the_tree_of_groups_sums_up(organisation):
    parents, people = organisation
    groups = gathered(parents, people, K)
    if groups is None:
        return
    planned = arranged(groups, parents, {unit: f"Unit {unit}" for unit in [ROOT, *parents]})
    assert planned[0].parent is None
    assert [one.parent is None for one in planned[1:]] == [False] * (len(planned) - 1)
    assert sum(one.invited for one in planned if one.is_key) == planned[0].invited == len(people)
    for place, one in enumerate(planned):
        parts = [other for other in planned if other.parent == place]
        assert one.is_key == (not parts)
        assert one.parent is None or one.parent < place
        if parts:
            assert len(parts) > 1
            assert sum(part.invited for part in parts) == one.invited
            assert {part.depth for part in parts} == {one.depth + 1}


def ups(unit, parents):
    """Every unit above one, ROOT at the end."""
    while unit != ROOT:
        unit = parents[unit]
        yield unit


def test_a_small_unit_rolls_up_to_the_one_above():
    parents = {1: ROOT, 2: 1, 3: 1}
    people = spread({1: 5, 2: 9, 3: 4})
    groups = gathered(parents, people, K)
    assert [(group.unit, len(group.people)) for group in groups] == [(2, 9), (1, 9)]


def test_who_is_left_at_the_top_joins_the_smallest_group():
    parents = {1: ROOT, 2: ROOT}
    people = spread({ROOT: 2, 1: 12, 2: 8})
    groups = gathered(parents, people, K)
    assert {(group.unit, len(group.people), group.has_rest) for group in groups} == {(1, 12, False), (2, 10, True)}
    planned = arranged(groups, parents, {ROOT: "Northwind", 1: "Depot", 2: "Office"})
    assert [one.name for one in planned] == ["Northwind", "Depot", "Office, and others of Northwind"]


def test_a_name_says_that_others_of_the_unit_have_a_group_of_their_own():
    parents = {1: ROOT, 2: 1, 3: ROOT}
    people = spread({1: 8, 2: 9, 3: 7})
    planned = arranged(
        gathered(parents, people, K),
        parents,
        {ROOT: "All", 1: "Depot", 2: "Night", 3: "Office"},
    )
    shape = [(one.name, one.depth, one.invited, one.is_key) for one in planned]
    assert shape == [
        ("All", 0, 24, False),
        ("Depot", 1, 17, False),
        ("Depot (others)", 2, 8, True),
        ("Night", 2, 9, True),
        ("Office", 1, 7, True),
    ]


def test_a_group_that_took_in_the_rest_is_no_part_of_its_units_sum():
    parents = {1: ROOT, 2: 1, 3: 1, 4: 1}
    groups = [Gathered(2, [1] * 7, has_rest=True), Gathered(3, [2] * 8), Gathered(4, [3] * 9)]
    assert inner_units(parents, groups) == {1: {1, 2}}


def spread(sizes):
    """People by number, so many in each unit."""
    units = [unit for unit, size in sizes.items() for _nth in range(size)]
    return dict(enumerate(units))
