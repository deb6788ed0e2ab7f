"""A table of messages of any system is read by the names of its columns."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.features.arrivals.errors import ArchiveRefused
from heard.features.arrivals.formats import format_of, reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.messages_csv import mapping_of, place_of, records
from heard.features.arrivals.formats.records import (
    CommunityRecord,
    CountRecord,
    FileRecord,
    Noted,
    PersonRecord,
    ReplyRecord,
    Skipped,
    ThreadRecord,
)
from heard.features.arrivals.formats.references import references
from tests.features.arrivals.exports import a_zip, of_kind, reasons_in, records_of
from tests.features.arrivals.soundness import check_sound

HEADER = ["ID", "Reply to", "Channel", "Author", "E-mail", "Created at", "Title", "Message", "Reactions", "Deleted"]


def a_table(folder, *rows, header=HEADER, name="talk.csv", delimiter=","):
    """A file of these rows."""
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows([header, *rows])
    path = folder / name
    path.write_text(written.getvalue(), "utf-8")
    return path


def row(key, text, *, to="", author="Anna Lind", email="anna@example.org", at="2020-01-01 10:00", **more):
    return [
        key, to, more.get("channel", "Bakery"), author, email, at, more.get("title", ""), text,
        more.get("reactions", ""), more.get("deleted", ""),
    ]  # fmt: skip


def test_rows_become_conversations_in_any_order(tmp_path):
    found = records_of(
        a_table(
            tmp_path,
            row("3", "An answer to the answer", to="2", at="2020-01-01 10:02", author="Bo Ek", email=""),
            row("1", "Where is the **flour**?", title="Flour"),
            row("2", "In the cellar", to="1", at="2020-01-01 10:01"),
        ),
        "csv",
    )
    thread = of_kind(ThreadRecord, found)[0]
    replies = of_kind(ReplyRecord, found)
    assert (thread.key, thread.title, thread.text) == ("1", "Flour", "Where is the **flour**?")
    assert [(one.key, one.thread_key, one.answers_key) for one in replies] == [("2", "1", ""), ("3", "1", "2")]
    assert [(one.name, one.email, one.standing) for one in of_kind(PersonRecord, found)] == [
        ("Bo Ek", "", "unlisted"),
        ("Anna Lind", "anna@example.org", "staff"),
    ]
    assert [one.name for one in of_kind(CommunityRecord, found)] == ["Bakery"]
    check_sound(found, 3)


def test_a_conversation_may_have_a_number_of_its_own(tmp_path):
    header = ["Conversation", "From", "Sent", "Body"]
    found = records_of(
        a_table(
            tmp_path,
            ["7", "Bo", "02/01/2020 9:30 PM", "Later"],
            ["7", "Anna", "02/01/2020 9:15", "First"],
            header=header,
            delimiter=";",
        ),
        "csv",
    )
    assert (of_kind(ThreadRecord, found)[0].text, of_kind(ReplyRecord, found)[0].text) == ("First", "Later")
    assert of_kind(ReplyRecord, found)[0].said_at.hour == 21
    assert of_kind(CommunityRecord, found)[0].name == "talk"


def test_an_answer_to_what_is_missing_stands_under_a_stand_in(tmp_path):
    found = records_of(a_table(tmp_path, row("2", "Yes", to="1"), row("3", "No", to="2")), "csv")
    assert [one.is_stand_in for one in of_kind(ThreadRecord, found)] == [True]
    assert reasons_in(found, Noted)[reasons.PARENT_MISSING] == 1
    check_sound(found, 2)


def test_answers_in_a_circle_come_too(tmp_path):
    found = records_of(a_table(tmp_path, row("1", "a", to="2"), row("2", "b", to="1")), "csv")
    check_sound(found, 2)


def test_html_is_told_from_markdown_and_mentions_are_people(tmp_path):
    found = records_of(
        a_table(
            tmp_path,
            row("1", "<p>See <b>this</b> &amp; that</p>"),
            row("2", "Ask @anna, not @nobody, at https://x.example/?token=abc&a=1"),
        ),
        "csv",
    )
    html, plain = of_kind(ThreadRecord, found)
    assert html.text.replace("\\", "") == "See **this** & that"
    assert references(plain.text) == [("person", "anna@example.org")]
    assert "token" not in plain.text
    assert "@nobody" in plain.text
    assert reasons_in(found, Noted)[reasons.SECRET_REMOVED] == 1


def test_reactions_are_counts(tmp_path):
    found = records_of(a_table(tmp_path, row("1", "Hi", reactions="👍:3; heart 2;:tada:=1; grin")), "csv")
    assert {one.emoji: one.count for one in of_kind(CountRecord, found)} == {"👍": 3, "❤️": 2, "🎉": 1}
    assert reasons_in(found, Noted)[reasons.UNKNOWN_REACTION] == 1


def test_what_lacks_something_is_counted_under_its_reason(tmp_path):
    found = records_of(
        a_table(
            tmp_path,
            row("1", "Fine"),
            row("1", "Fine again"),
            row("2", "When?", at="the other day"),
            row("3", "Who?", author="", email=""),
            row("4", ""),
            row("5", "Gone", deleted="true"),
        ),
        "csv",
    )
    skipped = {one.reason: one.count for one in of_kind(Skipped, found)}
    assert skipped == {reasons.SAID_TWICE: 1, reasons.NO_TIME: 1, reasons.NO_AUTHOR: 1, reasons.NO_WORDS: 1}
    assert [one.text for one in of_kind(ThreadRecord, found) if one.is_deleted] == [""]
    check_sound(found, 6)


def test_a_column_is_what_somebody_said_it_is(tmp_path):
    path = a_table(tmp_path, ["Anna", "2020-01-01", "Hello", "x"], header=["Wer", "Wann", "Was", "Message"])
    with Archive(path) as archive:
        archive.mapping = {"wer": "author", "WANN": "time", "Was": "text"}
        assert format_of(archive, "csv").name == "csv"
        assert of_kind(ThreadRecord, records(archive))[0].text == "Hello"
    assert mapping_of(["Wer", "Date", "Message"], {"Wer": "author", "Date": ""}) == {"Wer": "author", "Message": "text"}


def test_a_table_of_people_stays_one(tmp_path):
    path = tmp_path / "staff.csv"
    path.write_text("name,email,start date,title\nAnna,anna@example.org,2020-01-01,Baker\n")
    with Archive(path) as archive:
        assert format_of(archive).name == "people"


def test_people_written_as_objects_are_read_and_never_run(tmp_path):
    found = records_of(
        a_table(
            tmp_path,
            row("1", "Hi", author="{'id': '12', 'name': 'Ina Ost'}", email=""),
            row("2", "Ho", author="{__import__('os').getcwd()}", email=""),
        ),
        "csv",
    )
    assert [(one.key, one.name) for one in of_kind(PersonRecord, found)] == [("12", "Ina Ost")]
    assert reasons_in(found)[reasons.NO_AUTHOR] == 1


@pytest.mark.parametrize(
    "at", ["1577872800", "1577872800000", "2020-01-01T10:00:00Z", "1/1/2020 10:00", "2020-01-01 11:00+01:00"]
)
def test_a_moment_may_be_written_in_many_ways(tmp_path, at):
    found = records_of(a_table(tmp_path, row("1", "Hi", at=at)), "csv")
    assert of_kind(ThreadRecord, found)[0].said_at.isoformat() == "2020-01-01T10:00:00+00:00"


junk = st.text(max_size=40) | st.sampled_from(
    ["1", "2", "0", "null", "{'a':", "<p>", "9" * 30, "\x00", "-1", "2020-13-45"]
)


@given(rows=st.lists(st.lists(junk, min_size=10, max_size=10), max_size=8))
def test_whatever_stands_in_a_table_is_told_or_refused(tmp_path_factory, rows):
    path = a_table(tmp_path_factory.mktemp("junk"), row("1", "Fine"), *rows)
    try:
        found = records_of(path, "csv")
    except ArchiveRefused:
        return
    for record in found:
        assert record


def test_american_dates_are_told_by_the_whole_column(tmp_path):
    found = records_of(a_table(tmp_path, row("1", "a", at="3/4/2021 1:05 PM"), row("2", "b", at="11/24/2020")), "csv")
    days = sorted(one.said_at.date().isoformat() for one in of_kind(ThreadRecord, found))
    assert days == ["2020-11-24", "2021-03-04"]


def test_a_zone_after_an_office_date_counts(tmp_path):
    found = records_of(a_table(tmp_path, row("1", "a", at="24.11.2020 13:00 +01:00")), "csv")
    assert of_kind(ThreadRecord, found)[0].said_at.isoformat() == "2020-11-24T12:00:00+00:00"


def test_what_is_no_mention_of_anybody_there_is_none_of_anybody_here_and_code_stays(tmp_path):
    found = records_of(a_table(tmp_path, row("1", "@helga and `@anna` and\n```\n@anna\n```")), "csv")
    text = of_kind(ThreadRecord, found)[0].text
    assert references(text) == []
    assert text.startswith("\\@helga")
    assert "`@anna`" in text


def test_numbers_that_two_tables_of_a_zip_share_are_two_messages(tmp_path):
    posts = "id,author,created at,message\n1,Anna,2020-01-01,A post\n"
    comments = "id,object id,author,created at,message\n1,1,Bo,2020-01-02,A comment\n"
    found = records_of(a_zip(tmp_path / "humhub.zip", {"a_post.csv": posts, "comment.csv": comments}), "csv")
    assert [one.text for one in of_kind(ThreadRecord, found)] == ["A post"]
    assert [one.text for one in of_kind(ReplyRecord, found)] == ["A comment"]


def test_a_place_is_known_by_its_people_and_columns_and_not_by_the_name_of_a_file(tmp_path):
    names = ("june.csv", "july.csv")
    first, second = (place_of(Archive(a_table(tmp_path, row("1", "Hi"), name=name))) for name in names)
    assert first == second
    assert first.startswith("example.org ")
    other = a_table(tmp_path, ["Anna", "2020-01-01", "Hi"], header=["author", "time", "text"], name="june.csv")
    assert place_of(Archive(other)) != first


def test_files_and_likes_are_named_and_counted(tmp_path):
    header = ["author", "time", "text", "likes", "attachments"]
    found = records_of(
        a_table(tmp_path, ["Anna", "2020-01-01", "Hi", "4", "https://x.example/a/plan.pdf?token=1"], header=header),
        "csv",
    )
    assert [one.name for one in of_kind(FileRecord, found)] == ["plan.pdf"]
    assert [one.count for one in of_kind(CountRecord, found)] == [4]
