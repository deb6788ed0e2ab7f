"""Taking back keeps what colleagues did since, and says truly why something stays."""

import pytest
from django.utils import timezone

from heard.features.arrivals import actions
from heard.features.arrivals.formats import reasons
from heard.features.arrivals.models import Run, State
from heard.features.arrivals.queries import arrival
from heard.foundation.communities.actions import change_community, join
from heard.foundation.communities.models import Community, Membership
from heard.foundation.conversation.actions import edit_message, react, report, save_thread
from heard.foundation.conversation.models import Reaction, Reply, Report, Save, Thread
from tests.cast import a_person
from tests.features.arrivals.accounts import assert_counts_are_right, bring_in
from tests.features.arrivals.exports import a_slack, said, stamp_of

pytestmark = pytest.mark.django_db
DAY = "general/2020-01-01.json"


def the_run():
    return Run.objects.latest("id")


@pytest.fixture
def here():
    return a_person("Helga Here")


@pytest.mark.parametrize("deed", ["react", "save", "report"])
def test_what_a_colleague_reacted_to_saved_or_reported_stays(talk, here, deed):
    bring_in(talk)
    thread = Thread.objects.get(reply_count=0)
    join(Community.objects.get(), by=here)
    if deed == "react":
        react(thread, "🎉", by=here)
    elif deed == "save":
        save_thread(thread, by=here)
    else:
        report(thread, by=here, because="Look at this")
    gone = actions.take_back(the_run())
    assert list(Thread.objects.all()) == [thread]
    assert gone.kept[reasons.TOUCHED_SINCE] == 1
    model = {"react": Reaction, "save": Save, "report": Report}[deed]
    assert model.objects.filter(thread=thread).count() == 1
    assert_counts_are_right()


def test_a_reply_that_somebody_reacted_to_stays_with_what_it_answers(talk, here):
    bring_in(talk)
    thread = Thread.objects.get(reply_count=2)
    join(Community.objects.get(), by=here)
    last = thread.replies.latest("pk")
    Reply.objects.filter(pk=last.pk).update(parent=thread.replies.earliest("pk"))
    react(last, "🎉", by=here)
    gone = actions.take_back(the_run())
    assert Reply.objects.count() == 2
    assert gone.kept[reasons.TOUCHED_SINCE] == 1
    assert gone.kept[reasons.MESSAGE_STAYS] == 2
    assert reasons.ANSWERED_SINCE not in gone.kept
    assert_counts_are_right()


def test_a_changed_answer_does_not_go_with_what_it_answers(talk):
    bring_in(talk)
    first, last = Reply.objects.order_by("pk")
    Reply.objects.filter(pk=last.pk).update(parent=first)
    last.refresh_from_db()
    edit_message(last, by=last.author, source="Changed here")
    actions.take_back(the_run())
    assert Reply.objects.get(pk=last.pk).source == "Changed here"


def test_a_community_that_was_described_here_stays(talk, here):
    bring_in(talk)
    place = Community.objects.get()
    Membership.objects.create(community=place, person=here, is_tender=True, joined_at=timezone.now())
    change_community(place, by=here, description="Ours")
    Membership.objects.filter(person=here).delete()
    gone = actions.take_back(the_run())
    assert Community.objects.get() == place
    assert gone.kept == {reasons.CHANGED_COMMUNITY: 1}


def test_what_a_later_archive_hangs_on_says_which_run_must_go_first(tmp_path, here):
    first = [said(1, "Bread")]
    bring_in(a_slack(tmp_path, {DAY: first}))
    one = the_run()
    bring_in(a_slack(tmp_path, {DAY: [*first, said(2, "Yes", thread_ts=stamp_of(1))]}))
    two = the_run()
    gone = actions.take_back(one)
    assert gone.kept[f"{reasons.LATER_RUN} {two.pk}"] == 1
    assert gone.kept[reasons.NEEDED_COMMUNITY] == 1
    assert reasons.ANSWERED_SINCE not in gone.kept
    actions.take_back(two)
    one.refresh_from_db()
    actions.take_back(one)
    assert not Thread.objects.exists()
    assert not Community.objects.exists()


def test_the_page_names_that_run(cast):
    run = Run.objects.create(
        format="slack", source="x", state=State.LEFT, begun_at=timezone.now(), kept={f"{reasons.LATER_RUN} 7": 3}
    )
    assert arrival(cast.administrator, run).kept[0].words.endswith("must be taken back first: run 7")


def test_a_file_that_was_stopped_and_begun_again_is_one_run_and_one_way_back(talk):
    with pytest.raises(KeyboardInterrupt):
        actions.bring_in_file(talk, "slack", progress=interrupt)
    bring_in(talk)
    actions.take_back(Run.objects.get())
    assert not Thread.objects.exists()
    assert not Community.objects.exists()


def test_another_file_or_other_choices_make_a_run_of_their_own(talk, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        actions.bring_in_file(talk, "slack", progress=interrupt)
    actions.bring_in_file(talk, "slack", choices=actions.choices(left_out=["general"]))
    bring_in(a_slack(tmp_path, {DAY: [said(1, "Bread")]}))
    assert list(Run.objects.order_by("pk").values_list("state", flat=True)) == ["stopped", "done", "done"]


def interrupt(_done):
    raise KeyboardInterrupt
