"""Starting a community, changing it, closing it and opening it again."""

import pytest

from heard.foundation.communities import errors
from heard.foundation.communities.actions import (
    change_community,
    close_community,
    join,
    reopen_community,
    start_community,
)
from heard.foundation.communities.models import Access, Community
from heard.foundation.communities.queries import listed, place
from heard.foundation.conversation.actions import delete_message, restore_message, start_thread
from heard.foundation.record.models import Event
from tests.foundation.communities.gatherings import a_community


def test_any_member_starts_one_and_looks_after_it(cast):
    community = start_community(name="  Book   club ", by=cast.newcomer, description="Novels", welcome="Read **on**.")
    assert (community.name, community.slug, community.member_count) == ("Book club", "book-club", 0)
    stands = place(cast.newcomer, "book-club")
    assert stands.may_tend
    assert stands.community.member_count == 1
    assert "<strong>on</strong>" in community.welcome_html


def test_two_communities_that_all_see_have_different_names(cast):
    with pytest.raises(errors.NameIsTaken):
        start_community(name="CANTEEN", by=cast.newcomer)


def test_a_name_that_only_a_private_community_has_is_free_and_leads_to_a_clean_address(cast):
    community = start_community(name="Works council", by=cast.outsider)
    assert community.slug == "works-council"
    assert community.slug != cast.council.slug


def test_the_name_of_a_closed_one_is_free(cast):
    close_community(cast.community, by=cast.tender)
    assert start_community(name="Canteen", by=cast.newcomer).slug == "canteen-2"


@pytest.mark.parametrize("name", ["", "   ", "\n"])
def test_a_name_is_needed(cast, name):
    with pytest.raises(errors.NameIsEmpty):
        start_community(name=name, by=cast.newcomer)


@pytest.mark.parametrize(("name", "slug"), [("New", "new-2"), ("مقهى", "مقهى"), ("🚲", "community")])
def test_every_name_has_an_address_that_leads_to_it(cast, name, slug):
    assert start_community(name=name, by=cast.newcomer).slug == slug


def test_whoever_does_not_tend_changes_nothing(cast):
    for person in (cast.member, cast.outsider):
        with pytest.raises(errors.NotATender):
            change_community(cast.community, by=person, name="Mine")
        with pytest.raises(errors.NotATender):
            close_community(cast.community, by=person)
        with pytest.raises(errors.NotATender):
            reopen_community(cast.community, by=person)
    with pytest.raises(errors.NotATender):
        change_community(cast.council, by=cast.steward, name="Mine")
    cast.community.refresh_from_db()
    assert cast.community.name == "Canteen"


def test_what_is_changed_is_found_by_its_new_words(cast):
    change_community(cast.community, by=cast.tender, name="Dining room", description="Soup", welcome="*Bon appétit*")
    assert [one.community for one in listed(cast.outsider, words="dining soup")] == [cast.community]
    assert listed(cast.outsider, words="canteen") == []
    cast.community.refresh_from_db()
    assert "<em>Bon appétit</em>" in cast.community.welcome_html
    assert cast.community.slug == "canteen"


def test_a_name_may_be_written_anew_but_not_taken_from_another(cast):
    a_community("Kitchen", cast.tender)
    change_community(cast.community, by=cast.tender, name="CANTEEN")
    with pytest.raises(errors.NameIsTaken):
        change_community(cast.community, by=cast.tender, name="kitchen")


def test_a_private_community_that_opens_may_not_bear_the_name_of_another(cast):
    start_community(name="Works council", by=cast.outsider)
    with pytest.raises(errors.NameIsTaken):
        change_community(cast.council, by=cast.tender, access=Access.CLOSED)


WIDER = [(Access.PRIVATE, Access.CLOSED), (Access.PRIVATE, Access.OPEN), (Access.CLOSED, Access.OPEN)]


@pytest.mark.parametrize(("before", "after"), WIDER)
def test_a_community_in_which_nothing_was_said_can_be_opened(cast, before, after):
    community = a_community("Club", cast.tender, access=before)
    change_community(community, by=cast.tender, access=after)
    assert Community.objects.get(pk=community.pk).access == after


@pytest.mark.parametrize(("before", "after"), WIDER)
def test_what_was_said_to_fewer_is_never_opened_to_more(cast, before, after):
    community = a_community("Club", cast.tender, access=before)
    start_thread(community=community, by=cast.tender, source="Between ourselves")
    with pytest.raises(errors.SaidAmongMembers) as refused:
        change_community(community, by=cast.tender, access=after, name="Club of all")
    assert "Start a new community" in str(refused.value)
    assert Community.objects.get(pk=community.pk).access == before
    assert Community.objects.get(pk=community.pk).name == "Club"


def test_deleting_what_was_said_does_not_open_the_way_since_it_can_be_put_back(cast):
    thread = start_thread(community=cast.council, by=cast.tender, source="Between ourselves")
    delete_message(thread, by=cast.tender)
    with pytest.raises(errors.SaidAmongMembers):
        change_community(cast.council, by=cast.tender, access=Access.OPEN)
    restore_message(thread, by=cast.tender)


def test_an_old_copy_of_the_community_does_not_open_it_either(cast):
    old = Community.objects.get(pk=cast.council.pk)
    start_thread(community=cast.council, by=cast.tender, source="Between ourselves")
    with pytest.raises(errors.SaidAmongMembers):
        change_community(old, by=cast.tender, access=Access.OPEN)


@pytest.mark.parametrize(("after", "before"), WIDER)
def test_it_can_always_be_kept_to_fewer(cast, before, after):
    community = a_community("Club", cast.tender, access=before)
    start_thread(community=community, by=cast.tender, source="Hello")
    change_community(community, by=cast.tender, access=after)
    assert Community.objects.get(pk=community.pk).access == after


def test_a_community_that_was_closed_is_joined_by_nobody_until_it_is_opened_again(cast):
    close_community(cast.community, by=cast.tender)
    with pytest.raises(errors.CommunityIsClosed):
        join(cast.community, by=cast.outsider)
    reopen_community(cast.community, by=cast.tender)
    join(cast.community, by=cast.outsider)
    assert place(cast.outsider, "canteen").may_speak


def test_closing_and_opening_twice_happens_once(cast):
    for _time in range(2):
        close_community(cast.community, by=cast.tender)
    for _time in range(2):
        reopen_community(cast.community, by=cast.tender)
    assert Event.objects.filter(what="community.closed").count() == 1
    assert Event.objects.filter(what="community.reopened").count() == 1


def test_a_name_taken_meanwhile_keeps_a_community_closed(cast):
    close_community(cast.community, by=cast.tender)
    start_community(name="Canteen", by=cast.newcomer)
    with pytest.raises(errors.NameIsTaken):
        reopen_community(cast.community, by=cast.tender)
