"""A dump of a Stack Exchange site comes question by question, and every row is there or counted."""

from xml.sax.saxutils import quoteattr

import pytest

from heard.features.arrivals.errors import ArchiveIsDamaged, ArchiveIsUnsafe, NotAnArchive
from heard.features.arrivals.formats import format_of, reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.records import (
    CommunityRecord,
    Noted,
    PersonRecord,
    ReplyRecord,
    Skipped,
    ThreadRecord,
)
from heard.features.arrivals.formats.references import resolve_references
from tests.features.arrivals.exports import a_zip, of_kind, reasons_in, records_of

AT = "2018-03-12T17:00:45.567"
SITE = {"Id": "-1", "DisplayName": "Community", "CreationDate": "2018-03-09T18:48:09.477"}
ANNA = {"Id": "2", "DisplayName": "Anna Lind", "AboutMe": "<p>I <b>bake</b></p>", "Location": "Uppsala"}
BO = {"Id": "3", "DisplayName": "Bo"}


def a_table(name, rows):
    """The XML of one table."""
    lines = ("<row " + " ".join(f"{key}={quoteattr(value)}" for key, value in row.items()) + " />" for row in rows)
    return f'\ufeff<?xml version="1.0" encoding="utf-8"?>\n<{name}>\n' + "\n".join(lines) + f"\n</{name}>\n"


def question(key, body="<p>How?</p>", **more):
    """A row of the table of posts."""
    row = {"Id": str(key), "PostTypeId": "1", "CreationDate": AT, "Score": "5", "Body": body, "Title": "How so",
           "Tags": "<bread><rye>", "OwnerUserId": "2"}  # fmt: skip
    return row | more


def answer(key, to, body="<p>So.</p>", **more):
    """A row of the table of posts."""
    row = {"Id": str(key), "PostTypeId": "2", "ParentId": str(to), "CreationDate": AT, "Body": body, "OwnerUserId": "3"}
    return row | more


def comment(key, to, text="Fine words", **more):
    """A row of the table of comments."""
    return {"Id": str(key), "PostId": str(to), "Text": text, "CreationDate": AT, "UserId": "3", "Score": "0"} | more


def a_dump(path, posts=(), comments=(), users=(SITE, ANNA, BO), name="dump.zip", **more):
    """A dump as a zip of tables."""
    tables = {"Posts": posts, "Comments": comments, "Users": users} | more
    members = {
        f"{table}.xml": rows if isinstance(rows, str | bytes) else a_table(table.lower(), rows)
        for table, rows in tables.items()
    }
    return a_zip(path / name, members)


def shown(record):
    """Its text, with references written out."""
    return resolve_references(record.text, lambda kind, key, label: f"<{kind} {key} {label}>")


def said_in(path):
    """The threads, then the replies."""
    records = records_of(path)
    return of_kind(ThreadRecord, records), of_kind(ReplyRecord, records)


def test_a_question_its_answers_and_comments_come(tmp_path):
    posts = [
        question(1, AcceptedAnswerId="4", ClosedDate=AT, LastEditDate="2018-03-13T17:00:45.567"),
        answer(3, 1, Score="-2"),
        answer(4, 1),
    ]
    comments = [comment(7, 1), comment(8, 4, "**Yes**, `x*y*` and _so_ on", Score="3")]

    (thread,), replies = said_in(a_dump(tmp_path, posts, comments))

    assert (thread.key, thread.kind, thread.title, thread.text) == ("1", "ask", "How so", "How?")
    assert (thread.tags, thread.score, thread.is_closed) == (("bread", "rye"), 5, True)
    assert (thread.author_key, thread.said_at.isoformat()) == ("2", "2018-03-12T17:00:45.567000+00:00")
    assert thread.edited_at.day == 13
    assert [(one.key, one.answers_key, one.score, one.is_accepted) for one in replies] == [
        ("c7", "", 0, False),
        ("3", "", -2, False),
        ("4", "", None, True),
        ("c8", "4", 3, False),
    ]
    assert {one.thread_key for one in replies} == {"1"}
    assert replies[3].text == "**Yes**, `x*y*` and _so_ on"


def test_people_come_without_addresses_and_the_site_itself_is_a_program(tmp_path):
    people = of_kind(PersonRecord, records_of(a_dump(tmp_path)))

    assert [(one.key, one.name, one.standing) for one in people] == [
        ("-1", "Community", "program"),
        ("2", "Anna Lind", "staff"),
        ("3", "Bo", "staff"),
    ]
    assert (people[1].about, people[1].place, people[1].email) == ("I **bake**", "Uppsala", "")


def test_tags_are_read_in_both_dialects(tmp_path):
    threads, _replies = said_in(a_dump(tmp_path, [question(1, Tags="|bread|c++|"), question(2, Tags="")]))

    assert [one.tags for one in threads] == [("bread", "c++"), ()]


def test_an_answer_that_stands_before_its_question_is_put_after_it(tmp_path):
    threads, replies = said_in(a_dump(tmp_path, [answer(1, 9), question(9)]))

    assert [one.key for one in threads] == [replies[0].thread_key] == ["9"]


def test_what_belongs_to_a_missing_question_comes_under_a_stand_in(tmp_path):
    records = records_of(
        a_dump(tmp_path, [answer(5, 9), {**answer(6, 9), "ParentId": ""}], [comment(1, 5), comment(2, 77)])
    )

    threads = of_kind(ThreadRecord, records)
    assert [(one.key, one.is_stand_in) for one in threads] == [
        ("6/thread", True),
        ("9/thread", True),
        ("77/thread", True),
    ]
    assert [(one.key, one.thread_key, one.answers_key) for one in of_kind(ReplyRecord, records)] == [
        ("6", "6/thread", ""),
        ("5", "9/thread", ""),
        ("c1", "9/thread", "5"),
        ("c2", "77/thread", ""),
    ]
    assert reasons_in(records, Noted)[reasons.PARENT_MISSING] == 4


def test_authors_whose_accounts_are_gone_keep_their_names(tmp_path):
    gone = question(1, OwnerDisplayName="user77")
    del gone["OwnerUserId"]
    nobody = answer(2, 1)
    del nobody["OwnerUserId"]
    unlisted = answer(3, 1, OwnerUserId="99")

    records = records_of(a_dump(tmp_path, [gone, nobody, unlisted]))

    people = {one.key: (one.name, one.standing) for one in of_kind(PersonRecord, records)}
    assert people["name:user77"] == ("user77", "unlisted")
    assert people["nobody"] == ("Somebody whose account is gone", "unlisted")
    assert people["99"] == ("Somebody (99)", "unlisted")


def test_what_stays_behind_is_counted_with_its_place(tmp_path):
    posts = [
        question(1),
        {**question(2), "PostTypeId": "5"},
        {**question(3), "PostTypeId": "4"},
        question(1, Body="<p>Again</p>"),
        question("x"),
        question(5, CreationDate="0001-01-01T00:00:00"),
        question(6, Body="", Title=""),
        question(7, DeletionDate=AT),
    ]
    votes = [{"Id": str(nth), "PostId": "1", "VoteTypeId": "2"} for nth in range(3)]
    path = a_dump(
        tmp_path, posts, [comment(1, 2), comment("", 1)], Votes=votes, Badges=[{"Id": "1"}], Odd=[{"Id": "1"}]
    )

    records = records_of(path)

    assert reasons_in(records) == {
        reasons.TAG_WIKI: 3,
        reasons.SAID_TWICE: 1,
        reasons.NO_MESSAGE: 2,
        reasons.NO_TIME: 1,
        reasons.NO_WORDS: 1,
        reasons.DELETED: 1,
    }
    noted = reasons_in(records, Noted)
    assert (noted[reasons.SINGLE_VOTE], noted[reasons.BADGE], noted[reasons.OTHER_ROW]) == (3, 1, 1)
    assert "Posts.xml, row 4" in {one.where for one in of_kind(Skipped, records)}


def test_links_and_mentions_within_the_site_become_references(tmp_path):
    here = "https://bread.example.org"
    body = (
        f'<p><a href="{here}/questions/1/how-so-then">One</a> <a href="{here}/a/2">two</a> '
        f'<a href="{here}/questions/1/how-so-then/2#2">three</a> <a href="{here}/users/2/anna">Anna</a> '
        f'<a href="{here}/questions/404/not-there">gone</a> <a href="https://other.org/q/1">other</a></p>'
    )
    posts = [question(1, Title="How so, then?"), answer(2, 1), question(3, body)]
    comments = [comment(1, 1, "@AnnaLind see [this](https://bread.example.org/q/3) and @Nobody", UserId="3")]

    threads, replies = said_in(a_dump(tmp_path, posts, comments))

    assert shown(threads[1]) == (
        "<message 1 One> <message 2 two> <message 2 three> <person 2 Anna Lind> "
        f"[gone]({here}/questions/404/not-there) [other](https://other.org/q/1)"
    )
    assert shown(replies[0]) == r"<person 2 @Anna Lind> see <message 3 this> and \@Nobody"


def test_the_community_is_named_by_its_links_or_by_the_file(tmp_path):
    link = '<a href="https://bread.example.org/questions/1/how-to-bake-rye">x</a>'
    known = a_dump(tmp_path, [question(1, Title="How to bake rye?"), question(2, link)], name="one.zip")

    assert of_kind(CommunityRecord, records_of(known))[0].name == "bread.example.org"
    plain = a_dump(tmp_path, [question(1)], name="cooking.stackexchange.com.zip")
    assert of_kind(CommunityRecord, records_of(plain))[0].name == "cooking.stackexchange.com"


def test_the_place_is_when_the_site_was_set_up(tmp_path):
    with Archive(a_dump(tmp_path, [question(1)])) as archive:
        assert format_of(archive).place_of(archive) == SITE["CreationDate"]
    with Archive(a_dump(tmp_path, [question(1)], users=[BO])) as archive:
        assert format_of(archive).place_of(archive) == "3 "


def test_secrets_in_links_are_taken_out_and_said(tmp_path):
    body = '<p><a href="https://x.org/f?token=hush1">file</a></p>'
    records = records_of(a_dump(tmp_path, [question(1, body)], [comment(1, 1, "[f](https://x.org/?token=hush2)")]))

    assert "hush" not in repr(records)
    assert reasons_in(records, Noted)[reasons.SECRET_REMOVED] == 2


def test_a_comment_has_no_blocks_and_no_markup_of_ours(tmp_path):
    texts = ["1. One", "# Not a heading", "- no list", "> no quote", "a_b_c <b>x</b> #tag", "(https://x.org/a_b)"]
    _threads, replies = said_in(
        a_dump(tmp_path, [question(1)], [comment(n, 1, text) for n, text in enumerate(texts, 1)])
    )

    assert [one.text for one in replies] == [
        r"1\. One",
        r"\# Not a heading",
        r"\- no list",
        r"\> no quote",
        r"a\_b\_c \<b\>x\</b\> \#tag",
        "(<https://x.org/a_b>)",
    ]


def test_half_a_dump_and_a_dangerous_one_are_refused(tmp_path):
    whole = a_table("posts", [question(1)])
    bomb = '<?xml version="1.0"?><!DOCTYPE posts [<!ENTITY a "aaaa">]><posts><row Id="&a;"/></posts>'

    with pytest.raises(ArchiveIsDamaged, match="it ends in the middle"):
        records_of(a_dump(tmp_path, whole[: len(whole) - 12]))
    with pytest.raises(ArchiveIsDamaged, match="line 4 cannot be read"):
        records_of(a_dump(tmp_path, whole.replace("</posts>", "<<")))
    with pytest.raises(ArchiveIsUnsafe, match="declares entities"):
        records_of(a_dump(tmp_path, bomb))
    with pytest.raises(ArchiveIsDamaged, match=r"it has no “Users\.xml”"):
        records_of(a_zip(tmp_path / "half.zip", {"Posts.xml": whole}))
    two = {f"{site}/{name}": a_table(name[:-4].lower(), []) for site in "ab" for name in ("Posts.xml", "Users.xml")}
    with pytest.raises(NotAnArchive, match="several Stack Exchange sites"):
        records_of(a_zip(tmp_path / "two.zip", two))


def test_broken_text_is_mended(tmp_path):
    raw = a_table("posts", [question(1, "<p>caf&#x0;e BROKEN &#xFFFFFFFF; &#65;</p>")])
    raw = raw.replace("&amp;#", "&#").encode().replace(b"BROKEN", b"\xff\x0b")

    records = records_of(a_dump(tmp_path, raw))

    assert of_kind(ThreadRecord, records)[0].text == "cafe \ufffd A"
    assert reasons_in(records, Noted)[reasons.MENDED] == 1
