"""Replies in a Slack channel that come in no order come as one thread all the same."""

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.records import ReplyRecord, ThreadRecord
from tests.features.arrivals.exports import a_slack, of_kind, reasons_in, records_of, said, stamp_of

DAY, NEXT_DAY = "general/2020-01-01.json", "general/2020-01-02.json"


def messages_of(path):
    """Its threads and replies, and its reasons for what stays behind."""
    records = records_of(path)
    return of_kind(ThreadRecord, records), of_kind(ReplyRecord, records), reasons_in(records)


def test_replies_to_replies_stand_in_the_same_thread(tmp_path):
    days = [said(3, "Third", thread_ts=stamp_of(2)), said(2, "Second", thread_ts=stamp_of(1)), said(1, "First")]

    threads, replies, skipped = messages_of(a_slack(tmp_path, {DAY: days}))

    assert [thread.text for thread in threads] == ["First"]
    assert [(reply.text, reply.thread_key) for reply in replies] == [
        ("Second", threads[0].key),
        ("Third", threads[0].key),
    ]
    assert skipped == {}


def test_messages_that_answer_one_another_come_once_each(tmp_path):
    days = [said(1, "Chicken", thread_ts=stamp_of(2)), said(2, "Egg", thread_ts=stamp_of(1))]

    threads, replies, _skipped = messages_of(a_slack(tmp_path, {DAY: days}))

    assert [thread.is_stand_in for thread in threads] == [True]
    assert sorted(reply.text for reply in replies) == ["Chicken", "Egg"]
    assert {reply.thread_key for reply in replies} == {threads[0].key}


def test_words_that_change_while_they_wait_for_their_thread_come_as_they_were_last(tmp_path):
    changed = {"type": "message", "subtype": "message_changed", "message": said(2, "Now", thread_ts=stamp_of(1))}
    days = [said(2, "Before", thread_ts=stamp_of(1)), changed, said(1, "First")]

    _threads, replies, skipped = messages_of(a_slack(tmp_path, {DAY: days}))

    assert [(reply.text, reply.is_newer) for reply in replies] == [("Now", False)]
    assert skipped == {reasons.EVENT: 1}
