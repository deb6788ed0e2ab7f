"""An archive may come again, come later, or be stopped in the middle: nothing is lost and nothing is there twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from heard.features.arrivals import actions
from heard.features.arrivals.actions import batches
from heard.features.arrivals.formats import reasons
from heard.features.arrivals.models import Arrived, Run, State
from heard.foundation.communities.models import Community, Membership
from heard.foundation.conversation.actions import edit_message
from heard.foundation.conversation.models import Attachment, Reaction, Reply, Revision, Thread
from heard.foundation.people.models import Person
from heard.plumbing import processes
from heard.plumbing.refusals import Refusal
from tests.features.arrivals.accounts import assert_counts_are_right, bring_in
from tests.features.arrivals.exports import a_slack, said, stamp_of

pytestmark = pytest.mark.django_db


def a_run_of(process, moved_at):
    """One that writes, or did when its process was killed."""
    return Run.objects.create(
        format="slack",
        source="other.zip",
        state=State.RUNNING,
        begun_at=moved_at,
        moved_at=moved_at,
        is_writing=True,
        process=process,
    )


def a_dead_process():
    host, number, _begun = processes.mark().rsplit(":", 2)
    return f"{host}:{number}:1"


DAY, NEXT_DAY = "general/2020-01-01.json", "general/2020-01-02.json"


def test_a_second_time_adds_nothing_and_accounts_for_everything(talk):
    bring_in(talk)
    before = {
        model: model.objects.count() for model in (Person, Community, Membership, Thread, Reply, Reaction, Attachment)
    }

    told = bring_in(talk)

    assert {model: model.objects.count() for model in before} == before
    assert [told[name] for name in ("people", "communities", "threads", "replies", "reactions", "files")] == [0] * 6
    assert told["skipped"] == {reasons.ALREADY_HERE: 4, reasons.JOINED_OR_LEFT: 1}
    assert_counts_are_right()


def test_a_later_export_adds_what_is_new_and_mends_what_was_edited(tmp_path):
    bring_in(a_slack(tmp_path, {DAY: [said(1, "Bread"), said(2, "Rye", by="U0BO00002")]}))
    mine = Thread.objects.order_by("id").last()
    edit_message(mine, by=mine.author, source="Changed here")

    edited = {"user": "U0ANNA001", "ts": stamp_of(9)}
    later = [
        said(1, "Bread, fresh", edited=edited),
        said(2, "Rye!", by="U0BO00002", edited=edited),
        said(3, "Hi", thread_ts=stamp_of(1)),
    ]
    told = bring_in(a_slack(tmp_path, {DAY: later}))

    first, second = Thread.objects.order_by("id")
    assert (first.source, first.reply_count, first.edited_at.second) == ("Bread, fresh", 1, 9)
    assert Revision.objects.get(thread=first).source == "Bread"
    assert second.source == "Changed here"
    assert (told["replies"], told["skipped"]) == (1, {reasons.ALREADY_HERE: 2})
    assert_counts_are_right()


@pytest.mark.parametrize("size", [1, 2, 60])
def test_words_changed_and_deleted_within_one_archive_are_as_they_were_last(tmp_path, monkeypatch, size):
    for name in ("FIRST_SIZE", "LEAST", "MOST"):
        monkeypatch.setattr(batches, name, size)
    days = [
        said(1, "Bread"),
        said(2, "Reply", thread_ts=stamp_of(1)),
        said(3, "Other", thread_ts=stamp_of(1)),
        {"type": "message", "subtype": "message_changed", "ts": stamp_of(4), "message": said(1, "Rye")},
        {"type": "message", "subtype": "message_deleted", "ts": stamp_of(5), "deleted_ts": stamp_of(2)},
    ]

    told = bring_in(a_slack(tmp_path, {DAY: days}))

    assert Thread.objects.get().source == "Rye"
    assert [bool(reply.deleted_at) for reply in Reply.objects.order_by("id")] == [True, False]
    assert Reply.objects.order_by("id").first().source == ""
    assert told["threads"] + told["replies"] + sum(told["skipped"].values()) == 5
    assert_counts_are_right()


def test_stopped_at_any_batch_and_begun_again_it_ends_the_same(tmp_path, monkeypatch):
    for name in ("FIRST_SIZE", "LEAST", "MOST"):
        monkeypatch.setattr(batches, name, 3)
    days = [said(n, f"Thread {n}", reactions=[{"name": "eyes", "users": ["U0BO00002"]}]) for n in range(5)]
    days += [said(10 + n, f"Reply {n}", thread_ts=stamp_of(n)) for n in range(5)]
    path = a_slack(tmp_path, {DAY: days})

    for nth in range(1, 6):
        seen = []

        def interrupt(done, seen=seen, nth=nth):
            seen.append(done)
            if len(seen) == nth:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            actions.bring_in_file(path, "slack", progress=interrupt)
        assert Run.objects.filter(state=State.RUNNING).count() == 0
        assert_counts_are_right()
    bring_in(path)

    assert (Thread.objects.count(), Reply.objects.count(), Reaction.objects.count()) == (5, 5, 5)
    assert_counts_are_right()


def test_one_archive_at_a_time(talk):
    a_run_of(processes.mark(), timezone.now())

    with pytest.raises(Refusal, match="Another archive"):
        bring_in(talk)


@pytest.mark.parametrize("process", ["", a_dead_process()], ids=["unnamed", "named"])
def test_a_run_that_was_killed_does_not_stand_in_the_way(talk, process):
    killed = a_run_of(process, timezone.now() - timedelta(hours=1 if not process else 0))

    bring_in(talk)

    killed.refresh_from_db()
    assert killed.state == State.STOPPED


def test_a_damaged_archive_writes_nothing(tmp_path):
    with pytest.raises(Refusal, match=NEXT_DAY):
        bring_in(a_slack(tmp_path, {DAY: [said(1, "fine")], NEXT_DAY: '[{"ts"'}))

    assert not Person.objects.exists()
    assert not Run.objects.exists()
    assert not Arrived.objects.exists()


@pytest.mark.parametrize("between", [0, 18, 19, 20, 21, 45])
def test_newer_words_come_also_while_the_older_ones_are_being_rendered(tmp_path, monkeypatch, between):
    """Whether they stand in the same batch, in the one after it or in one much later."""
    monkeypatch.setattr(batches, "FIRST_SIZE", 20)
    monkeypatch.setattr(batches, "MOST", 20)
    changed = {
        "type": "message",
        "subtype": "message_changed",
        "ts": stamp_of(99),
        "message": said(1, "Rye", edited={}),
    }
    fillers = [said(2 + nth, f"Loaf {nth}") for nth in range(between)]

    bring_in(a_slack(tmp_path, {DAY: [said(1, "Bread"), *fillers, changed]}))

    assert Thread.objects.count() == 1 + between
    assert Thread.objects.get(source="Rye").html == '<p dir="auto">Rye</p>\n'
    assert not Thread.objects.filter(source="Bread").exists()
