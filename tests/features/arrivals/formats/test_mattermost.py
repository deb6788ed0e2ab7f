"""Mattermost's lines become communities, people, threads and replies, and every one is accounted for."""

import json

from heard.features.arrivals.formats import mattermost, reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.records import (
    CommunityRecord,
    FileRecord,
    MembershipRecord,
    Noted,
    PersonRecord,
    ReactionRecord,
    ReplyRecord,
    ThreadRecord,
)
from heard.features.arrivals.formats.references import references
from tests.features.arrivals.exports import a_zip, of_kind, reasons_in, records_of

TIME = 1_577_836_800_000
TEAM = {"name": "bakery", "display_name": "Bakery", "type": "O"}
GENERAL = {"team": "bakery", "name": "town-square", "display_name": "Town Square", "type": "O", "purpose": "All of us"}
OVENS = {"team": "bakery", "name": "ovens", "display_name": "Ovens", "type": "P"}
ANNA = {
    "username": "anna",
    "email": "Anna@Example.org",
    "first_name": "Anna",
    "last_name": "Lind",
    "position": "Baker",
    "roles": "system_user",
    "teams": [
        {"name": "bakery", "channels": [{"name": "town-square", "roles": "channel_user channel_admin"}, {"name": "x"}]}
    ],
}
BO = {"username": "bo.ek", "email": "bo@example.org", "nickname": "Bo", "roles": "system_guest"}
USUAL = (("team", TEAM), ("channel", GENERAL), ("channel", OVENS), ("user", ANNA), ("user", BO))


def post(second, message, **more):
    """A line for one post in the general channel."""
    said = {"team": "bakery", "channel": "town-square", "user": "anna", "message": message, "create_at": TIME + second}
    return "post", {**said, **more}


def reply(second, message, **more):
    """A reply of Bo's."""
    return {"user": "bo.ek", "message": message, "create_at": TIME + second, **more}


def text_of(*lines, before=USUAL):
    """The text of an export of these lines; a string stands as it is."""
    rows = [{"type": "version", "version": 1}, *({"type": kind, kind: value} for kind, value in before)]
    rows += [line if isinstance(line, str) else {"type": line[0], line[0]: line[1]} for line in lines]
    return "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)


def an_export(path, *lines, before=USUAL):
    """A file of these lines."""
    (path / "export.jsonl").write_text(text_of(*lines, before=before), encoding="utf-8")
    return path / "export.jsonl"


def test_posts_and_replies_come_as_threads_with_all_that_hangs_on_them(tmp_path):
    said = post(
        0,
        "Hello @bo.ek. See ~ovens and ~nowhere, :wave: @here",
        is_pinned=True,
        edit_at=TIME + 9,
        replies=[reply(5, "Second"), reply(2, "First", reactions=[{"user": "anna", "emoji_name": "own"}])],
        reactions=[{"user": "bo.ek", "emoji_name": "+1", "create_at": TIME + 1}] * 2,
        attachments=[{"path": "data/2020/list.pdf"}],
    )

    path = a_zip(tmp_path / "x.zip", {"import.jsonl": text_of(said), "data/data/2020/list.pdf": b"123"})
    records = records_of(path, "mattermost")

    [thread] = of_kind(ThreadRecord, records)
    assert (thread.community_key, thread.author_key, thread.is_pinned) == ("bakery/town-square", "anna", True)
    assert references(thread.text) == [("person", "bo.ek"), ("community", "bakery/ovens")]
    assert "👋" in thread.text
    assert "\\@here" in thread.text
    assert "~nowhere" in thread.text
    assert thread.edited_at
    assert [(one.text, one.thread_key) for one in of_kind(ReplyRecord, records)] == [
        ("First", thread.key),
        ("Second", thread.key),
    ]
    assert [one.emoji for one in of_kind(ReactionRecord, records)] == ["👍", ":own:"]
    assert [(one.name, one.member, one.size) for one in of_kind(FileRecord, records)] == [
        ("list.pdf", "data/data/2020/list.pdf", 3)
    ]
    assert reasons_in(records) == {}
    assert reasons_in(records, Noted) == {
        reasons.SAME_REACTION: 1,
        reasons.CUSTOM_EMOJI: 1,
        reasons.UNKNOWN_CHANNEL_MEMBER: 1,
    }


def test_people_and_channels_come_as_what_they_are(tmp_path):
    other = {"name": "shop", "display_name": "Shop", "type": "I"}
    lines = [
        ("team", other),
        ("channel", {**GENERAL, "team": "shop", "deleted_at": TIME}),
        ("user", {"username": "cleo", "delete_at": TIME}),
        ("bot", {"username": "oven-bot", "display_name": "Oven"}),
    ]

    records = records_of(an_export(tmp_path, *lines))

    assert [(one.name, one.access, one.is_closed) for one in of_kind(CommunityRecord, records)] == [
        ("Bakery / Town Square", "open", False),
        ("Ovens", "private", False),
        ("Shop / Town Square", "private", True),
    ]
    people = {one.key: one for one in of_kind(PersonRecord, records)}
    assert (people["anna"].name, people["anna"].email, people["anna"].title) == (
        "Anna Lind",
        "anna@example.org",
        "Baker",
    )
    assert [people[key].standing for key in ("anna", "bo.ek", "cleo", "oven-bot")] == [
        "staff",
        "guest",
        "staff",
        "program",
    ]
    assert people["cleo"].left_at
    assert of_kind(MembershipRecord, records)[0].is_tender


def test_a_post_keeps_its_key_when_its_words_change_and_two_of_one_moment_are_two(tmp_path):
    first = of_kind(ThreadRecord, records_of(an_export(tmp_path, post(0, "Before"))))
    records = records_of(
        an_export(tmp_path, post(0, "After"), post(0, "Another"), post(0, "After"), post(0, "Another"))
    )

    later = of_kind(ThreadRecord, records)
    assert later[0].key == first[0].key
    assert [one.text for one in later] == ["After", "Another"]
    assert reasons_in(records) == {reasons.SAID_TWICE: 2}


def test_what_is_nobodys_words_stays_behind_and_is_counted_with_its_line(tmp_path):
    lines = [
        post(0, "anna joined", type="system_join_channel"),
        post(1, "header", type="system_header_change"),
        post(2, "odd", type="system_wrangler"),
        post(3, "anna joined", type="system_join_channel", replies=[reply(4, "Welcome")]),
        ("direct_post", {"message": "secret", "replies": [{}, {}]}),
        post(5, "x", channel="gone", replies=[reply(6, "y")]),
        post(7, "x", create_at=-5, replies=[reply(8, "without a first")]),
        post(9, "", props={}),
        post(10, "x", user=None),
        '{"type": "post", "post": {"team": "bak',
        '{"type": "poem"}',
        "[1]",
    ]

    records = records_of(an_export(tmp_path, *lines))

    assert reasons_in(records) == {
        reasons.JOINED_OR_LEFT: 1,
        reasons.CHANNEL_CHANGED: 1,
        reasons.SYSTEM_EVENT: 1,
        reasons.DIRECT_MESSAGE: 3,
        reasons.UNKNOWN_CHANNEL: 2,
        reasons.NO_TIME: 1,
        reasons.NO_WORDS: 1,
        reasons.NO_AUTHOR: 1,
        reasons.BROKEN_LINE: 1,
        reasons.NO_MESSAGE: 2,
    }
    assert [one.is_stand_in for one in of_kind(ThreadRecord, records)] == [False, True]
    assert [one.text for one in of_kind(ReplyRecord, records)] == ["Welcome", "without a first"]
    assert reasons_in(records, Noted)[reasons.PARENT_MISSING] == 1


def test_code_stays_as_it_is_and_secrets_do_not_come(tmp_path):
    hook = "https://chat.example.org/hooks/abcdefghijklmnopqrstuvwxyz"
    words = f"`@anna` {hook}\n```\n@anna :wave:\n```\n[file](https://x.example/a?token=s3cret&b=1) ![pic](https://x.example/p.png)"

    records = records_of(an_export(tmp_path, post(0, words)))

    [thread] = of_kind(ThreadRecord, records)
    assert references(thread.text) == []
    assert "`@anna` …" in thread.text
    assert "@anna :wave:" in thread.text
    assert "[file](https://x.example/a?b=1)" in thread.text
    assert "s3cret" not in thread.text
    assert " [pic](https://x.example/p.png)" in thread.text
    assert reasons_in(records, Noted)[reasons.SECRET_REMOVED] == 2


def test_a_webhook_speaks_for_itself_and_what_it_attaches_is_quoted(tmp_path):
    props = {
        "from_webhook": "true",
        "override_username": "Build",
        "attachments": [{"title": "Broken", "title_link": "https://ci.example/1", "text": "See @anna"}],
    }

    records = records_of(an_export(tmp_path, post(0, "", props=props, type="slack_attachment")))

    [thread] = of_kind(ThreadRecord, records)
    assert thread.author_key == "webhook:build"
    assert thread.text.startswith("> [Broken](<https://ci.example/1>)\n> See ")
    assert references(thread.text) == [("person", "anna")]
    assert {one.key: one.standing for one in of_kind(PersonRecord, records)}["webhook:build"] == "program"


def test_broken_text_is_mended_and_said_so(tmp_path):
    path = an_export(tmp_path, post(0, "caf"))
    path.write_bytes(path.read_bytes().replace(b"caf", b"caf\xe9"))

    records = records_of(path)

    assert of_kind(ThreadRecord, records)[0].text == "caf�"
    assert reasons_in(records, Noted)[reasons.MENDED] == 1


def test_lines_may_stand_in_any_order_and_strangers_get_a_place(tmp_path):
    records = records_of(an_export(tmp_path, post(0, "Hi", user="dora"), *USUAL, before=()))

    assert of_kind(ThreadRecord, records)[0].author_key == "dora"
    assert reasons_in(records, Noted)[reasons.PLACEHOLDER_AUTHOR] == 1
    keys = [getattr(one, "key", "") for one in records]
    assert keys.index("bakery/town-square") < keys.index("anna") < keys.index("dora")


def test_a_line_that_is_too_long_is_counted(tmp_path, monkeypatch):
    monkeypatch.setattr("heard.features.arrivals.formats.json_lines.LONGEST_LINE", 2000)

    records = records_of(an_export(tmp_path, post(0, "x" * 3000), post(1, "Short")))

    assert reasons_in(records) == {reasons.BROKEN_LINE: 1}
    assert [one.text for one in of_kind(ThreadRecord, records)] == ["Short"]


def test_the_place_is_named_by_where_most_of_its_people_have_their_address(tmp_path):
    with Archive(an_export(tmp_path)) as archive:
        assert mattermost.place_of(archive) == "example.org"
    with Archive(an_export(tmp_path, before=(("team", TEAM),))) as archive:
        assert mattermost.place_of(archive) == "bakery"


def test_only_a_file_below_data_is_a_file_of_a_message(tmp_path):
    wanted = ("import.jsonl", "./import.jsonl", "other/secret.txt", "data/list.pdf", "data/../import.jsonl")
    said = post(0, "See", attachments=[{"path": path} for path in wanted])
    members = {"import.jsonl": text_of(said), "other/secret.txt": b"1", "data/list.pdf": b"123"}

    files = of_kind(FileRecord, records_of(a_zip(tmp_path / "x.zip", members)))

    assert [(file.name, file.member) for file in files if file.member] == [("list.pdf", "data/list.pdf")]
    assert len(files) == len(wanted)
