"""Who belongs: pages, words, who could join, who asks."""

import pytest

from heard.foundation.communities import queries
from heard.foundation.communities.actions import ask_to_join, join
from heard.foundation.communities.models import Access, JoinRequest, Membership
from heard.foundation.people.actions import end_access
from tests.foundation.communities.gatherings import a_community, also_tended, some_people


def names(rows):
    return [row.person.name for row in rows]


def test_tenders_stand_first_then_members_in_the_order_they_joined(cast):
    people = some_people(3)
    community = a_community("Club", cast.tender, *people)
    also_tended(community, people[2], by=cast.tender)
    assert names(queries.members(community).shown) == ["Tom Tender", "Person Ac", "Person Aa", "Person Ab"]


def test_pages_of_members_follow_one_another(cast):
    people = some_people(45)
    community = a_community("Club", cast.tender, *people)
    first = queries.members(community)
    second = queries.members(community, after=first.after)
    assert names(first.shown) + names(second.shown) == ["Tom Tender", *(person.name for person in people)]
    assert second.after is None


def test_members_are_found_by_words_and_nobody_else_is(cast):
    assert names(queries.members(cast.community, words="min").shown) == ["Mina Member"]
    assert names(queries.members(cast.community, words="otto").shown) == []


def test_one_member_is_found_only_by_those_who_may_meet_them(cast):
    closed = a_community("Night shift", cast.tender, cast.member, access=Access.CLOSED)
    assert queries.member(cast.tender, closed.slug, cast.member.handle).person == cast.member
    with pytest.raises(closed.DoesNotExist):
        queries.member(cast.outsider, closed.slug, cast.member.handle)
    with pytest.raises(Membership.DoesNotExist):
        queries.member(cast.tender, closed.slug, cast.outsider.handle)


def test_who_could_join_are_colleagues_who_are_here_and_do_not_belong(cast):
    def could(typed):
        return [person.name for person in queries.who_could_join(cast.tender, cast.community, typed)]

    assert could("nina") == ["Nina Newcomer"]
    assert could("mina") == []
    assert could("leo") == []
    assert could("  ") == []


def test_requests_wait_in_their_order_and_go_with_those_who_leave(cast):
    closed = a_community("Night shift", cast.tender, access=Access.CLOSED)
    for person in (cast.outsider, cast.newcomer):
        ask_to_join(closed, by=person)
    assert names(queries.requests_waiting(closed)) == ["Otto Outsider", "Nina Newcomer"]
    end_access(cast.outsider, by=cast.steward)
    assert names(queries.requests_waiting(closed)) == ["Nina Newcomer"]


def test_a_request_is_found_in_its_own_community_alone(cast):
    closed = a_community("Night shift", cast.tender, access=Access.CLOSED)
    ask_to_join(closed, by=cast.outsider)
    asked = JoinRequest.objects.get()
    assert queries.join_request(closed, asked.pk) == asked
    with pytest.raises(JoinRequest.DoesNotExist):
        queries.join_request(cast.community, asked.pk)


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_members_costs_two_queries(cast, count, django_assert_num_queries):
    community = a_community("Club", cast.tender, *some_people(count))
    with django_assert_num_queries(2):
        assert [row.person.name for row in queries.members(community).shown]


def test_faces_of_tenders_leave_out_who_left(cast):
    community = a_community("Club", cast.tender, cast.member)
    also_tended(community, cast.member, by=cast.tender)
    join(cast.community, by=cast.newcomer)
    end_access(cast.member, by=cast.steward)
    assert queries.tender_faces(community) == [cast.tender]
