"""Which communities exist for whom: a private one is nowhere for whoever does not belong to it."""

import pytest

from heard.foundation.communities import queries
from heard.foundation.communities.actions import ask_to_join, close_community, join, leave
from heard.foundation.communities.models import Access, Community
from heard.foundation.people.queries import person_by_handle
from tests.foundation.communities.gatherings import a_community


@pytest.fixture
def closed(cast):
    return a_community("Night shift", cast.tender, cast.member, access=Access.CLOSED)


def test_a_private_community_is_nowhere_for_others(cast, closed):
    for stranger in (cast.outsider, cast.steward, cast.administrator):
        assert set(queries.visible_to(stranger)) == {cast.community, closed}
        assert cast.council not in [one.community for one in queries.listed(stranger)]
        assert queries.listed(stranger, words="works council") == []
        assert cast.council not in queries.suggested_for(stranger)
        assert cast.council not in queries.in_common(stranger, cast.tender)
        assert queries.visible_ids(stranger, {cast.council.pk}) == set()
        with pytest.raises(Community.DoesNotExist):
            queries.place(stranger, cast.council.slug)


def test_a_member_sees_it_everywhere(cast):
    assert cast.council in queries.visible_to(cast.member)
    assert [one.community for one in queries.listed(cast.member, words="works council")] == [cast.council]
    assert cast.council in queries.in_common(cast.member, cast.tender)
    assert queries.place(cast.member, cast.council.slug).may_speak


def test_whoever_leaves_sees_it_no_longer(cast):
    leave(cast.council, by=cast.member)
    with pytest.raises(Community.DoesNotExist):
        queries.place(cast.member, cast.council.slug)
    assert cast.council.pk not in queries.ids_joined_by(cast.member)


def test_a_closed_one_is_seen_by_all_and_read_by_members(cast, closed):
    outside, inside = queries.place(cast.outsider, closed.slug), queries.place(cast.member, closed.slug)
    assert (outside.may_read, outside.may_ask, outside.may_join, outside.may_meet) == (False, True, False, False)
    assert (inside.may_read, inside.may_ask, inside.may_join, inside.may_meet) == (True, False, False, True)
    assert closed not in queries.read_by(cast.outsider)
    assert queries.visible_ids(cast.outsider, {closed.pk}) == set()


def test_who_belongs_to_a_closed_one_is_for_its_members_to_know(cast, closed):
    assert closed not in queries.in_common(cast.outsider, cast.member)
    assert closed in queries.in_common(cast.tender, cast.member)
    with pytest.raises(Community.DoesNotExist):
        queries.place_to_meet(cast.outsider, closed.slug)
    assert queries.place_to_meet(cast.steward, closed.slug).may_tend


def test_asking_is_remembered_for_the_one_who_asked(cast, closed):
    ask_to_join(closed, by=cast.outsider)
    assert queries.place(cast.outsider, closed.slug).has_asked
    assert not queries.place(cast.newcomer, closed.slug).has_asked
    listed = {one.community: one for one in queries.listed(cast.outsider)}
    assert listed[closed].has_asked
    assert not listed[cast.community].has_asked


def test_a_steward_tends_what_everybody_sees_and_nothing_behind_a_private_door(cast, closed):
    assert queries.place(cast.steward, closed.slug).may_tend
    assert queries.place(cast.steward, cast.community.slug).may_tend
    assert not queries.place(cast.member, cast.community.slug).may_tend


def test_a_community_that_was_closed_can_be_read_but_neither_joined_nor_spoken_in(cast):
    close_community(cast.community, by=cast.tender)
    outside, inside = (queries.place(person, cast.community.slug) for person in (cast.outsider, cast.member))
    assert (outside.may_read, outside.may_join) == (True, False)
    assert (inside.may_read, inside.may_speak) == (True, False)


def test_places_of_many_are_the_places_of_each(cast, closed):
    join(cast.community, by=cast.newcomer)
    ask_to_join(closed, by=cast.newcomer)
    every = list(queries.visible_to(cast.newcomer))
    assert queries.places_of(cast.newcomer, every) == [queries.place_of(cast.newcomer, one) for one in every]


def test_the_audience_says_who_will_read(cast, closed):
    assert "Everybody here can read this" in queries.place(cast.member, cast.community.slug).audience
    assert "Only the 2 members of Night shift" in queries.place(cast.member, closed.slug).audience


def test_whoever_left_the_organisation_tends_nothing_that_counts(cast):
    assert person_by_handle(cast.member, cast.left.handle).left_at
    assert queries.tenders_of(cast.council) == [cast.tender.pk]
