"""Joining, asking, being let in, leaving and being taken out: happy, refused, not allowed, twice."""

import pytest

from heard.foundation.communities import errors
from heard.foundation.communities.actions import (
    add_member,
    ask_to_join,
    change_community,
    close_community,
    decide_request,
    join,
    leave,
    remove_member,
    withdraw_request,
)
from heard.foundation.communities.models import Access, Community, JoinRequest
from heard.foundation.communities.queries import membership_of, requests_waiting, tenders_of
from heard.foundation.notices.models import Notice, Why
from tests.foundation.communities.gatherings import a_community, also_tended


def count(community):
    return Community.objects.values_list("member_count", flat=True).get(pk=community.pk)


def told(person, why):
    return Notice.objects.filter(person=person, why=why).count()


def test_joining_twice_is_joining_once(cast):
    before = count(cast.community)
    for _time in range(2):
        join(cast.community, by=cast.outsider)
    assert membership_of(cast.outsider, cast.community)
    assert count(cast.community) == before + 1


def test_a_closed_or_private_one_cannot_simply_be_joined(cast, closed):
    for community in (closed, cast.council):
        with pytest.raises(errors.JoiningNeedsAsking):
            join(community, by=cast.outsider)
        assert membership_of(cast.outsider, community) is None


def test_who_asks_is_heard_by_the_tenders_once(cast, closed):
    for _time in range(2):
        ask_to_join(closed, by=cast.outsider, words=" I drive nights ")
    asked = JoinRequest.objects.get()
    assert asked.words == "I drive nights"
    notice = Notice.objects.get(person=cast.tender, why=Why.REQUEST)
    assert (notice.address, notice.words) == ("/communities/night-shift/waiting/", "Night shift")


def test_there_is_nothing_to_ask_where_the_door_is_open_or_unseen(cast):
    for community in (cast.community, cast.council):
        ask_to_join(community, by=cast.outsider)
    assert not JoinRequest.objects.exists()


def test_whoever_is_let_in_is_told(cast, closed):
    ask_to_join(closed, by=cast.outsider)
    decide_request(JoinRequest.objects.get(), admitted=True, by=cast.tender)
    assert membership_of(cast.outsider, closed)
    assert (count(closed), told(cast.outsider, Why.ADMITTED)) == (2, 1)
    assert not requests_waiting(closed).exists()


def test_whoever_is_not_let_in_may_ask_again(cast, closed):
    ask_to_join(closed, by=cast.outsider)
    decide_request(JoinRequest.objects.get(), admitted=False, by=cast.steward)
    assert membership_of(cast.outsider, closed) is None
    assert told(cast.outsider, Why.ADMITTED) == 0
    ask_to_join(closed, by=cast.outsider)
    assert requests_waiting(closed).count() == 1


def test_a_request_is_answered_once_by_those_who_may(cast, closed):
    ask_to_join(closed, by=cast.outsider)
    asked = JoinRequest.objects.get()
    for person in (cast.outsider, cast.member):
        with pytest.raises(errors.NotATender):
            decide_request(asked, admitted=True, by=person)
    decide_request(asked, admitted=False, by=cast.tender)
    with pytest.raises(errors.RequestIsSettled):
        decide_request(asked, admitted=True, by=cast.steward)
    assert membership_of(cast.outsider, closed) is None


def test_a_request_can_be_withdrawn(cast, closed):
    ask_to_join(closed, by=cast.outsider)
    for _time in range(2):
        withdraw_request(closed, by=cast.outsider)
    assert not requests_waiting(closed).exists()


def test_a_request_ends_when_its_owner_comes_in_another_way(cast, closed):
    ask_to_join(closed, by=cast.outsider)
    ask_to_join(closed, by=cast.newcomer)
    add_member(closed, cast.outsider, by=cast.tender)
    change_community(closed, by=cast.tender, access=Access.OPEN)
    join(closed, by=cast.newcomer)
    assert not requests_waiting(closed).exists()
    assert count(closed) == 3


def test_nobody_is_let_into_a_community_that_was_closed(cast, closed):
    ask_to_join(closed, by=cast.outsider)
    close_community(closed, by=cast.tender)
    with pytest.raises(errors.CommunityIsClosed):
        decide_request(JoinRequest.objects.get(), admitted=True, by=cast.tender)
    with pytest.raises(errors.CommunityIsClosed):
        add_member(closed, cast.newcomer, by=cast.tender)
    with pytest.raises(errors.CommunityIsClosed):
        ask_to_join(closed, by=cast.newcomer)
    decide_request(JoinRequest.objects.get(), admitted=False, by=cast.tender)


def test_tenders_bring_people_into_a_private_community(cast):
    before = count(cast.council)
    for _time in range(2):
        add_member(cast.council, cast.newcomer, by=cast.tender)
    assert count(cast.council) == before + 1
    assert told(cast.newcomer, Why.ADMITTED) == 1
    for person in (cast.member, cast.outsider, cast.steward, cast.administrator):
        with pytest.raises(errors.NotATender):
            add_member(cast.council, cast.outsider, by=person)


def test_whoever_left_the_organisation_is_not_brought_in(cast):
    remove_member(cast.council, cast.left, by=cast.tender)
    with pytest.raises(errors.HasLeft):
        add_member(cast.council, cast.left, by=cast.tender)


def test_leaving_twice_is_leaving_once(cast):
    before = count(cast.community)
    for _time in range(2):
        leave(cast.community, by=cast.member)
    assert membership_of(cast.member, cast.community) is None
    assert count(cast.community) == before - 1


def test_the_last_tender_stays_while_there_are_others(cast):
    with pytest.raises(errors.LastTender):
        leave(cast.community, by=cast.tender)
    with pytest.raises(errors.LastTender):
        remove_member(cast.community, cast.tender, by=cast.steward)
    also_tended(cast.community, cast.member, by=cast.tender)
    leave(cast.community, by=cast.tender)
    assert membership_of(cast.tender, cast.community) is None


def test_the_last_of_all_may_go(cast):
    alone = a_community("Alone", cast.newcomer)
    leave(alone, by=cast.newcomer)
    assert count(alone) == 0


def test_whoever_joins_when_all_have_gone_looks_after_it(cast):
    empty = a_community("Empty", cast.newcomer)
    leave(empty, by=cast.newcomer)
    join(empty, by=cast.member)
    join(empty, by=cast.outsider)
    assert tenders_of(empty) == [cast.member.pk]


def test_tenders_take_people_out_and_nobody_else_does(cast):
    for person in (cast.member, cast.outsider):
        with pytest.raises(errors.NotATender):
            remove_member(cast.community, cast.member, by=person)
    for _time in range(2):
        remove_member(cast.community, cast.member, by=cast.tender)
    assert membership_of(cast.member, cast.community) is None
    assert count(cast.community) == 2
