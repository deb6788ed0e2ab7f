"""Editing, deleting, reacting, saving, reporting."""

import pytest

from heard.foundation.communities.errors import NotAMember, NotATender
from heard.foundation.conversation import actions, errors
from heard.foundation.conversation.models import Report, Save, Thread
from heard.foundation.conversation.queries import (
    Feed,
    cards,
    feed_ids,
    history,
    reports_for_stewards,
    revisions,
    saved_ids,
    thread_by_id,
)
from heard.foundation.conversation.queries.waiting import waiting_in
from heard.foundation.notices.models import Why
from heard.foundation.notices.queries import notices_of
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(cast: Cast) -> Thread:
    """Said by the member in the open community."""
    return actions.start_thread(community=cast.community, by=cast.member, source="Frist", title="Post")


def test_an_edit_keeps_what_it_said_before(cast: Cast, thread: Thread) -> None:
    actions.edit_message(thread, by=cast.member, source="First", title="Post")
    again = thread_by_id(cast.member, thread.pk)
    assert (again.source, again.edited_at is not None) == ("First", True)
    assert [revision.source for revision in revisions(again)] == ["Frist"]


def test_an_edit_that_changes_nothing_leaves_no_trace(cast: Cast, thread: Thread) -> None:
    actions.edit_message(thread, by=cast.member, source="Frist ", title="Post")
    assert thread_by_id(cast.member, thread.pk).edited_at is None


def test_nobody_edits_or_deletes_for_somebody_else(cast: Cast, thread: Thread) -> None:
    for person in (cast.tender, cast.steward, cast.administrator):
        with pytest.raises(errors.NotYours):
            actions.edit_message(thread, by=person, source="Mine")
        with pytest.raises(errors.NotYours):
            actions.delete_message(thread, by=person)


def test_a_name_added_by_an_edit_is_told_and_one_that_stays_is_not_told_again(cast: Cast, thread: Thread) -> None:
    actions.edit_message(thread, by=cast.member, source=f"@{cast.tender.handle}", title="")
    actions.edit_message(
        thread_by_id(cast.member, thread.pk), by=cast.member, source=f"@{cast.tender.handle}!", title=""
    )
    assert [notice.why for notice in notices_of(cast.tender)] == [Why.MENTION]


def test_a_deleted_thread_leaves_the_lists_and_comes_back(cast: Cast, thread: Thread) -> None:
    actions.delete_message(thread, by=cast.member)
    assert feed_ids(cast.tender, Feed.NEWEST) == []
    cast.community.refresh_from_db()
    assert cast.community.thread_count == 0
    actions.restore_message(thread_by_id(cast.member, thread.pk), by=cast.member)
    assert [found.id for found in feed_ids(cast.tender, Feed.NEWEST)] == [thread.pk]


def test_the_history_of_what_is_deleted_cannot_be_read(cast: Cast, thread: Thread) -> None:
    actions.edit_message(thread, by=cast.member, source="First", title="Post")
    actions.delete_message(thread, by=cast.member)
    assert list(revisions(thread)) == []


def test_a_deleted_reply_counts_no_longer(cast: Cast, thread: Thread) -> None:
    reply = actions.reply_to(thread, by=cast.tender, source="Hm")
    actions.delete_message(reply, by=cast.tender)
    assert thread_by_id(cast.member, thread.pk).reply_count == 0


def test_what_a_tender_hid_its_author_cannot_put_back(cast: Cast, thread: Thread) -> None:
    actions.hide_message(thread, by=cast.tender, because="Rude")
    actions.restore_message(thread, by=cast.member)
    assert thread_by_id(cast.member, thread.pk).hidden_at is not None
    assert feed_ids(cast.member, Feed.NEWEST) == []
    actions.show_message(thread_by_id(cast.tender, thread.pk), by=cast.tender)
    assert len(feed_ids(cast.member, Feed.NEWEST)) == 1


def test_only_tenders_hide(cast: Cast, thread: Thread) -> None:
    with pytest.raises(NotATender):
        actions.hide_message(thread, by=cast.member, because="I was wrong")


def test_a_reaction_counts_once_and_goes_again(cast: Cast, thread: Thread) -> None:
    actions.react(thread, "👍", by=cast.tender)
    actions.react(thread, "👍", by=cast.tender)
    actions.react(thread, "👍🏽", by=cast.outsider)
    assert thread_by_id(cast.member, thread.pk).reactions == {"👍": 1, "👍🏽": 1}
    actions.withdraw_reaction(thread, "👍", by=cast.tender)
    assert thread_by_id(cast.member, thread.pk).reactions == {"👍🏽": 1}


@pytest.mark.parametrize("given", ["", "yes", "👍👍", "<b>", "x" * 300])
def test_a_reaction_is_one_emoji(cast: Cast, thread: Thread, given: str) -> None:
    with pytest.raises(errors.NotAnEmoji):
        actions.react(thread, given, by=cast.tender)


def test_who_cannot_read_cannot_react(cast: Cast) -> None:
    secret = actions.start_thread(community=cast.council, by=cast.member, source="Between us")
    with pytest.raises(NotAMember):
        actions.react(secret, "👍", by=cast.outsider)


def test_saving_twice_saves_once_and_is_ones_own(cast: Cast, thread: Thread) -> None:
    actions.save_thread(thread, by=cast.tender)
    actions.save_thread(thread, by=cast.tender)
    assert Save.objects.count() == 1
    assert (saved_ids(cast.tender), saved_ids(cast.member)) == ([thread.pk], [])
    assert [card.mine.is_saved for card in cards(cast.tender, [thread.pk])] == [True]
    actions.unsave_thread(thread, by=cast.tender)
    assert saved_ids(cast.tender) == []


def test_a_report_reaches_the_tender_and_the_steward_once(cast: Cast, thread: Thread) -> None:
    actions.report(thread, by=cast.outsider, because="Spam")
    actions.report(thread, by=cast.outsider, because="Spam!")
    for person in (cast.tender, cast.steward):
        assert [notice.why for notice in notices_of(person)] == [Why.REPORT]
    assert [given.report.because for given in waiting_in(cast.tender, cast.community).reports] == ["Spam"]
    assert len(reports_for_stewards(cast.steward)) == 1
    assert len(reports_for_stewards(cast.member)) == 0


def test_settling_a_report_settles_all_on_the_same_message(cast: Cast, thread: Thread) -> None:
    actions.report(thread, by=cast.outsider, because="Spam")
    actions.report(thread, by=cast.newcomer, because="Spam")
    first = Report.objects.first()
    assert first
    with pytest.raises(NotATender):
        actions.settle_report(first, by=cast.member)
    actions.settle_report(first, by=cast.tender, outcome="Fine")
    assert Report.objects.filter(settled_at=None).count() == 0


def test_a_steward_hides_what_was_reported_in_a_private_community_and_nothing_else(cast: Cast) -> None:
    secret = actions.start_thread(community=cast.council, by=cast.member, source="Between us")
    with pytest.raises(NotATender):
        actions.hide_message(secret, by=cast.steward, because="Curious")
    actions.report(secret, by=cast.member, because="Please look")
    actions.hide_message(secret, by=cast.steward, because="Looked")
    secret.refresh_from_db()
    assert secret.hidden_at is not None


def test_reading_never_goes_back(cast: Cast, thread: Thread) -> None:
    from heard.foundation.conversation.queries import read_to

    actions.mark_read(thread.pk, by=cast.member)
    actions.mark_read(5, by=cast.member)
    assert read_to(cast.member) == thread.pk


def test_the_history_says_what_each_edit_changed(cast: Cast, thread: Thread) -> None:
    actions.edit_message(thread, by=cast.member, source="Frist and last", title="Post")
    actions.edit_message(thread, by=cast.member, source="First and last", title="Post")
    now, before, began = history(thread_by_id(cast.member, thread.pk))
    assert [(now.until, before.until), began.changes] == [(None, before.until), [("same", "Post\n\nFrist")]]
    assert now.changes == [("same", "Post\n\n"), ("gone", "Frist"), ("new", "First"), ("same", " and last")]
    assert before.changes == [("same", "Post\n\nFrist"), ("new", " and last")]
