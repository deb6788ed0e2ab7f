"""Who tends a community, and what members want to be told of it."""

import pytest
from django_tasks_db.models import DBTaskResult

from heard.foundation.communities import errors
from heard.foundation.communities.actions import (
    choose_level,
    join,
    make_tender,
    remove_member,
    take_over,
    withdraw_tender,
)
from heard.foundation.communities.models import Level
from heard.foundation.communities.queries import membership_of, tenders_of
from heard.foundation.conversation.actions import delete_message, reply_to, start_thread, writing
from heard.foundation.conversation.queries import Feed, feed_ids
from heard.foundation.conversation.tasks import tell_eager
from heard.foundation.notices.models import Notice, Why
from heard.foundation.people.actions import end_access
from tests.cast import a_person
from tests.foundation.communities.gatherings import a_community, also_tended


def whys(person):
    return list(Notice.objects.filter(person=person).order_by("id").values_list("why", flat=True))


def test_a_tender_makes_another_who_is_told_once(cast):
    for _time in range(2):
        make_tender(cast.community, cast.member, by=cast.tender)
    assert set(tenders_of(cast.community)) == {cast.tender.pk, cast.member.pk}
    assert whys(cast.member).count(Why.TENDING) == 1


def test_only_members_who_are_here_become_tenders(cast):
    with pytest.raises(errors.BelongsNot):
        make_tender(cast.community, cast.outsider, by=cast.tender)
    with pytest.raises(errors.HasLeft):
        make_tender(cast.community, cast.left, by=cast.tender)


def test_nobody_makes_themselves_a_tender(cast):
    for person in (cast.member, cast.outsider):
        with pytest.raises(errors.NotATender):
            make_tender(cast.community, cast.member, by=person)
        with pytest.raises(errors.NotATender):
            withdraw_tender(cast.community, cast.tender, by=person)
    with pytest.raises(errors.NotATender):
        make_tender(cast.council, cast.member, by=cast.steward)


def test_one_tender_must_remain(cast):
    with pytest.raises(errors.LastTender):
        withdraw_tender(cast.community, cast.tender, by=cast.tender)
    also_tended(cast.community, cast.member, by=cast.tender)
    for _time in range(2):
        withdraw_tender(cast.community, cast.tender, by=cast.member)
    assert tenders_of(cast.community) == [cast.member.pk]


def test_a_tender_who_left_the_organisation_does_not_count(cast):
    also_tended(cast.community, cast.member, by=cast.tender)
    end_access(cast.member, by=cast.steward)
    with pytest.raises(errors.LastTender):
        withdraw_tender(cast.community, cast.tender, by=cast.tender)
    remove_member(cast.community, cast.member, by=cast.tender)
    assert tenders_of(cast.community) == [cast.tender.pk]


def test_a_member_takes_over_what_nobody_tends_any_more(cast):
    with pytest.raises(errors.SomebodyTends):
        take_over(cast.council, by=cast.member)
    end_access(cast.tender, by=cast.steward)
    with pytest.raises(errors.NotAMember):
        take_over(cast.council, by=cast.outsider)
    take_over(cast.council, by=cast.member)
    assert tenders_of(cast.council) == [cast.member.pk]
    with pytest.raises(errors.SomebodyTends):
        take_over(cast.council, by=cast.member)


def test_a_level_is_chosen_by_a_member_from_what_is_offered(cast):
    choose_level(cast.community, "digest", by=cast.member)
    assert membership_of(cast.member, cast.community).level == Level.DIGEST
    with pytest.raises(errors.NoSuchLevel):
        choose_level(cast.community, "sometimes", by=cast.member)
    with pytest.raises(errors.NotAMember):
        choose_level(cast.community, "mute", by=cast.outsider)


@pytest.mark.parametrize(
    ("level", "heard"),
    [
        (Level.EVERYTHING, [Why.THREAD, Why.MENTION, Why.REPLY]),
        (Level.MENTIONS, [Why.MENTION, Why.REPLY]),
        (Level.DIGEST, [Why.MENTION, Why.REPLY]),
        (Level.MUTE, []),
    ],
)
def test_a_member_is_told_what_they_chose(cast, level, heard):
    community = a_community("Club", cast.tender)
    join(community, by=cast.member)
    choose_level(community, level, by=cast.member)
    own = start_thread(community=community, by=cast.member, source="A question")
    start_thread(community=community, by=cast.tender, source="News for all")
    start_thread(community=community, by=cast.tender, source=f"News for @{cast.member.handle}")
    reply_to(own, by=cast.tender, source="An answer")
    assert [why for why in whys(cast.member) if why != Why.ADMITTED] == heard


def test_those_who_want_to_hear_everything_are_told_in_portions(cast, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(writing, "PORTION", 2)
    community = a_community("Club", cast.tender)
    eager = [a_person(f"Eager {name}") for name in ("One", "Two", "Three")]
    for person in eager:
        join(community, by=person)
        choose_level(community, Level.EVERYTHING, by=person)
    with django_capture_on_commit_callbacks(execute=True):
        start_thread(community=community, by=cast.tender, source=f"News, @{eager[0].handle}")
    assert [whys(person) for person in eager] == [[Why.MENTION], [Why.THREAD], []]
    task = DBTaskResult.objects.get(task_path="heard.foundation.conversation.tasks.tell_eager")
    tell_eager.func(*task.args_kwargs["args"])
    assert [whys(person) for person in eager] == [[Why.MENTION], [Why.THREAD], [Why.THREAD]]


def test_nobody_is_told_of_a_thread_that_is_gone_when_their_turn_comes(cast):
    community = a_community("Club", cast.tender)
    join(community, by=cast.member)
    choose_level(community, Level.EVERYTHING, by=cast.member)
    thread = start_thread(community=community, by=cast.tender, source="Oh no")
    delete_message(thread, by=cast.tender)
    tell_eager.func(thread.pk, 0)
    assert whys(cast.member).count(Why.THREAD) == 1


def test_what_is_muted_is_not_on_the_home_page(cast):
    thread = start_thread(community=cast.community, by=cast.tender, source="Soup of the day")
    assert thread.pk in {one.id for one in feed_ids(cast.member, Feed.NEWEST)}
    choose_level(cast.community, Level.MUTE, by=cast.member)
    assert thread.pk not in {one.id for one in feed_ids(cast.member, Feed.NEWEST)}
