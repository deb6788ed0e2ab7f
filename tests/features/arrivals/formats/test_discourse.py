"""Discourse's topics come with their posts, in whatever shape its JSON was kept."""

import io
import json
import tarfile

import pytest

from heard.features.arrivals.errors import ArchiveIsDamaged
from heard.features.arrivals.formats import format_of, json_stream, reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.records import (
    CommunityRecord,
    CountRecord,
    MembershipRecord,
    Noted,
    PersonRecord,
    ReactionRecord,
    ReplyRecord,
    Skipped,
    ThreadRecord,
)
from tests.features.arrivals.exports import a_zip, of_kind, reasons_in, records_of

AT = "2023-09-11T01:48:12.494Z"


def post(key, number=1, topic=7, **more):
    """A post as the API gives it."""
    said = {"id": key, "post_number": number, "topic_id": topic, "topic_title": "Rye", "topic_slug": "rye"}
    said |= {"user_id": 2, "username": "Anna", "name": "Anna Lind", "created_at": AT, "updated_at": AT, "version": 1}
    said |= {"cooked": "<p>Words</p>", "post_type": 1, "category_id": 5, "reply_to_post_number": None}
    return said | {"actions_summary": []} | more


def a_topic(*posts, key=7, **more):
    """A topic as `/t/7.json` gives it."""
    stream = {"posts": list(posts), "stream": [one["id"] for one in posts]}
    return {"post_stream": stream, "id": key, "title": "Rye bread", "category_id": 5, "archetype": "regular"} | more


def an_archive(path, *things):
    """A zip of JSON files, one for each thing."""
    return a_zip(path / "topics.zip", {f"t/{nth}.json": thing for nth, thing in enumerate(things, 1)})


def said_in(path):
    """The threads, then the replies."""
    records = records_of(path)
    return of_kind(ThreadRecord, records), of_kind(ReplyRecord, records)


def test_a_topic_its_posts_and_its_category_come(tmp_path):
    first = post(11, version=2, updated_at="2023-09-12T01:48:12.494Z")
    answer = post(12, 2, user_id=3, username="bo", name=None, accepted_answer=True)
    third = post(13, 3, reply_to_post_number=2)
    topic = a_topic(first, answer, third, tags=["oven", {"id": 4, "name": "rye"}], closed=True, pinned=True)
    categories = {
        "category_list": {"categories": [{"id": 5, "name": "Bread", "slug": "bread", "read_restricted": False}]}
    }

    records = records_of(an_archive(tmp_path, topic, categories))

    (thread,), replies = of_kind(ThreadRecord, records), of_kind(ReplyRecord, records)
    assert [(one.key, one.name, one.access) for one in of_kind(CommunityRecord, records)] == [("5", "Bread", "open")]
    assert (thread.key, thread.title, thread.text, thread.kind) == ("11", "Rye bread", "Words", "ask")
    assert (thread.tags, thread.is_closed, thread.is_pinned) == (("oven", "rye"), True, True)
    assert (thread.said_at.isoformat(), thread.edited_at.day) == ("2023-09-11T01:48:12.494000+00:00", 12)
    assert [(one.key, one.thread_key, one.answers_key, one.is_accepted, one.edited_at) for one in replies] == [
        ("12", "11", "", True, None),
        ("13", "11", "12", False, None),
    ]
    assert [(one.key, one.name, one.handle, one.email) for one in of_kind(PersonRecord, records)] == [
        ("2", "Anna Lind", "Anna", ""),
        ("3", "bo", "bo", ""),
    ]


def test_the_same_comes_of_every_shape(tmp_path):
    posts = [post(11), post(12, 2), post(13, 3)]
    shapes = [posts, [a_topic(*posts)], {"latest_posts": posts}, {"posts": posts}, a_topic(*posts)]
    for nth, shape in enumerate(shapes):
        (tmp_path / f"{nth}.json").write_text(json.dumps(shape))
        threads, replies = said_in(tmp_path / f"{nth}.json")
        assert [one.key for one in (*threads, *replies)] == ["11", "12", "13"]

    with tarfile.open(tmp_path / "posts.tar.gz", "w:gz") as made:
        for one in reversed(posts):
            raw = json.dumps(one).encode()
            member = tarfile.TarInfo(f"posts/{one['id']}.json")
            member.size = len(raw)
            made.addfile(member, io.BytesIO(raw))
    threads, replies = said_in(tmp_path / "posts.tar.gz")
    assert [one.key for one in (*threads, *replies)] == ["11", "12", "13"]


def test_a_large_file_is_read_in_pieces_with_the_same_result(tmp_path, monkeypatch):
    path = an_archive(
        tmp_path, a_topic(post(11), post(12, 2), tags=["rye"]), [post(13, 1, 8)], {"latest_posts": [post(14, 2, 8)]}
    )
    whole = records_of(path)

    monkeypatch.setattr(json_stream, "_SMALL", 0)

    assert records_of(path) == whole
    assert len(of_kind(ThreadRecord, whole)) == len(of_kind(ReplyRecord, whole)) == 2


def test_of_two_copies_of_a_post_the_newer_comes(tmp_path):
    liked = [{"id": "heart", "type": "emoji", "count": 2}]
    old = post(11, cooked="<p>Old</p>", reactions=liked)
    new = post(11, cooked="<p>New</p>", version=2, topic=9, reactions=[])

    records = records_of(an_archive(tmp_path, old, new, old))

    assert [one.text for one in of_kind(ThreadRecord, records)] == ["New"]
    assert [one.where for one in of_kind(Skipped, records)] == ["1.json", "3.json"]
    assert reasons_in(records, Noted) == {reasons.SAME_REACTION: 4}


def test_reactions_are_counted_once_and_named_where_names_are_known(tmp_path):
    like = [{"id": 2, "count": 3}, {"id": 4, "count": 1}]
    both = [
        {"id": "+1", "type": "emoji", "count": 2},
        {"id": "thinking", "type": "emoji", "count": 1},
        {"id": "our_parrot", "type": "emoji", "count": 1},
    ]
    named = [{"id": "heart", "count": 2, "users": [{"username": "Anna"}, {"username": "gone"}]}]
    topic = a_topic(
        post(11, actions_summary=like), post(12, 2, actions_summary=like, reactions=both), post(13, 3, reactions=named)
    )

    records = records_of(an_archive(tmp_path, topic))

    assert [(one.message_key, one.emoji, one.count) for one in of_kind(CountRecord, records)] == [
        ("11", "❤️", 3),
        ("12", "👍", 2),
        ("12", "🤔", 1),
        ("12", ":our_parrot:", 1),
        ("13", "❤️", 1),
    ]
    assert [(one.message_key, one.person_key, one.emoji) for one in of_kind(ReactionRecord, records)] == [
        ("13", "2", "❤️")
    ]
    assert reasons_in(records, Noted) == {reasons.CUSTOM_EMOJI: 1}


def test_what_stays_behind_is_counted(tmp_path):
    topic = a_topic(
        post(11),
        post(12, 2, post_type=4),
        post(13, 3, post_type=3, action_code="closed.enabled", cooked=""),
        post(14, 4, hidden=True),
        post(15, 5, deleted_at=AT, reactions=[{"id": "+1", "count": 2}]),
        post(16, 6, user_deleted=True),
        post(17, 7, created_at="9999-12-31T23:59:59Z"),
        post(18, 8, cooked=""),
        {**post(19, 9), "topic_id": None},
        post(20, 10, reply_to_post_number=5, wiki=True),
    )
    letters = a_topic(post(31, 1, 8), post(32, 2, 8), key=8, archetype="private_message")

    records = records_of(an_archive(tmp_path, topic, letters))

    assert reasons_in(records) == {
        reasons.STAFF_ONLY: 1,
        reasons.TOPIC_CHANGED: 1,
        reasons.WITHHELD: 1,
        reasons.DELETED: 2,
        reasons.NO_TIME: 1,
        reasons.NO_WORDS: 1,
        reasons.NO_MESSAGE: 1,
        reasons.DIRECT_MESSAGE: 2,
    }
    noted = {reasons.REACTION_BEHIND: 2, reasons.ANSWERED_MISSING: 1, reasons.WIKI: 1, reasons.ONLY_NAMED: 1}
    assert reasons_in(records, Noted) == noted
    assert [one.key for one in of_kind(ReplyRecord, records)] == ["20"]


def test_a_topic_without_its_first_post_has_a_stand_in(tmp_path):
    records = records_of(
        an_archive(tmp_path, a_topic(post(12, 2), post(13, 3)), [post(21, 1, 8, hidden=True), post(22, 2, 8)])
    )

    threads = of_kind(ThreadRecord, records)
    assert [(one.key, one.is_stand_in, one.title) for one in threads] == [
        ("7/thread", True, "Rye bread"),
        ("8/thread", True, "Rye"),
    ]
    assert [one.thread_key for one in of_kind(ReplyRecord, records)] == ["7/thread", "7/thread", "8/thread"]
    assert reasons_in(records, Noted) == {reasons.PARENT_MISSING: 3}


def test_a_deleted_first_post_keeps_its_place_if_something_answers_it(tmp_path):
    gone = {"user_deleted": True, "cooked": "<p>(topic deleted by author)</p>"}
    records = records_of(an_archive(tmp_path, [post(11, **gone), post(12, 2), post(21, 1, 8, **gone)]))

    (thread,) = of_kind(ThreadRecord, records)
    assert (thread.key, thread.is_deleted, thread.text) == ("11", True, "")
    assert reasons_in(records) == {reasons.DELETED: 1}


def test_a_private_category_is_private_to_those_who_wrote_there(tmp_path):
    categories = {"categories": [{"id": 5, "name": "Board", "slug": "board", "read_restricted": True}]}
    bo = {"user_id": 3, "username": "bo", "admin": True}
    link = post(21, 1, 8, category_id=None, raw="See https://f.example.org/t/rye/7 and https://f.example.org/t/x/7/2")
    path = an_archive(tmp_path, categories, a_topic(post(11), post(12, 2, **bo)), link)

    records = records_of(path)

    board, general = of_kind(CommunityRecord, records)
    assert (board.access, general.name, general.key) == ("private", "f.example.org", "general")
    members = [(one.community_key, one.person_key, one.is_tender) for one in of_kind(MembershipRecord, records)]
    assert members == [("5", "2", False), ("5", "3", True)]
    assert "Rye" not in of_kind(ThreadRecord, records)[1].text


def test_categories_without_a_list_are_named_by_the_topics_about_them(tmp_path):
    about = post(11, topic_title="About the Sourdough category", category_id=9)

    records = records_of(an_archive(tmp_path, about, post(21, 1, 8, category_id=10), post(31, 1, 9, category_id=None)))

    names = {one.key: one.name for one in of_kind(CommunityRecord, records)}
    assert names == {"9": "Sourdough", "10": "Category 10", "general": "General"}


def test_programs_guests_and_accounts_that_are_gone(tmp_path):
    system = post(11, user_id=-1, username="system", name="system")
    staged = post(12, 2, user_id=4, username="cy", staged=True)
    shut_out = post(13, 3, user_id=5, username="di", user_suspended=True)
    nobody = post(14, 4, user_id=None, username=None, name=None)
    by_name = post(15, 5, user_id=None, username="Ed", name=None)

    records = records_of(an_archive(tmp_path, [system, staged, shut_out, nobody, by_name]))

    people = {one.key: one for one in of_kind(PersonRecord, records)}
    assert {key: one.standing for key, one in people.items()} == {
        "-1": "program",
        "4": "guest",
        "5": "staff",
        "name:ed": "staff",
        "nobody": "unlisted",
    }
    assert people["5"].left_at is not None
    assert [one.author_key for one in of_kind(ReplyRecord, records)] == ["4", "5", "nobody", "name:ed"]


def test_the_place_is_the_host_or_else_the_first_moment(tmp_path):
    avatar = post(11, avatar_template="/user_avatar/forum.example.org/anna/{size}/1_2.png")
    with Archive(an_archive(tmp_path, avatar)) as archive:
        assert format_of(archive).place_of(archive) == "forum.example.org"
    with Archive(an_archive(tmp_path, post(11), post(12, 2, created_at="2022-01-01T00:00:00.000Z"))) as archive:
        assert format_of(archive).place_of(archive) == "2022-01-01T00:00:00.000Z"


def test_half_a_file_is_refused_by_its_name(tmp_path):
    text = json.dumps(a_topic(post(11), post(12, 2)))

    with pytest.raises(ArchiveIsDamaged, match=r"“2\.json” is damaged: it ends in the middle"):
        records_of(an_archive(tmp_path, post(1), text[: len(text) // 2]))
