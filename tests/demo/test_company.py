"""What stands in the database once the company has moved in."""

from datetime import datetime, timedelta

import pytest
from django.db.models import Count, F, Max

from heard.demo.build import SIGN_INS, build_company, is_here, sign_ins
from heard.demo.cast import CAST
from heard.demo.gathering import LEFT_AGAIN
from heard.foundation.communities.models import Community, JoinRequest, Membership
from heard.foundation.communities.queries import suggested_for
from heard.foundation.conversation.models import (
    Hashtag,
    Kind,
    Mention,
    Reaction,
    Reply,
    Report,
    Revision,
    Stage,
    Thread,
)
from heard.foundation.notices.models import Notice
from heard.foundation.people.models import Person, Role, Unit, Word

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def test_about_six_hundred_people_sit_in_units_and_report_to_somebody() -> None:
    assert 590 <= Person.objects.count() <= 640
    assert not Person.objects.filter(unit=None).exists()
    assert list(Person.objects.filter(manager=None).values_list("handle", flat=True)) == ["margaret"]
    assert not Person.objects.filter(manager=F("id")).exists()


def test_no_two_people_share_a_name() -> None:
    assert Person.objects.values("name").distinct().count() == Person.objects.count()


def test_some_units_are_too_small_to_be_shown_alone() -> None:
    sizes = dict(Unit.objects.annotate(n=Count("people")).values_list("name", "n"))
    assert sizes["Sustainability"] == 2
    assert sum(0 < size < 7 for size in sizes.values()) >= 5


def test_the_path_of_a_unit_leads_through_its_parents() -> None:
    for unit in Unit.objects.select_related("parent"):
        assert unit.path == f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"


def test_people_are_found_by_their_words() -> None:
    assert Word.objects.filter(word="ribeiro", person__handle="joana").exists()
    assert Word.objects.filter(word="portuguese", person__handle="joana").exists()
    assert Person.objects.exclude(pk__in=Word.objects.values("person")).count() == 0


def test_one_person_left_and_their_words_stayed(company: datetime) -> None:
    norman = Person.objects.get(handle="norman")
    assert norman.left_at is not None
    assert norman.left_at < company
    assert Thread.objects.filter(author=norman).exists()


def test_counters_say_what_the_rows_say() -> None:
    for community in Community.objects.annotate(m=Count("memberships")):
        threads = community.threads.filter(is_listed=True)
        assert community.member_count == community.m
        assert community.thread_count == threads.count()
        assert community.newest_thread_at == threads.aggregate(at=Max("created_at"))["at"]
    for thread in Thread.objects.annotate(n=Count("replies"), at=Max("replies__created_at")):
        assert thread.reply_count == thread.n
        assert thread.newest_at == (thread.at or thread.created_at)


def test_reactions_are_summed_up_as_given() -> None:
    given = {}
    for row in Reaction.objects.values("thread", "reply", "emoji").annotate(n=Count("id")):
        given.setdefault(row["reply"] or row["thread"], {})[row["emoji"]] = row["n"]
    for message in [*Thread.objects.all(), *Reply.objects.all()]:
        assert message.reactions == given.get(message.pk, {})


def test_nobody_reacts_to_themselves_and_only_those_who_may_read_react() -> None:
    assert not Reaction.objects.filter(reply=None, person=F("thread__author")).exists()
    assert not Reaction.objects.filter(person=F("reply__author")).exists()
    belong = belonged()
    assert set(Reaction.objects.values_list("thread__community", "person")) <= belong


def test_nothing_was_said_in_the_future_nor_long_before_six_months_ago(company: datetime) -> None:
    for model in (Thread, Reply):
        said = model.objects.order_by("id").values_list("created_at", flat=True)
        assert company - timedelta(days=190) < said[0]
        assert max(said) < company
        assert list(said) == sorted(said)
    assert not Reply.objects.filter(created_at__lte=F("thread__created_at")).exists()
    assert not Reply.objects.filter(parent__created_at__gte=F("created_at")).exists()
    assert Thread.objects.filter(created_at__gt=company - timedelta(hours=8)).count() >= 5


def belonged() -> set[tuple[int, int]]:
    """Who belongs to which community, and who did when they spoke."""
    slugs = dict(Community.objects.values_list("slug", "pk"))
    left = {(slugs[slug], Person.objects.get(handle=handle).pk) for slug, handle in LEFT_AGAIN}
    return set(Membership.objects.values_list("community", "person")) | left


def test_who_speaks_belongs_to_the_community() -> None:
    belong = belonged()
    assert set(Thread.objects.values_list("community", "author")) <= belong
    assert set(Reply.objects.values_list("thread__community", "author")) <= belong


def test_mentions_and_hashtags_became_links() -> None:
    assert Mention.objects.count() > 60
    assert Hashtag.objects.filter(tag="peak").count() >= 2
    for mention in Mention.objects.select_related("thread", "reply", "person"):
        message = mention.reply or mention.thread
        assert f'href="/people/{mention.person.handle}/"' in message.html
    handles = {speaker.handle for speaker in CAST}
    assert not Thread.objects.filter(html__contains="{month").exists()
    for message in [*Thread.objects.all(), *Reply.objects.all()]:
        assert not any(f"@{handle}" in message.html for handle in handles)


def test_every_thread_is_seen_by_somebody_and_private_ones_not_by_all() -> None:
    accesses = dict(Community.objects.values_list("name", "access"))
    assert accesses["Northline rebid"] == "private"
    assert accesses["Night shift"] == "closed"
    assert Community.objects.filter(member_count__lt=5).count() == 0
    maya = Person.objects.get(handle="maya")
    assert Thread.objects.filter(community__memberships__person=maya).count() > 80


def test_the_ordinary_member_is_suggested_communities_to_join_and_to_ask() -> None:
    suggested = suggested_for(Person.objects.get(handle="maya"), limit=12)
    assert {"Better bids", "New starters", "Works council"} <= {one.name for one in suggested}


def test_questions_that_colleagues_answered_stand_as_answered() -> None:
    unanswered = Thread.objects.filter(kind=Kind.ASK, reply_count=0)
    assert unanswered.count() >= 5
    assert set(unanswered.values_list("stage", flat=True)) == {Stage.SAID}
    answered = Thread.objects.exclude(kind=Kind.SHARE).exclude(reply_count=0)
    assert set(answered.values_list("stage", flat=True)) == {Stage.ANSWERED}


def test_notices_reach_only_those_who_may_read() -> None:
    belong = belonged()
    access = dict(Community.objects.values_list("pk", "access"))
    communities = dict(Thread.objects.values_list("pk", "community"))
    for notice in Notice.objects.filter(about="thread"):
        community = communities[notice.about_id]
        assert access[community] == "open" or (community, notice.person_id) in belong
    assert not Notice.objects.filter(person=F("by")).exists()
    assert Notice.objects.filter(person__handle="maya", seen_with=None).exists()
    assert Notice.objects.filter(person__handle="maya", seen_with__isnull=False).exists()


def test_what_was_corrected_shows_what_it_said_before() -> None:
    revisions = Revision.objects.select_related("thread")
    assert revisions.count() == 3
    for revision in revisions:
        assert revision.source != revision.thread.source
        assert revision.edited_at == revision.thread.edited_at


def test_something_waits_for_those_who_tend() -> None:
    assert JoinRequest.objects.filter(decided_at=None, community__name="Night shift").exists()
    assert Report.objects.filter(settled_at=None, thread__community__name="Better bids").exists()


def test_only_the_demo_sign_ins_have_a_password_and_each_has_its_role() -> None:
    usable = {person.handle for person in Person.objects.all() if person.has_usable_password()}
    assert usable == set(SIGN_INS.values())
    for one in sign_ins():
        person = Person.objects.get(email=one["email"])
        assert person.check_password(one["password"])
        assert person.claimed_at is not None
        granted = sorted(person.grants.values_list("role", flat=True))
        assert person.roles == granted
        assert (one["role"] in granted) == (one["role"] in Role.values)


def test_moving_in_twice_changes_nothing() -> None:
    assert is_here()
    before = Person.objects.count(), Thread.objects.count()
    assert build_company().people == 0
    assert (Person.objects.count(), Thread.objects.count()) == before
