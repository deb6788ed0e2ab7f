"""Two people act at the same moment: counts stay right, and a community keeps somebody who tends it."""

from functools import partial

import pytest

from heard.foundation.communities import actions, errors
from heard.foundation.communities.models import Access, Community, JoinRequest, Membership
from heard.foundation.communities.queries import tenders_of
from tests.at_once import at_once, on_disk
from tests.cast import a_cast, a_person
from tests.foundation.communities.gatherings import a_community, also_tended, some_people


@pytest.fixture
def people(transactional_db, tmp_path):
    with on_disk(tmp_path):
        yield a_cast()


def is_counted_right(community):
    community.refresh_from_db()
    return community.member_count == community.memberships.count()


def test_many_join_at_once_and_each_is_counted(people):
    community = a_community("Club", people.tender)
    newcomers = some_people(6)
    assert at_once(*(partial(actions.join, community, by=person) for person in newcomers)) == []
    assert is_counted_right(community)
    assert community.member_count == 7


def test_one_person_joining_from_two_windows_is_one_member(people):
    at_once(*[partial(actions.join, people.community, by=people.outsider)] * 4)
    assert Membership.objects.filter(community=people.community, person=people.outsider).count() == 1
    assert is_counted_right(people.community)


def test_one_person_leaving_from_two_windows_is_counted_once(people):
    assert at_once(*[partial(actions.leave, people.community, by=people.member)] * 4) == []
    assert is_counted_right(people.community)


def test_two_tenders_cannot_both_leave(people):
    community = a_community("Club", people.tender, people.member, people.newcomer)
    also_tended(community, people.member, by=people.tender)
    refused = at_once(
        partial(actions.leave, community, by=people.tender),
        partial(actions.withdraw_tender, community, people.member, by=people.member),
    )
    assert [type(one) for one in refused] == [errors.LastTender]
    assert len(tenders_of(community)) == 1
    assert is_counted_right(community)


def test_a_request_answered_by_two_tenders_has_one_answer(people):
    community = a_community("Night shift", people.tender, access=Access.CLOSED)
    actions.ask_to_join(community, by=people.outsider)
    asked = JoinRequest.objects.select_related("community", "person").get()
    refused = at_once(
        partial(actions.decide_request, asked, admitted=True, by=people.tender),
        partial(actions.decide_request, asked, admitted=False, by=people.steward),
    )
    assert [type(one) for one in refused] == [errors.RequestIsSettled]
    asked.refresh_from_db()
    is_in = Membership.objects.filter(community=community, person=people.outsider).exists()
    assert is_in is asked.was_admitted
    assert is_counted_right(community)


def test_asking_from_two_windows_asks_once(people):
    community = a_community("Night shift", people.tender, access=Access.CLOSED)
    at_once(*[partial(actions.ask_to_join, community, by=people.outsider)] * 4)
    assert JoinRequest.objects.count() == 1


def test_two_communities_started_at_once_under_one_name_have_two_addresses_or_one_is_refused(people):
    starters = [people.member, a_person("Another Starter")]
    refused = at_once(*(partial(actions.start_community, name="Chess", by=person) for person in starters))
    made = Community.objects.filter(name="Chess")
    assert [type(one) for one in refused] == [errors.NameIsTaken] * (2 - made.count())
    assert len(set(made.values_list("slug", flat=True))) == made.count()
