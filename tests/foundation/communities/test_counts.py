"""Counts are always what counting would give, whatever is done in whatever order."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heard.foundation.communities import actions, queries
from heard.foundation.communities.models import Access, Community, JoinRequest
from heard.foundation.conversation import actions as talk
from heard.foundation.conversation.models import Thread
from heard.plumbing.refusals import Refusal
from tests.foundation.communities.gatherings import a_community

DEEDS = st.lists(st.tuples(st.sampled_from(range(11)), st.integers(0, 3), st.integers(0, 3)), max_size=25)


def deed(nth, community, person, by):
    """One thing that somebody tries; what is refused must change nothing."""
    asked = JoinRequest.objects.filter(community=community, decided_at=None).order_by("id").first()
    thread = Thread.objects.filter(community=community).order_by("id").first()
    tries = [
        lambda: actions.join(community, by=person),
        lambda: actions.leave(community, by=person),
        lambda: actions.ask_to_join(community, by=person),
        lambda: asked and actions.decide_request(asked, admitted=True, by=by),
        lambda: actions.add_member(community, person, by=by),
        lambda: actions.remove_member(community, person, by=by),
        lambda: actions.make_tender(community, person, by=by),
        lambda: actions.withdraw_tender(community, person, by=by),
        lambda: talk.start_thread(community=community, by=person, source="Hello"),
        lambda: thread and talk.delete_message(thread, by=person),
        lambda: thread and talk.restore_message(thread, by=person),
    ]
    try:
        tries[nth]()
    except Refusal:
        return


@pytest.mark.parametrize("access", Access.values)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_counts_are_right_after_anything(cast, access, deeds):
    people = [cast.member, cast.tender, cast.newcomer, cast.outsider]
    community = a_community(f"Club {Community.objects.count()}", cast.tender, cast.member, access=access)
    for nth, who, by in deeds:
        community.refresh_from_db()
        deed(nth, community, people[who], people[by])
    community.refresh_from_db()
    assert community.member_count == community.memberships.count()
    assert community.thread_count == Thread.objects.filter(community=community, is_listed=True).count()
    assert not JoinRequest.objects.filter(
        community=community, decided_at=None, person__in=community.memberships.values("person")
    ).exists()
    if community.memberships.exists():
        assert queries.tenders_of(community)
