"""A steward says who somebody from an archive is, side by side, and can take it back."""

import pytest
from django.utils import timezone

from heard.features.arrivals import actions
from heard.features.arrivals.errors import MayNotSayWho, NotANewcomer, NotOneself
from heard.features.arrivals.formats import reasons
from heard.features.arrivals.models import Joining, Moved
from heard.features.arrivals.queries import newcomers
from heard.foundation.communities.models import Community, Membership
from heard.foundation.conversation.actions import react, reply_to
from heard.foundation.conversation.models import Mention, Reaction, Reply, Thread
from heard.foundation.people.models import Person
from tests.cast import a_person, browser_of
from tests.features.arrivals.accounts import assert_counts_are_right, bring_in
from tests.features.arrivals.exports import GENERAL, a_slack, said

pytestmark = pytest.mark.django_db
DAY = "general/2020-01-01.json"


def whose():
    """Everything that is somebody's, by whose it is."""
    return [
        sorted(model.objects.values_list("pk", column))
        for model, column in (
            (Thread, "author"),
            (Reply, "author"),
            (Reaction, "person"),
            (Mention, "person"),
            (Membership, "person"),
        )
    ]


@pytest.fixture
def bo(cast, talk):
    """Bo from the archive, who has another address there."""
    bring_in(talk)
    return Person.objects.get(name="Bo Ek")


def test_what_a_newcomer_said_becomes_the_colleagues(cast, bo):
    actions.join_people(bo, cast.member, by=cast.steward)
    assert not Thread.objects.filter(author=bo).exists()
    assert Thread.objects.filter(author=cast.member).count() == 1
    assert Reply.objects.filter(author=cast.member).exists()
    assert Mention.objects.get().person == cast.member
    assert Membership.objects.filter(person=cast.member, community__name="general").exists()
    assert_counts_are_right()


def test_undone_it_is_all_as_it_was_and_what_was_said_since_stays(cast, bo):
    before = whose()
    joining = actions.join_people(bo, cast.member, by=cast.steward)
    since = reply_to(Thread.objects.filter(author=cast.member).first(), by=cast.member, source="Mine")
    actions.part_people(joining, by=cast.steward)
    assert Reply.objects.get(pk=since.pk).author == cast.member
    Reply.objects.filter(pk=since.pk).delete()
    assert whose() == before
    bo.refresh_from_db()
    assert bo.left_at is None
    assert not Moved.objects.exists()


def test_where_both_have_the_same_each_keeps_their_own(cast, bo):
    thread = Thread.objects.filter(reply_count=2).get()
    react(thread, "👀", by=cast.member)
    joining = actions.join_people(bo, cast.member, by=cast.steward)
    assert set(Reaction.objects.filter(emoji="👀").values_list("person", flat=True)) == {bo.pk, cast.member.pk}
    actions.part_people(joining, by=cast.steward)
    assert Reaction.objects.filter(emoji="👀", person=cast.member).count() == 1


def test_what_a_later_archive_brings_is_the_colleagues_too(cast, bo, tmp_path):
    actions.join_people(bo, cast.member, by=cast.steward)
    bring_in(a_slack(tmp_path, {"general/2020-02-01.json": [said(3_000_000, "Later", by="U0BO00002")]}))
    assert Thread.objects.get(source="Later").author == cast.member


def test_only_somebody_who_never_came_is_joined_and_only_to_a_colleague_who_has(cast, bo):
    for newcomer, account in ((cast.outsider, cast.member), (bo, bo), (bo, cast.left), (bo, a_ghost())):
        with pytest.raises(NotANewcomer):
            actions.join_people(newcomer, account, by=cast.steward)
    joined = actions.join_people(bo, cast.member, by=cast.steward)
    with pytest.raises(NotANewcomer):
        actions.join_people(bo, cast.tender, by=cast.steward)
    for person in (cast.member, cast.tender, cast.outsider):
        with pytest.raises(MayNotSayWho):
            actions.part_people(joined, by=person)
        with pytest.raises(MayNotSayWho):
            newcomers(person)


def test_a_similar_name_is_shown_and_joins_nobody_by_itself(cast, bo):
    same = a_person("Bo Ek", email="another@example.org")
    shown = {one.person.name: one for one in newcomers(cast.steward).shown}
    assert shown["Bo Ek"].similar == [same]
    assert shown["Bo Ek"].said == 2
    assert not Joining.objects.exists()
    assert not Thread.objects.filter(author=same).exists()


def test_on_the_page_it_is_said_and_undone(cast, bo):
    browser = browser_of(cast.steward)
    assert "Bo Ek" in browser.get("/arrivals/people/").content.decode()
    browser.post(f"/arrivals/people/{bo.handle}/joining/", {"account": "nobody at all"})
    assert not Joining.objects.exists()
    browser.post(f"/arrivals/people/{bo.handle}/joining/", {"account": cast.member.handle})
    joining = Joining.objects.get()
    page = browser.get("/arrivals/people/").content.decode()
    assert f"/arrivals/people/{bo.handle}/joining/" not in page
    browser.post(f"/arrivals/people/joinings/{joining.pk}/withdrawal/")
    assert not Joining.objects.exists()
    assert "Bo Ek" in browser.get("/arrivals/people/?q=bo").content.decode()


def test_taken_back_after_a_joining_nothing_of_the_archive_is_left(cast, bo):
    from heard.features.arrivals.models import Run

    actions.join_people(bo, cast.member, by=cast.steward)
    actions.take_back(Run.objects.get())
    assert not Thread.objects.exists()
    assert not Person.objects.filter(pk=bo.pk).exists()
    assert set(Community.objects.values_list("pk", flat=True)) == {cast.community.pk, cast.council.pk}


@pytest.fixture
def bo_in_private(cast, tmp_path):
    """Bo, who tends an open community and a private one."""
    board = {**GENERAL, "id": "G0BOARD", "name": "board"}
    bring_in(a_slack(tmp_path, {DAY: [said(1, "Bread", by="U0BO00002")]}, groups=[board]))
    bo = Person.objects.get(name="Bo Ek")
    Membership.objects.filter(person=bo).update(is_tender=True)
    return bo


def rows_of(person):
    return set(Membership.objects.filter(person=person).values_list("community__name", "is_tender"))


def test_no_steward_becomes_a_member_of_a_private_community_by_their_own_word(cast, bo_in_private):
    with pytest.raises(NotOneself):
        actions.join_people(bo_in_private, cast.steward, by=cast.steward)
    assert not rows_of(cast.steward)
    browser = browser_of(cast.steward)
    browser.post(f"/arrivals/people/{bo_in_private.handle}/joining/", {"account": cast.steward.handle})
    assert "another steward" in browser.get("/arrivals/people/").content.decode()


def test_private_communities_and_tending_stay_where_they_are_and_undone_all_is_as_it_was(cast, bo_in_private):
    joining = actions.join_people(bo_in_private, cast.outsider, by=cast.steward)
    assert rows_of(cast.outsider) == {("general", False)}
    assert rows_of(bo_in_private) == {("board", True)}
    assert Thread.objects.get().author == cast.outsider
    actions.part_people(joining, by=cast.steward)
    assert rows_of(bo_in_private) == {("general", True), ("board", True)}


def test_whoever_tends_the_private_community_brings_its_member_with_their_word(cast, bo_in_private):
    board = Community.objects.get(name="board")
    Membership.objects.create(community=board, person=cast.steward, is_tender=True, joined_at=timezone.now())
    actions.join_people(bo_in_private, cast.outsider, by=cast.steward)
    assert rows_of(cast.outsider) == {("general", False), ("board", False)}


def test_a_later_archive_brings_the_colleague_into_no_private_community(cast, bo, tmp_path):
    actions.join_people(bo, cast.steward, by=cast.steward)
    board = {**GENERAL, "id": "G0BOARD", "name": "board"}
    told = bring_in(a_slack(tmp_path, {}, groups=[board]))
    assert told["noted"][reasons.MEMBER_BY_WORD] == 1
    assert not Membership.objects.filter(community__name="board", person__in=(bo, cast.steward)).exists()


def a_ghost():
    return a_person("Gus Ghost", email=None, password=None, claimed_at=None)
