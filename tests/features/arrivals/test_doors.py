"""Nothing that comes later is read by more people than could read it where it was said."""

import pytest

from heard.features.arrivals import actions
from heard.features.arrivals.formats import reasons
from heard.features.arrivals.models import Run
from heard.foundation.communities.models import Access, Community, Membership
from heard.foundation.conversation.models import Reaction, Reply, Thread
from tests.features.arrivals.accounts import assert_counts_are_right, bring_in
from tests.features.arrivals.exports import GENERAL, a_slack, said, stamp_of

pytestmark = pytest.mark.django_db
DAY = "general/2020-01-01.json"
FIRST = [said(1, "For all", reply_count=1, thread_ts=stamp_of(1)), said(2, "Yes", thread_ts=stamp_of(1))]
LATER = [
    said(1, "For few", reply_count=2, thread_ts=stamp_of(1), edited={"user": "U0ANNA001", "ts": stamp_of(9)},
         reactions=[{"name": "eyes", "users": ["U0BO00002"]}]),
    said(2, "Yes", thread_ts=stamp_of(1)),
    said(3, "A secret answer", thread_ts=stamp_of(1)),
    said(4, "A secret", reply_count=1, thread_ts=stamp_of(4)),
    said(5, "Hush", thread_ts=stamp_of(4)),
]  # fmt: skip


def narrowed(tmp_path):
    """The channel was open, and is private in the next export."""
    bring_in(a_slack(tmp_path, {DAY: FIRST}))
    return a_slack(tmp_path, {DAY: LATER}, channels=[], groups=[GENERAL])


def test_what_is_said_after_a_channel_became_private_comes_into_a_private_community(tmp_path):
    told = bring_in(narrowed(tmp_path))
    was_open, private = Community.objects.order_by("pk")
    assert (was_open.access, private.access) == (Access.OPEN, Access.PRIVATE)
    assert [one.source for one in Thread.objects.filter(community=was_open)] == ["For all"]
    assert [one.source for one in Reply.objects.filter(thread__community=was_open)] == ["Yes"]
    assert [one.source for one in Thread.objects.filter(community=private)] == ["A secret"]
    assert not Reaction.objects.exists()
    assert told["skipped"] == {reasons.HELD_BACK: 2, reasons.ALREADY_HERE: 1}
    assert told["noted"][reasons.FEWER_COULD_READ] == 1
    assert Membership.objects.filter(community=private).count() == 2
    assert_counts_are_right()


def test_a_third_export_goes_on_in_that_private_community_and_it_can_be_taken_back(tmp_path):
    later = narrowed(tmp_path)
    bring_in(later)
    second = Run.objects.latest("pk")
    told = bring_in(later)
    assert (told["threads"], told["replies"], told["communities"], told["memberships"]) == (0, 0, 0, 0)
    more = [*LATER, said(6, "Hush, hush", thread_ts=stamp_of(4))]
    bring_in(a_slack(tmp_path, {DAY: more}, channels=[], groups=[GENERAL]))
    assert Reply.objects.get(source="Hush, hush").thread.community.access == Access.PRIVATE
    actions.take_back(Run.objects.latest("pk"))
    actions.take_back(second)
    assert list(Community.objects.values_list("access", flat=True)) == [Access.OPEN]
    assert_counts_are_right()


def test_nobody_becomes_a_member_of_a_private_community_because_the_archive_calls_it_open(tmp_path):
    private = {**GENERAL, "members": ["U0ANNA001"]}
    bring_in(a_slack(tmp_path, {DAY: FIRST}, channels=[], groups=[private]))
    told = bring_in(a_slack(tmp_path, {DAY: [*FIRST, said(4, "Open")]}))
    place = Community.objects.get()
    assert place.access == Access.PRIVATE
    assert [one.person.name for one in place.memberships.all()] == ["Anna Lind"]
    assert Thread.objects.get(source="Open").community == place
    assert told["noted"][reasons.MEMBER_OF_WIDER] == 1
