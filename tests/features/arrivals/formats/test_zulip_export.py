"""The export of a Zulip server: people by address, private channels private, direct messages left behind."""

import pytest

from heard.features.arrivals.errors import ArchiveIsDamaged
from heard.features.arrivals.formats import format_of, reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.records import (
    CommunityRecord,
    FileRecord,
    MembershipRecord,
    Noted,
    PersonRecord,
    ReactionRecord,
    ReplyRecord,
    Skipped,
    ThreadRecord,
)
from tests.features.arrivals.exports import of_kind, reasons_in, records_of
from tests.features.arrivals.formats.zulip_exports import ANNA, GENERAL, REALM, an_export, sent


def reaction(message, by, name, code, sort="unicode_emoji"):
    """A row of the reactions."""
    return {"message": message, "user_profile": by, "emoji_name": name, "emoji_code": code, "reaction_type": sort}


def test_people_come_with_what_they_are(tmp_path):
    gone = {**ANNA, "id": 13, "is_active": False, "full_name": "Cleo"}
    people = of_kind(
        PersonRecord, records_of(an_export(tmp_path, [], zerver_userprofile=[*REALM["zerver_userprofile"], gone]))
    )

    assert [(one.key, one.name, one.email, one.standing) for one in people] == [
        ("11", "Anna Lind", "anna.lind@example.org", "staff"),
        ("12", "Bo Ek", "", "guest"),
        ("13", "Cleo", "anna.lind@example.org", "staff"),
        ("5", "Notification Bot", "", "program"),
    ]
    assert [one.left_at is None for one in people] == [True, True, False, True]
    assert people[0].time_zone == "Europe/Stockholm"


def test_channels_and_who_belongs_to_them_come(tmp_path):
    old = {**GENERAL, "id": 3, "name": "!DEACTIVATED:old", "deactivated": True}
    records = records_of(an_export(tmp_path, [], zerver_stream=[*REALM["zerver_stream"], old]))

    assert [(one.name, one.access, one.is_closed) for one in of_kind(CommunityRecord, records)] == [
        ("general", "open", False),
        ("plans", "private", False),
        ("old", "open", True),
    ]
    assert of_kind(CommunityRecord, records)[0].description == "For *everybody*"
    assert [(one.community_key, one.person_key, one.is_tender) for one in of_kind(MembershipRecord, records)] == [
        ("1", "11", True),
        ("2", "12", False),
    ]
    assert reasons_in(records, Noted) == {reasons.UNKNOWN_MEMBER: 1}


def test_topics_become_threads_whatever_their_case(tmp_path):
    path = an_export(
        tmp_path,
        [sent(1, "Bread?", topic="✔ Bread"), sent(2, "Yes", topic="✔ bread", by=12)],
        [sent(3, "Plan", to=102, topic=""), sent(4, "psst", to=103), sent(5, "psst", to=104), sent(6, "?", to=999)],
    )

    records = records_of(path)

    assert [(one.key, one.community_key, one.title, one.text) for one in of_kind(ThreadRecord, records)] == [
        ("1", "1", "Bread", "Bread?"),
        ("3", "2", "", "Plan"),
    ]
    reply = of_kind(ReplyRecord, records)[0]
    assert (reply.thread_key, reply.author_key, reply.where) == ("1", "12", "messages-000001.json, record 2")
    assert reasons_in(records) == {reasons.DIRECT_MESSAGE: 2, reasons.UNKNOWN_FOLDER: 1}
    assert reasons_in(records, Noted)[reasons.RESOLVED] == 1


def test_a_first_message_that_stands_in_a_later_file_still_begins_its_topic(tmp_path):
    path = an_export(tmp_path, [sent(2, "Second"), sent(3, "Third")], [sent(1, "First", by=5)])

    records = records_of(path)

    thread, replies = of_kind(ThreadRecord, records)[0], of_kind(ReplyRecord, records)
    assert (thread.key, thread.text, thread.where) == ("1", "First", "messages-000002.json, record 1")
    assert [(one.key, one.thread_key) for one in replies] == [("2", "1"), ("3", "1")]
    assert reasons_in(records) == {}


def test_an_edit_is_told_from_a_move(tmp_path):
    moved = sent(1, "x", last_edit_time=1_577_840_000.0, edit_history='[{"prev_topic": "y", "timestamp": 1}]')
    edited = sent(2, "x", last_edit_time=1_577_840_000.0, edit_history='[{"prev_content": "y"}]')

    records = records_of(an_export(tmp_path, [moved, edited]))

    assert of_kind(ThreadRecord, records)[0].edited_at is None
    assert of_kind(ReplyRecord, records)[0].edited_at.hour == 0


def test_reactions_follow_their_message(tmp_path):
    given = [
        reaction(1, 11, "thumbs_up", "1f44d"),
        reaction(1, 11, "thumbs_up", "1f44d"),
        reaction(1, 12, "merge", "7", "realm_emoji"),
        reaction(1, 77, "fr", "1f1eb-1f1f7"),
        reaction(2, 11, "thumbs_up", "1f44d"),
        {"message": 1},
    ]

    records = records_of(an_export(tmp_path, [sent(1, "x :thumbs_up:"), sent(2, "y", to=103)], zerver_reaction=given))

    assert [(one.person_key, one.emoji) for one in of_kind(ReactionRecord, records)] == [
        ("11", "👍"),
        ("12", ":merge:"),
        ("77", "🇫🇷"),
    ]
    assert of_kind(ThreadRecord, records)[0].text == "x 👍"
    assert {
        reasons.SAME_REACTION: 1,
        reasons.CUSTOM_EMOJI: 1,
        reasons.REACTION_BEHIND: 1,
        reasons.BROKEN_REACTION: 1,
    }.items() <= (reasons_in(records, Noted).items())


def test_uploads_come_with_the_message_that_links_to_them(tmp_path):
    text = "See [the list](/user_uploads/1/ab/list.pdf) and [gone](/user_uploads/1/cd/gone.pdf)"
    path = an_export(tmp_path, [sent(1, text)], extra={"uploads/1/ab/list.pdf": "%PDF"})

    records = records_of(path)

    assert of_kind(ThreadRecord, records)[0].text == "See the list and gone"
    assert [(one.key, one.name, one.size, one.member) for one in of_kind(FileRecord, records)] == [
        ("1/ab/list.pdf", "the list", 4, "uploads/1/ab/list.pdf"),
        ("1/cd/gone.pdf", "gone", 0, ""),
    ]


def test_what_cannot_come_has_its_reason(tmp_path):
    messages = [sent(1, "x", by=None), sent(2, "x", date_sent="?"), sent(3, ""), 7, sent(4, "x"), sent(4, "x")]

    assert reasons_in(records_of(an_export(tmp_path, messages)), Skipped) == {
        reasons.NO_AUTHOR: 1,
        reasons.NO_TIME: 1,
        reasons.NO_WORDS: 1,
        reasons.NO_MESSAGE: 1,
        reasons.SAID_TWICE: 1,
    }


def test_the_place_is_named_by_what_stays(tmp_path):
    with Archive(an_export(tmp_path, [])) as archive:
        assert format_of(archive).name == "zulip"
        assert format_of(archive).place_of(archive) == "6e4b"


def test_half_a_list_is_refused(tmp_path):
    path = an_export(tmp_path, extra={"realm.json": '{"zerver_realm": [{"id": 1}], "zerver_stream": [{"id"'})

    with pytest.raises(ArchiveIsDamaged, match=r"realm\.json"):
        records_of(path)
