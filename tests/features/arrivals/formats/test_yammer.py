"""A network export of Viva Engage becomes communities, people, threads and replies, and every row is accounted for."""

import base64
import csv
import io

import pytest

from heard.features.arrivals.errors import ArchiveIsDamaged
from heard.features.arrivals.formats import reasons, yammer
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.records import (
    CommunityRecord,
    FileRecord,
    MembershipRecord,
    Noted,
    PersonRecord,
    ReplyRecord,
    ThreadRecord,
)
from heard.features.arrivals.formats.references import references
from tests.features.arrivals.exports import a_zip, of_kind, reasons_in, records_of

ANNA = {"id": 1, "name": "Anna Lind", "email": "Anna@example.org", "job_title": "Baker", "state": "active"}
BO = {"id": 2, "name": "Bo Ek", "email": "bo@example.org", "state": "soft_delete", "suspended_at": "null"}
CLEO = {"id": 3, "name": "Cleo", "email": "cleo@partner.example", "department": "Sales"}
BREAD = {"id": 10, "name": "Bread", "description": "All of us", "privacy": "public", "creator_id": 1}
OVENS = {"id": 11, "name": "Ovens", "privacy": "Private"}


def a_table(*rows):
    """A table with every column that any of the rows has, as the exporter writes it."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    written = io.StringIO()
    table = csv.DictWriter(written, columns, restval="")
    table.writeheader()
    table.writerows(rows)
    return "\ufeff" + written.getvalue()


def said(key, body, thread=None, by=1, group=10, **more):
    """A row of the table of messages."""
    row = {
        "id": key,
        "thread_id": thread or key,
        "group_id": group,
        "in_private_conversation": "false",
        "sender_id": by,
        "body": body,
        "created_at": f"2020-01-01T00:00:{key % 60:02}Z",
    }
    return {**row, **more}


def an_export(path, *messages, **more):
    """A zip of one network with these messages."""
    tables = {
        "Users.csv": a_table(ANNA, BO, CLEO),
        "Groups.csv": a_table(BREAD, OVENS),
        "Messages.csv": a_table(*(messages or (said(1, "x"),))),
        "Networks.csv": a_table({"id": 900, "name": "Bakery"}),
        "log.txt": "",
    }
    return a_zip(path / "export.zip", tables | more)


def test_groups_and_people_come_as_what_they_are(tmp_path):
    records = records_of(an_export(tmp_path), "yammer")

    assert [(one.key, one.name, one.access) for one in of_kind(CommunityRecord, records)] == [
        ("10", "Bread", "open"),
        ("11", "Ovens", "private"),
    ]
    people = of_kind(PersonRecord, records)
    assert [(one.key, one.email, one.standing, one.left_at) for one in people] == [
        ("1", "anna@example.org", "staff", None),
        ("2", "bo@example.org", "staff", None),
        ("3", "cleo@partner.example", "guest", None),
    ]
    assert (people[0].title, people[2].unit) == ("Baker", ())


def test_messages_in_no_order_come_as_threads_and_replies(tmp_path):
    messages = [
        said(5, "Third", thread=2, replied_to_id=4),
        said(4, 'Second\nline, "quoted"', thread=2, replied_to_id=2, by=2),
        said(2, "First", title="News", message_type="announcement", closed="TRUE"),
        said(6, "A question", message_type="question", group=""),
        said(2, "First"),
        said(9, "Lost", thread=8),
    ]

    records = records_of(an_export(tmp_path, *messages))

    threads, replies = of_kind(ThreadRecord, records), of_kind(ReplyRecord, records)
    assert [(one.key, one.title, one.kind, one.is_closed, one.is_stand_in) for one in threads] == [
        ("2", "News", "share", True, False),
        ("6", "", "ask", False, False),
        ("8/10/thread", "", "share", False, True),
    ]
    assert [(one.key, one.thread_key, one.answers_key) for one in replies] == [
        ("4", "2", ""),
        ("5", "2", "4"),
        ("9", "8/10/thread", ""),
    ]
    assert replies[0].text == 'Second\nline, "quoted"'
    assert threads[1].community_key == "all"
    assert [one.access for one in of_kind(CommunityRecord, records) if one.name == "All Company"] == ["open"]
    assert reasons_in(records) == {reasons.SAID_TWICE: 1}


def test_only_those_who_wrote_in_a_private_group_belong_to_it(tmp_path):
    records = records_of(an_export(tmp_path, said(1, "Secret", group=11, by=2), said(2, "Other", group=11, by=2)))

    belong = [(one.community_key, one.person_key, one.is_tender) for one in of_kind(MembershipRecord, records)]
    assert belong == [("11", "2", False)]
    assert reasons_in(records, Noted)[reasons.MEMBERS_WHO_WROTE] == 1


def test_a_group_that_no_list_names_is_private(tmp_path):
    records = records_of(an_export(tmp_path, said(1, "x", group=77, group_name="Elsewhere")))

    made = of_kind(CommunityRecord, records)[-1]
    assert (made.key, made.name, made.access) == ("77", "Elsewhere", "private")


def test_private_conversations_stay_behind_with_everything_in_them(tmp_path):
    messages = [
        said(1, "secret", group="", in_private_conversation="TRUE"),
        said(2, "secret answer", thread=1, group=""),
        said(3, "does not say", group="", in_private_conversation=""),
        said(4, "in a group", in_private_conversation=""),
    ]

    records = records_of(an_export(tmp_path, *messages))

    assert [one.text for one in of_kind(ThreadRecord, records)] == ["in a group"]
    assert reasons_in(records) == {reasons.DIRECT_MESSAGE: 3}


def test_a_reply_without_a_group_never_leaves_the_group_of_its_thread(tmp_path):
    messages = [said(1, "Secret", group=11), said(2, "Answer", thread=1, group=""), said(4, "Lost", thread=3, group="")]

    records = records_of(an_export(tmp_path, *messages))

    assert [(one.thread_key) for one in of_kind(ReplyRecord, records)] == ["1", "3/all/replies/thread"]
    access = {one.key: one.access for one in of_kind(CommunityRecord, records)}
    assert {one.community_key: access[one.community_key] for one in of_kind(ThreadRecord, records)} == {
        "11": "private",
        "all/replies": "private",
    }


def test_words_become_markdown_with_people_topics_and_links(tmp_path):
    told = base64.urlsafe_b64encode(b'{"_type":"Thread","id":"1"}').decode().rstrip("=")
    body = (
        "*Hi* [[user:2]] [[user:99]] @bo [[tag:5]] "
        f"https://www.yammer.com/example.org/messages/1 https://web.yammer.com/main/org/threads/{told} "
        "https://x.example/a_b?token=s3cret"
    )
    topics = a_table({"id": 5, "name": "lunch"})

    records = records_of(an_export(tmp_path, said(2, body), **{"Topics.csv": topics}))

    [thread] = of_kind(ThreadRecord, records)
    assert references(thread.text) == [("person", "2"), ("message", "1"), ("message", "1")]
    assert thread.text.startswith("\\*Hi\\* ")
    assert "\\@? \\@bo #lunch" in thread.text
    assert thread.text.endswith("<https://x.example/a_b>")
    assert thread.tags == ("lunch",)
    assert reasons_in(records, Noted)[reasons.SECRET_REMOVED] == 1


def test_html_is_taken_where_it_says_more(tmp_path):
    messages = [
        said(1, "Bold words", html_body="<p><b>Bold</b> words</p>"),
        said(2, "A long story that...", html_body="<p>A long story that has an end</p>"),
        said(3, "For [[user:2]]", html_body="<p><b>For</b> Bo Ek</p>"),
        said(4, "", html_body="<p>Hello [[user:2]]</p>"),
    ]

    threads = of_kind(ThreadRecord, records_of(an_export(tmp_path, *messages)))

    assert [one.text for one in threads][:2] == ["**Bold** words", "A long story that has an end"]
    assert [references(one.text) for one in threads][2:] == [[("person", "2")], [("person", "2")]]


def test_files_and_pages_that_are_attached_come(tmp_path):
    files = a_table(
        {"file_id": 7, "name": "list.pdf", "path": "Files/7.pdf"},
        {"file_id": 8, "name": "there.docx", "path": "", "download_url": "https://x.sharepoint.com"},
    )
    attachments = (
        'uploadedfile:7,uploadedfile:8,uploadedfile:9,opengraphobject:[1 : https://x.example/page : title="A *page*" : '
        'description="Worth it"],praise:12'
    )
    path = an_export(
        tmp_path,
        said(1, "See", attachments=attachments),
        **{"Files.csv": files, "Files/7.pdf": "1", "Files/9.txt": "12"},
    )

    records = records_of(path)

    [thread] = of_kind(ThreadRecord, records)
    assert thread.text == "See\n\n[A \\*page\\*](<https://x.example/page>)\nWorth it"
    assert [(one.name, one.member, one.media_type) for one in of_kind(FileRecord, records)] == [
        ("list.pdf", "Files/7.pdf", "application/pdf"),
        ("there.docx", "", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("9.txt", "Files/9.txt", "text/plain"),
    ]
    assert reasons_in(records, Noted)[reasons.ATTACHMENT_BEHIND] == 1


def test_the_newest_words_of_a_message_win(tmp_path):
    versions = a_table(
        {"id": 500, "message_id": 1, "body": "Newest", "created_at": "2020-01-03 00:00:00 UTC"},
        {"id": 501, "message_id": 1, "body": "Middle", "created_at": "2020/01/02 00:00:00 +0000"},
        {"id": 502, "message_id": 2, "body": "Before", "created_at": "2019-12-31T00:00:00Z"},
        {"id": 503, "message_id": 9, "body": "Of nothing", "created_at": "null"},
    )

    path = an_export(tmp_path, said(1, "Old"), said(2, "Now"), **{"MessageVersions.csv": versions})

    records = records_of(path)
    first, second = of_kind(ThreadRecord, records)
    assert (first.text, first.edited_at.day, second.text, second.edited_at) == ("Newest", 3, "Now", None)
    assert reasons_in(records, Noted)[reasons.EARLIER_WORDS] == 4


def test_what_is_nobodys_words_stays_behind_and_what_was_deleted_keeps_its_place(tmp_path):
    messages = [
        said(1, "gone words", deleted_at="2020-02-01T00:00:00Z"),
        said(2, "joined", message_type="system"),
        said(3, "not yet", draft_state="draft"),
        said(4, "null"),
        said(5, "when", created_at="soon"),
        said(6, "who", by="null"),
        said(0, "x", id="none"),
    ]

    records = records_of(an_export(tmp_path, *messages))

    [thread] = of_kind(ThreadRecord, records)
    assert (thread.is_deleted, thread.text) == (True, "")
    assert reasons_in(records) == {
        reasons.SYSTEM_EVENT: 1,
        reasons.DRAFT: 1,
        reasons.NO_WORDS: 1,
        reasons.NO_TIME: 1,
        reasons.NO_AUTHOR: 1,
        reasons.NO_MESSAGE: 1,
    }


def test_whoever_only_stands_under_a_message_comes_with_name_and_address(tmp_path):
    under = {"sender_name": "Dora", "sender_email": "dora@example.org"}
    messages = [said(1, "x", by=50, **under), said(2, "x", by=51, sender_email="e@x.example"), said(3, "x", by=52)]

    records = records_of(an_export(tmp_path, *messages))

    people = {one.key: (one.name, one.email, one.standing) for one in of_kind(PersonRecord, records)}
    assert people["50"] == ("Dora", "dora@example.org", "staff")
    assert people["51"] == ("e", "e@x.example", "guest")
    assert people["52"][2] == "unlisted"
    assert reasons_in(records, Noted)[reasons.PLACEHOLDER_AUTHOR] == 1


def test_titles_of_columns_may_be_spelt_otherwise(tmp_path):
    table = "Message ID,Thread ID,Sender ID,Body,Created At,Group Id,Message Type\n1,1,1,Hello,2020-01-01,10,Update\n"

    [thread] = of_kind(ThreadRecord, records_of(an_export(tmp_path, **{"Messages.csv": table})))

    assert (thread.key, thread.text, thread.community_key) == ("1", "Hello", "10")


def test_half_an_export_is_refused_or_read_as_far_as_it_goes(tmp_path):
    only = a_zip(tmp_path / "half.zip", {"Messages.csv": a_table(said(1, "x", sender_email="a@example.org"))})
    records = records_of(only, "yammer")
    assert [one.access for one in of_kind(CommunityRecord, records)] == ["private"]
    assert [one.text for one in of_kind(ThreadRecord, records)] == ["x"]
    with pytest.raises(ArchiveIsDamaged):
        records_of(an_export(tmp_path, **{"Messages.csv": 'id,thread_id,body\n1,1,"' + "x" * 2_000_000}))


def test_the_place_is_the_domain_of_its_people(tmp_path):
    with Archive(an_export(tmp_path)) as archive:
        assert yammer.place_of(archive) == "example.org"
