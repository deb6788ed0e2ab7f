"""An archive of Zulip's topics comes whole: a community for each channel, a thread for each topic."""

import pytest

from heard.features.arrivals.errors import ArchiveIsDamaged
from heard.features.arrivals.formats import format_of, reasons
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.records import (
    CommunityRecord,
    FileRecord,
    Noted,
    PersonRecord,
    ReplyRecord,
    Skipped,
    ThreadRecord,
)
from heard.features.arrivals.formats.references import references, resolve_references
from tests.features.arrivals.exports import a_zip, of_kind, reasons_in, records_of
from tests.features.arrivals.formats.zulip_exports import an_archive, in_topic

HELLO = in_topic(10, "<p>Hello</p>")


def shown(tmp_path, html):
    """What a message says, with references as `kind:key:label` in braces."""
    path = an_archive(tmp_path, {"1-general/x.json": [in_topic(10, html)]})
    text = of_kind(ThreadRecord, records_of(path, "zulip"))[0].text
    return resolve_references(text, lambda kind, key, label: f"{{{kind}:{key}:{label}}}")


def test_channels_topics_and_authors_come(tmp_path):
    path = an_archive(
        tmp_path,
        {
            "1-general/rye.20.26.20oats.2E.json": [HELLO, in_topic(12, "<p>Yes</p>", by="Bo Ek")],
            "2-plans/(no.20topic).json": [in_topic(11, "<p>Plan</p>")],
        },
    )

    records = records_of(path)

    assert [(one.key, one.name) for one in of_kind(CommunityRecord, records)] == [("1", "general"), ("2", "plans")]
    assert [(one.key, one.name, one.standing) for one in of_kind(PersonRecord, records)] == [
        ("name:Anna Lind", "Anna Lind", "unlisted"),
        ("name:Bo Ek", "Bo Ek", "unlisted"),
    ]
    assert [(one.key, one.community_key, one.title) for one in of_kind(ThreadRecord, records)] == [
        ("10", "1", "rye & oats."),
        ("11", "2", ""),
    ]
    reply = of_kind(ReplyRecord, records)[0]
    assert (reply.key, reply.thread_key, reply.author_key, reply.text) == ("12", "10", "name:Bo Ek", "Yes")
    assert reply.where == "1-general/rye.20.26.20oats.2E.json, record 2"


def test_one_channel_alone_keeps_its_name(tmp_path):
    path = an_archive(tmp_path, {"7-the-oven/a.json": [HELLO], "7-the-oven/b.json": [in_topic(3, "<p>x</p>")]})

    assert [(one.key, one.name) for one in of_kind(CommunityRecord, records_of(path))] == [("7", "the-oven")]
    with Archive(path) as archive:
        assert format_of(archive).place_of(archive) == "channel 7"


def test_channels_are_called_as_the_list_of_the_tool_calls_them(tmp_path):
    index = {"streams": {"The oven": {"id": 7, "topic_data": {}}}, "time": 1}
    path = an_archive(tmp_path, {"stream_index.json": index, "7-The-oven/a.json": [HELLO]})

    assert of_kind(CommunityRecord, records_of(path))[0].name == "The oven"


def test_a_resolved_topic_loses_its_tick(tmp_path):
    records = records_of(an_archive(tmp_path, {"1-general/.E2.9C.94.20rye.json": [HELLO]}))

    assert of_kind(ThreadRecord, records)[0].title == "rye"
    assert reasons_in(records, Noted) == {reasons.RESOLVED: 1}


def test_what_cannot_come_has_its_reason(tmp_path):
    topic = [
        "x",
        in_topic(1, "<p>x</p>", by=""),
        {**HELLO, "id": 2, "timestamp": 10**15},
        {**HELLO, "id": 3, "timestamp": None},
        in_topic(4, ""),
        {**HELLO, "id": None},
        HELLO,
        HELLO,
    ]

    records = records_of(an_archive(tmp_path, {"1-general/a.json": topic, "1-general/b.json": [HELLO]}))

    assert len(of_kind(ThreadRecord, records)) == 1
    assert reasons_in(records, Skipped) == {
        reasons.NO_MESSAGE: 2,
        reasons.NO_AUTHOR: 1,
        reasons.NO_TIME: 2,
        reasons.NO_WORDS: 1,
        reasons.SAID_TWICE: 2,
    }


def test_messages_in_a_folder_that_is_no_channel_are_counted(tmp_path):
    path = an_archive(tmp_path, {"1-general/a.json": [HELLO], "other/b.json": [HELLO, HELLO], "c.json": {"x": 1}})

    assert reasons_in(records_of(path)) == {reasons.UNKNOWN_FOLDER: 2}


def test_half_a_file_is_refused_by_its_name(tmp_path):
    path = a_zip(tmp_path / "z.zip", {"1-general/a.json": [HELLO], "2-x/b.json": '[{"id": 1, "sender_full_name": "'})

    with pytest.raises(ArchiveIsDamaged, match=r"2-x/b\.json"):
        records_of(path)


def test_code_keeps_its_language_and_its_signs(tmp_path):
    html = (
        '<p>See:</p><div class="codehilite" data-code-language="Lean4"><pre><span></span><code>'
        '<span class="kd">def</span> <span class="n">a_b</span> := 1 &lt; 2\n  *y*\n</code></pre></div><p>so</p>'
    )

    assert shown(tmp_path, html) == "See:\n\n```lean4\ndef a_b := 1 < 2\n  *y*\n```\n\nso"


def test_formulas_are_what_was_typed(tmp_path):
    katex = (
        '<span class="katex"><span class="katex-mathml"><math><semantics><mi>x</mi>'
        '<annotation encoding="application/x-tex">{}</annotation></semantics></math></span>'
        '<span class="katex-html" aria-hidden="true"><span class="base">junk</span></span></span>'
    )
    html = (
        f'<p>so {katex.format("a &lt; b")}, see</p><p><span class="katex-display">{katex.format("x_1\n= 2")}</span></p>'
    )

    assert shown(tmp_path, html) == "so $a \\< b$, see\n\n```math\nx_1\n= 2\n```"


def test_mentions_quotes_and_links_to_messages_are_references(tmp_path):
    html = (
        '<p><span class="user-mention silent" data-user-id="7">Bo Ek</span> '
        '<a href="#narrow/channel/1-general/topic/x/near/9">said</a>:</p><blockquote><p>Yes</p></blockquote>'
        '<p><span class="user-mention" data-user-id="*">@all</span> '
        '<span class="user-group-mention" data-user-group-id="1">@bakers</span> '
        '<a class="stream" data-stream-id="1" href="/#narrow/channel/1-general">#general</a> '
        '<a class="stream-topic" href="/#narrow/channel/1-general/topic/x">#general &gt; x</a> '
        '<a href="#narrow/dm/1,2-dm/near/4">there</a></p>'
    )

    assert shown(tmp_path, html) == (
        "{person:name:Bo Ek:Bo Ek} {message:9:said}:\n> Yes\n\n"
        "\\@all \\@bakers {community:1:#general} {message:10:#general > x} there"
    )


def test_links_with_the_address_of_the_server_are_known_by_the_name_of_the_channel(tmp_path):
    html = (
        '<a href="https://zulip.example.org/#narrow/stream/1-general/topic/x/near/9">a</a> '
        '<a href="https://other.example.org/#narrow/stream/1-another/topic/x/near/9">b</a>'
    )

    assert shown(tmp_path, html) == (
        "{message:9:a} [b](https://other.example.org/#narrow/stream/1-another/topic/x/near/9)"
    )


def test_emoji_spoilers_previews_and_times(tmp_path):
    html = (
        '<p>Hi <span aria-label="wave" class="emoji emoji-1f44b" role="img" title="wave">:wave:</span>'
        '<img alt=":merge:" class="emoji" src="/user_avatars/1/emoji/images/m.png" title="merge"></p>'
        '<div class="spoiler-block"><div class="spoiler-header"><p>End</p></div>'
        '<div class="spoiler-content" aria-hidden="true"><p>He <div>did</div> it</p></div></div>'
        '<p><time datetime="2026-01-20T13:00:00Z">20 January</time></p>'
        '<div class="message_embed"><a href="https://x.org">big</a></div>'
    )

    text = shown(tmp_path, html)

    assert text.startswith("Hi 👋:merge:\n\nEnd\n> He")
    assert text.endswith("20 January")
    assert "big" not in text


def test_uploads_are_files_that_did_not_come_along(tmp_path):
    html = (
        '<p><a href="/user_uploads/3/ab-C/bread.png">bread.png</a></p><div class="message_inline_image">'
        '<a href="/user_uploads/3/ab-C/bread.png"><img src="/user_uploads/thumbnail/3/ab-C/bread.png/840x560.webp">'
        "</a></div>"
    )

    records = records_of(an_archive(tmp_path, {"1-general/x.json": [in_topic(10, html)]}))

    assert of_kind(ThreadRecord, records)[0].text == "bread.png"
    assert of_kind(FileRecord, records) == [FileRecord("10", "3/ab-C/bread.png", "bread.png", where="x.json, record 1")]


def test_a_picture_that_was_sent_for_itself_is_a_link(tmp_path):
    html = (
        '<div class="message_inline_image"><a href="https://x.org/a.gif" title="cat">'
        '<img src="https://uploads.zulipusercontent.net/123/456"></a></div>'
    )

    assert shown(tmp_path, html) == "[image](https://x.org/a.gif)"


def test_what_somebody_does_is_told_apart(tmp_path):
    assert shown(tmp_path, "<p>/me bakes</p>") == "_bakes_"


def test_broken_markup_stays_text(tmp_path):
    html = '<p>a<span class="katex"><b>x</p><div class="codehilite"><pre>y' * 3 + '<x-kept n="9"></x-kept>'

    assert "y" in shown(tmp_path, html)
    assert references(shown(tmp_path, html)) == []
