"""Whoever spoke elsewhere is matched by address alone, and belongs where they belonged."""

import pytest

from heard.features.arrivals.formats import reasons
from heard.foundation.communities.models import Community, Membership
from heard.foundation.conversation.models import Thread
from heard.foundation.notices.models import Notice
from heard.foundation.people.models import Person
from heard.foundation.people.queries import matching
from tests.cast import a_person
from tests.features.arrivals.accounts import assert_counts_are_right, bring_in
from tests.features.arrivals.exports import ANNA, BO, GENERAL, a_slack, said

pytestmark = pytest.mark.django_db
DAY, NEXT_DAY = "general/2020-01-01.json", "general/2020-01-02.json"


def test_nobody_is_told_and_nobody_is_claimed(talk):
    bring_in(talk)

    assert not Notice.objects.exists()
    assert {person.claimed_at for person in Person.objects.all()} == {None}
    assert not any(person.has_usable_password() for person in Person.objects.all())
    assert [person.name for person in matching("lind baker")] == ["Anna Lind"]


def test_people_are_matched_by_address_and_never_by_name(tmp_path):
    anna = a_person("Another Name", email="anna.lind@example.org", title="")
    namesake = a_person("Bo Ek", email="other.bo@example.org")

    told = bring_in(a_slack(tmp_path, {DAY: [said(1, "Mine"), said(2, "Not mine", by="U0BO00002")]}))

    assert told["people"] == 1
    assert told["noted"][reasons.FOLDED] == 1
    assert Thread.objects.order_by("id").first().author == anna
    assert Thread.objects.order_by("id").last().author != namesake
    anna.refresh_from_db()
    assert (anna.name, anna.title) == ("Another Name", "Baker")
    assert Person.objects.filter(name="Bo Ek").count() == 2


def test_guests_come_without_an_address_and_programs_are_nobody_here(tmp_path):
    users = [{**ANNA, "is_restricted": True}, {**BO, "is_bot": True}]

    bring_in(a_slack(tmp_path, {DAY: [said(1, "x")]}, users=users))

    guest, program = Person.objects.order_by("name")
    assert (guest.email, guest.left_at) == (None, None)
    assert program.left_at is not None
    assert [one.person for one in Membership.objects.all()] == [guest]


def test_two_accounts_with_one_address_are_one_person_who_is_here(tmp_path):
    users = [{**ANNA, "id": "U0OLD", "deleted": True}, ANNA]

    told = bring_in(a_slack(tmp_path, {DAY: [said(1, "old", by="U0OLD"), said(2, "new")]}, users=users))

    person = Person.objects.get()
    assert (person.left_at, person.thread_set.count()) == (None, 2)
    assert (told["people"], told["noted"][reasons.FOLDED]) == (1, 1)


def test_private_channels_become_private_communities_that_somebody_tends(tmp_path):
    board = {**GENERAL, "id": "G0BOARD", "name": "board", "creator": "U0GONE", "members": ["U0BO00002"]}

    bring_in(a_slack(tmp_path, {"board/2020-01-01.json": [said(1, "secret", by="U0BO00002")]}, groups=[board]))

    community = Community.objects.get(name="board")
    assert community.access == "private"
    assert [(one.person.name, one.is_tender) for one in community.memberships.all()] == [("Bo Ek", True)]


def test_a_name_that_is_taken_says_where_it_comes_from(cast, tmp_path):
    bring_in(a_slack(tmp_path, channels=[{**GENERAL, "name": "canteen"}]))

    assert Community.objects.filter(name="canteen (Slack)").exists()


def test_a_membership_that_ended_here_stays_ended(talk):
    bring_in(talk)
    Membership.objects.filter(person__name="Bo Ek").delete()
    Community.objects.update(member_count=1)

    bring_in(talk)

    assert Membership.objects.count() == 1
    assert_counts_are_right()
