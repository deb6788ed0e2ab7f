"""What was said in a Slack channel comes as threads and replies, or has its reason."""

import pytest

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.records import (
    FileRecord,
    Noted,
    PersonRecord,
    ReactionRecord,
    ReplyRecord,
    Skipped,
    ThreadRecord,
)
from tests.features.arrivals.exports import (
    GENERAL,
    a_slack,
    of_kind,
    reasons_in,
    records_of,
    said,
    stamp_of,
)

DAY, NEXT_DAY = "general/2020-01-01.json", "general/2020-01-02.json"


def messages_of(path):
    """Its threads and replies, and its reasons for what stays behind."""
    records = records_of(path)
    return of_kind(ThreadRecord, records), of_kind(ReplyRecord, records), reasons_in(records)


def test_a_thread_its_replies_reactions_files_and_edits_come(tmp_path):
    first = said(
        1,
        "*Bread*?",
        thread_ts=stamp_of(1),
        reply_count=1,
        edited={"user": "U0ANNA001", "ts": stamp_of(5)},
        reactions=[{"name": "+1::skin-tone-2", "users": ["U0ANNA001", "U0BO00002"], "count": 3}],
        files=[
            {
                "id": "F1",
                "name": "list.pdf",
                "mimetype": "application/pdf",
                "size": 7,
                "url_private": "https://x?t=xoxe-1",
            }
        ],
    )
    answer = said(2, "Yes", by="U0BO00002", thread_ts=stamp_of(1), parent_user_id="U0ANNA001")
    records = records_of(a_slack(tmp_path, {DAY: [first, answer]}))

    thread, reply = of_kind(ThreadRecord, records)[0], of_kind(ReplyRecord, records)[0]
    assert (thread.key, thread.text, thread.author_key) == (f"C0GENERAL/{stamp_of(1)}", "**Bread**?", "U0ANNA001")
    assert (thread.said_at.second, thread.said_at.microsecond, thread.edited_at.second) == (1, 100, 5)
    assert (reply.thread_key, reply.text) == (thread.key, "Yes")
    assert [(one.person_key, one.emoji) for one in of_kind(ReactionRecord, records)] == [
        ("U0ANNA001", "👍🏻"),
        ("U0BO00002", "👍🏻"),
    ]
    assert of_kind(FileRecord, records) == [
        FileRecord(thread.key, "F1", "list.pdf", "application/pdf", 7, where=f"{DAY}, record 1")
    ]
    assert "xoxe" not in repr(records)


def test_a_reply_on_a_later_day_finds_its_thread(tmp_path):
    late = said(90_000, "Late", thread_ts=stamp_of(1))

    threads, replies, skipped = messages_of(a_slack(tmp_path, {DAY: [said(1, "Early")], NEXT_DAY: [late]}))

    assert [thread.text for thread in threads] == ["Early"]
    assert [reply.thread_key for reply in replies] == [threads[0].key]
    assert skipped == {}


def test_a_reply_that_stands_before_its_thread_waits_for_it(tmp_path):
    reply = said(2, "Second", thread_ts=stamp_of(1))

    records = records_of(a_slack(tmp_path, {DAY: [reply, said(1, "First")]}))

    kinds = [type(one) for one in records if isinstance(one, ThreadRecord | ReplyRecord)]
    assert kinds == [ThreadRecord, ReplyRecord]


def test_replies_whose_thread_never_comes_stand_under_one_that_says_so(tmp_path):
    orphans = [said(n, f"Orphan {n}", thread_ts=stamp_of(1), parent_user_id="U0BO00002") for n in (2, 3)]

    records = records_of(a_slack(tmp_path, {DAY: orphans}))

    stand_in = of_kind(ThreadRecord, records)[0]
    assert stand_in.is_stand_in
    assert "not in the archive" in stand_in.text
    assert [reply.thread_key for reply in of_kind(ReplyRecord, records)] == [stand_in.key] * 2
    assert reasons_in(records, Noted) == {reasons.PARENT_MISSING: 2}


def test_a_reply_that_was_also_sent_to_the_channel_comes_once(tmp_path):
    root = said(1, "Root")
    both = said(2, "Both", thread_ts=stamp_of(1), subtype="thread_broadcast", root=root)
    old_copy = said(3, "replied to a thread", subtype="reply_broadcast")

    threads, replies, skipped = messages_of(a_slack(tmp_path, {DAY: [root, both, both, old_copy]}))

    assert ([one.text for one in threads], [one.text for one in replies]) == (["Root"], ["Both"])
    assert skipped == {reasons.SAID_TWICE: 1, reasons.COPY_OF_REPLY: 1}


@pytest.mark.parametrize(
    ("subtype", "reason"),
    [
        ("channel_join", reasons.JOINED_OR_LEFT),
        ("group_leave", reasons.JOINED_OR_LEFT),
        ("channel_topic", reasons.CHANNEL_CHANGED),
        ("channel_archive", reasons.CHANNEL_CHANGED),
        ("pinned_item", reasons.PINNED),
        ("bot_add", reasons.APP_CHANGED),
        ("sh_room_created", reasons.CALL_STARTED),
        ("ekm_access_denied", reasons.WITHHELD),
        ("tombstone", reasons.DELETED),
    ],
)
def test_events_that_nobody_said_stay_behind_and_are_counted(tmp_path, subtype, reason):
    reacted = said(1, "joined", subtype=subtype, reactions=[{"name": "wave", "users": ["U0BO00002"]}])

    records = records_of(a_slack(tmp_path, {DAY: [reacted]}))

    assert not of_kind(ThreadRecord, records)
    assert [(one.reason, one.where) for one in of_kind(Skipped, records)] == [(reason, f"{DAY}, record 1")]
    assert reasons_in(records, Noted) == {reasons.REACTION_BEHIND: 1}


def test_an_event_that_people_answered_comes_so_that_the_answers_have_a_place(tmp_path):
    joined = said(1, "<@U0BO00002> joined", subtype="channel_join", thread_ts=stamp_of(1), reply_count=1)
    deleted = said(
        5, "This message was deleted.", by="USLACKBOT", subtype="tombstone", thread_ts=stamp_of(5), reply_count=1
    )
    days = [joined, said(2, "Hi!", thread_ts=stamp_of(1)), deleted, said(6, "Oh", thread_ts=stamp_of(5))]

    threads, replies, skipped = messages_of(a_slack(tmp_path, {DAY: days}))

    assert [thread.is_deleted for thread in threads] == [False, True]
    assert [reply.text for reply in replies] == ["Hi!", "Oh"]
    assert skipped == {}


def test_messages_in_other_shapes_are_somebodys_words_too(tmp_path):
    days = [
        said(1, "waves", subtype="me_message"),
        said(
            2,
            "",
            subtype="bot_message",
            user=None,
            bot_id="B0APP",
            username="Build",
            attachments=[{"text": "It *works*"}],
        ),
        said(3, "", files=[{"id": "F1", "name": "a.png"}]),
        said(4, "", blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": "*Lunch*"}}]),
        said(5, "", subtype="huddle_thread", room={"date_start": 100, "date_end": 400}),
        said(
            6, "<@U0ANNA001|anna> commented", subtype="file_comment", comment={"user": "U0BO00002", "comment": "Nice"}
        ),
        said(
            7,
            "<@U0ANNA001|anna> uploaded a file: <https://team.slack.com/files/a|a.txt> and commented: Have a look",
            subtype="file_share",
            file={"id": "F2", "name": "a.txt", "initial_comment": {"comment": "Have a look"}},
        ),
        said(8, "something new", subtype="a_subtype_of_tomorrow"),
    ]

    records = records_of(a_slack(tmp_path, {DAY: days}))

    said_by = [(thread.author_key, thread.text) for thread in of_kind(ThreadRecord, records)]
    assert said_by == [
        ("U0ANNA001", "_waves_"),
        ("bot:B0APP", "> It **works**"),
        ("U0ANNA001", ""),
        ("U0ANNA001", "**Lunch**"),
        ("U0ANNA001", "A huddle took place, for 5 min."),
        ("U0BO00002", "Nice"),
        ("U0ANNA001", "Have a look"),
        ("U0ANNA001", "something new"),
    ]
    assert [file.name for file in of_kind(FileRecord, records)] == ["a.png", "a.txt"]
    assert [one.standing for one in of_kind(PersonRecord, records) if one.name == "Build"] == ["program"]


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("no object", reasons.NO_MESSAGE),
        ({"type": "presence_change"}, reasons.NO_MESSAGE),
        (said("yesterday", "x"), reasons.NO_TIME),
        (said("12.5", "x"), reasons.NO_TIME),
        (said("99999999999999.0", "x"), reasons.NO_TIME),
        ({"type": "message", "ts": stamp_of(1), "text": "x"}, reasons.NO_AUTHOR),
        (said(1, ""), reasons.NO_WORDS),
        (said(1, "  "), reasons.NO_WORDS),
    ],
)
def test_a_record_in_trouble_is_counted_with_its_place(tmp_path, message, reason):
    skipped = of_kind(Skipped, records_of(a_slack(tmp_path, {DAY: [said(9, "Fine"), message]})))

    assert [(one.reason, one.where) for one in skipped] == [(reason, f"{DAY}, record 2")]


def test_every_message_of_a_strange_day_is_there_or_counted(tmp_path):
    odd = [
        None,
        [],
        {},
        {"ts": None},
        {"ts": stamp_of(1), "user": 5, "text": 7, "blocks": "x", "files": [3], "reactions": [4]},
    ]
    odd += [said(n, "x", thread_ts=5, edited=[], reactions={"a": 1}, attachments=[None], blocks=[{}]) for n in (2, 3)]

    records = records_of(a_slack(tmp_path, {DAY: odd}))

    came = len(of_kind(ThreadRecord, records)) + len(of_kind(ReplyRecord, records))
    assert came + sum(reasons_in(records).values()) == len(odd)


def test_events_about_other_messages_bring_the_newer_words(tmp_path):
    changed = {"type": "message", "subtype": "message_changed", "ts": stamp_of(3), "message": said(1, "Bread, fresh")}
    unknown = {"type": "message", "subtype": "message_changed", "ts": stamp_of(4), "message": said(2, "Only here")}
    deleted = {"type": "message", "subtype": "message_deleted", "ts": stamp_of(5), "deleted_ts": stamp_of(1)}
    replied = {"type": "message", "subtype": "message_replied", "ts": stamp_of(6), "message": said(1, "Bread")}

    records = records_of(a_slack(tmp_path, {DAY: [said(1, "Bread"), changed, unknown, deleted, replied]}))

    shown = [(one.text, one.is_newer, one.is_deleted) for one in of_kind(ThreadRecord, records)]
    assert shown == [
        ("Bread", False, False),
        ("Bread, fresh", True, False),
        ("Only here", False, False),
        ("", True, True),
    ]
    assert reasons_in(records) == {reasons.EVENT: 3}


def test_reactions_are_kept_by_their_names_and_once(tmp_path):
    reactions = [
        {"name": "thumbsup", "users": ["U0ANNA001"]},
        {"name": "+1", "users": ["U0ANNA001", "U0BO00002"]},
        {"name": "party_parrot", "users": ["U0BO00002"]},
    ]

    records = records_of(a_slack(tmp_path, {DAY: [said(1, "x", reactions=reactions)]}))

    assert [(one.person_key, one.emoji) for one in of_kind(ReactionRecord, records)] == [
        ("U0ANNA001", "👍"),
        ("U0BO00002", "👍"),
        ("U0BO00002", ":party_parrot:"),
    ]
    assert reasons_in(records, Noted) == {reasons.SAME_REACTION: 1, reasons.CUSTOM_EMOJI: 1}


def test_pins_and_locks_are_kept(tmp_path):
    channel = {**GENERAL, "pins": [{"id": stamp_of(1), "type": "C"}]}
    days = [said(1, "Rules"), said(2, "Too", pinned_to=["C0GENERAL"]), said(3, "Shut", is_locked=True)]

    threads, _replies, _skipped = messages_of(a_slack(tmp_path, {DAY: days}, channels=[channel]))

    assert [(one.is_pinned, one.is_closed) for one in threads] == [(True, False), (True, False), (False, True)]
