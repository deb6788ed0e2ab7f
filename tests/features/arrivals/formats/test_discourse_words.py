"""The words of a Discourse post, from its own Markdown or from its HTML, whatever stands in it."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heard.features.arrivals.formats import reasons
from heard.features.arrivals.formats.discourse_quotes import quoted
from heard.features.arrivals.formats.records import FileRecord, Noted, PersonRecord, ReplyRecord, Skipped, ThreadRecord
from heard.features.arrivals.formats.references import resolve_references
from tests.features.arrivals.exports import a_zip, of_kind, reasons_in, records_of
from tests.features.arrivals.formats.test_discourse import a_topic, post

HERE = "https://forum.example.org"
CATEGORIES = {"categories": [{"id": 5, "name": "Bread", "slug": "bread"}]}
AVATAR = {"avatar_template": "/user_avatar/forum.example.org/anna/{size}/1_2.png"}


def records_with(path, more=None, **fields):
    """What an archive gives whose second post says this."""
    topic = a_topic(post(11, **AVATAR), post(12, 2, **fields))
    return records_of(a_zip(path / "topics.zip", {"c.json": CATEGORIES, "t.json": topic, **(more or {})}))


def said(path, **fields):
    """The words of such a post, references written out."""
    (reply,) = of_kind(ReplyRecord, records_with(path, **fields))
    return resolve_references(reply.text, lambda kind, key, label: f"<{kind} {key} {label}>")


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("Hi @Anna, and @nobody.", r"Hi <person 2 @Anna>, and \@nobody."),
        ("`@Anna` and\n```\n@Anna [quote]\n```", "`@Anna` and\n```\n@Anna [quote]\n```"),
        (":wave:t3: :smile: 10:30:00 :nosuch:", "👋🏼 😄 10:30:00 :nosuch:"),
        ("See #bread, #rye::tag and #12", "See <community 5 bread>, #rye and #12"),
        (f"[it]({HERE}/t/rye/7/1) {HERE}/t/7/2, /t/7", "<message 11 it> <message 12 Rye>, /t/7"),
        (f"{HERE}/t/other/99 [u](/u/anna) [c](/c/bread/5)", f"{HERE}/t/other/99 <person 2 @anna> <community 5 c>"),
        ("https://x.org/?token=hush", "https://x.org/"),
        ("[f](https://x.org/?token=hush&a=1)", "[f](<https://x.org/?a=1>)"),
        ("![oven|690x240](upload://abc.png)", f"[oven]({HERE}/uploads/short-url/abc.png)"),
        ("[a.pdf|attachment](upload://abc.pdf) (3 KB)", f"[a.pdf](<{HERE}/uploads/short-url/abc.pdf>) (3 KB)"),
        ("$a_b \\frac{1}{2}$ costs $5 or $6", r"$a\_b \\frac\{1\}\{2\}$ costs $5 or $6"),
        ("$$\nx_1\n- y\n$$", "$$\nx\\_1\n\\- y\n$$"),
        ('[details="More"]\ninside\n[/details]', "**More**\ninside"),
        ("[spoiler]x[/spoiler] [b]y[/b] <!-- not shown -->", "x **y**"),
        ('[date=2023-09-30 time=11:40:00 timezone="UTC"]', "2023-09-30 11:40:00 UTC"),
        ("a\n\n- b\n  1. c", "a\n\n- b\n  1. c"),
    ],
)
def test_markdown_of_discourse(tmp_path, raw, words):
    assert said(tmp_path, raw=raw, cooked="") == words


def test_quotes_name_whom_and_what_they_quote(tmp_path):
    raw = 'Before\n[quote="Anna, post:1, topic:7"]\none\n[quote="bo, post:9, topic:99"]'
    raw += "\n`[/quote]`\n[/quote]\n[/quote]\nAfter [/quote]"

    assert said(tmp_path, raw=raw, cooked="").split("\n") == [
        "Before",
        "",
        "> <message 11 Anna>:",
        ">",
        "> one",
        ">",
        "> > bo:",
        "> >",
        "> > `[/quote]`",
        ">",
        "",
        "After [/quote]",
    ]


@pytest.mark.parametrize(
    ("cooked", "words"),
    [
        ('<p><a class="mention" href="/u/anna">@Anna</a> <span class="mention">@x</span></p>', "<person 2 @anna> \\@x"),
        ('<p><a class="mention-group" href="/groups/x">@x</a></p>', f"[\\@x]({HERE}/groups/x)"),
        (
            '<aside class="quote no-group" data-username="Anna" data-post="1" data-topic="7">\n<div class="title">\n'
            '<div class="quote-controls"></div>\n<img src="/a.png" class="avatar"> Anna:</div>\n<blockquote>\n'
            "<p>one</p>\n</blockquote>\n</aside>\n<p>two</p>",
            "> <message 11 Anna>:\n>\n> one\n\ntwo",
        ),
        (
            '<aside class="onebox githubblob" data-onebox-src="https://x.org/a"><header class="source">x.org</header>'
            '<article><h4><a href="https://x.org/a">Title</a></h4><pre>long</pre></article></aside>',
            "[Title](https://x.org/a)",
        ),
        (
            '<div class="lightbox-wrapper"><a class="lightbox" href="/uploads/o/1.png" title="o">'
            '<img src="/uploads/o/1.png" alt="oven"><div class="meta"><span class="filename">o</span>5 KB</div></a>'
            "</div>",
            f"[oven]({HERE}/uploads/o/1.png)",
        ),
        ('<p>a <img src="/i/smile.png" title=":smile:" class="emoji" alt=":smile:"></p>', "a 😄"),
        ('<p>is <span class="math">a_1</span></p>\n<div class="math">\nx\n</div>', "is $a\\_1$\n\n$$x$$"),
        ('<pre><code class="lang-py">x = 1\n</code></pre>', "```py\nx = 1\n```"),
        ('<h2><a name="x" class="anchor" href="#x"></a>Title</h2><svg><text>no</text></svg>', "## Title"),
        (f'<p><a href="{HERE}/t/rye/7/1">it</a> <a href="/t/7/2#x">so</a></p>', "<message 11 it> <message 12 so>"),
        (
            '<p><a class="hashtag-cooked" href="/c/bread/5" data-type="category" data-slug="bread">B</a></p>',
            "<community 5 bread>",
        ),
        (
            '<p>x<sup class="footnote-ref"><a href="#f">[1]</a></sup></p>'
            '<p>n <a class="footnote-backref" href="#r">b</a></p>',
            "x\\[1\\]\n\nn",
        ),
        ('<details><summary>More</summary><p>inside</p></details>', "**More**\n\ninside"),
        ('<p><a href="https://x.org/?api_key=hush">x</a> <a href="javascript:a()">y</a></p>', "[x](https://x.org/) y"),
    ],
)  # fmt: skip
def test_html_of_discourse(tmp_path, cooked, words):
    assert said(tmp_path, cooked=cooked) == words


def test_markdown_with_html_in_it_is_read_as_the_forum_showed_it(tmp_path):
    assert said(tmp_path, raw="a<br>b <kbd>K</kbd>", cooked="<p>a b <kbd>K</kbd></p>") == "a b `K`"
    assert said(tmp_path, raw="`a<br>` 1 < 2", cooked="<p>no</p>") == "`a<br>` 1 < 2"


def test_the_votes_of_a_poll_stand_below_it(tmp_path):
    polls = [
        {"name": "poll", "title": "Which", "options": [{"html": "<b>Rye</b>", "votes": 3}, {"html": "Oat", "votes": 0}]}
    ]

    assert said(tmp_path, raw="[poll]\n* Rye\n* Oat\n[/poll]", cooked="", polls=polls) == (
        "* Rye\n* Oat\n\n**Which**\n- Rye: 3\n- Oat: 0"
    )


def test_an_upload_that_the_archive_holds_comes_as_a_file(tmp_path):
    cooked = (
        '<p><img src="//forum.example.org/uploads/default/original/1X/ab.png" alt="oven" data-base62-sha1="zi3"></p>'
    )
    more = {"uploads/default/original/1X/ab.png": b"png"}
    for fields in ({"raw": "Look: ![oven|6x2](upload://zi3.png)", "cooked": cooked}, {"cooked": cooked}):
        records = records_with(tmp_path, more, **fields)
        (file,) = of_kind(FileRecord, records)
        assert (file.message_key, file.name, file.member) == ("12", "ab.png", "uploads/default/original/1X/ab.png")
        assert "oven" in of_kind(ReplyRecord, records)[0].text


def test_secrets_are_noted_and_gone(tmp_path):
    for fields in (
        {"raw": "https://x.org/?token=hush"},
        {"cooked": '<p><a href="https://x.org/?token=hush">x</a></p>'},
    ):
        records = records_with(tmp_path, **fields)
        assert "hush" not in repr(records)
        assert reasons_in(records, Noted) == {reasons.SECRET_REMOVED: 1}


@given(st.lists(st.sampled_from(["[quote]", "[/quote]", '[quote="a, post:1, topic:2"]', "x", "\n"]), max_size=30))
def test_every_quote_ends(signs):
    lines = quoted("".join(signs), lambda name, _topic, _post: name)

    assert all(depth >= 0 for depth, _line in lines)
    assert sum(line.count("x") for _depth, line in lines) == signs.count("x")


SIGNS = [
    *"ab1 *_~`<>|@#!&;:/\n\\-.[]()$\"'",
    "<p>",
    '<a href="',
    "[quote",
    "[/quote]",
    "@Anna",
    ":wave:",
    HERE,
    "/t/7/1",
]
SIGNS += ["upload://", "![", "](", "$$", "\ue000", "\x00", "\ud800", "²", '<aside class="quote" data-post="²">']
WORDS = st.lists(st.sampled_from(SIGNS), max_size=25).map("".join)
NUMBERS = st.integers(-2, 4) | st.sampled_from([2**70, 1.5, True, "3", "²"])
ANYTHING = st.recursive(
    st.none() | st.booleans() | NUMBERS | WORDS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "count", "users", "username", "html", "options", "post_number", "name"]), inner
        )
    ),
    max_leaves=8,
)
FIELDS = ["user_id", "username", "name", "topic_title", "post_type", "action_code", "reply_to_post_number", "wiki"]
FIELDS += ["category_id", "updated_at", "version", "reads", "hidden", "deleted_at", "user_deleted", "actions_summary"]
FIELDS += ["reactions", "accepted_answer", "polls", "can_vote", "archetype", "staged", "user_suspended", "admin"]
POSTS = st.fixed_dictionaries(
    {
        "id": st.integers(1, 4) | ANYTHING,
        "post_number": st.integers(1, 3) | ANYTHING,
        "topic_id": st.integers(1, 2) | ANYTHING,
    },
    optional=dict.fromkeys(FIELDS, WORDS | ANYTHING)
    | {"cooked": WORDS, "raw": WORDS, "created_at": st.just("2023-01-01")},
).map(lambda one: {"cooked": "<p>Words</p>"} | one)
TOPIC = ["id", "title", "category_id", "tags", "closed", "archived", "pinned", "archetype", "accepted_answer"]
TOPIC += ["vote_count", "can_vote", "deleted_at"]


@given(
    posts=st.lists(POSTS | ANYTHING, max_size=5),
    topic=st.fixed_dictionaries({}, optional=dict.fromkeys(TOPIC, ANYTHING)),
    lists=st.fixed_dictionaries({}, optional=dict.fromkeys(["categories", "users", "topics"], ANYTHING)),
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=80, deadline=None
)
def test_whatever_stands_in_it_every_post_is_there_or_counted(tmp_path, posts, topic, lists):
    whole = {"post_stream": {"posts": posts}, **topic}
    members = {"a.json": json.dumps({"latest_posts": []}), "b.json": json.dumps(whole), "c.json": json.dumps(lists)}

    records = records_of(a_zip(tmp_path / "any.zip", members))

    said = [one for one in records if isinstance(one, ThreadRecord | ReplyRecord)]
    came = [one for one in said if not getattr(one, "is_stand_in", False)]
    assert len(came) + sum(reasons_in(records, Skipped).values()) == len(posts)
    people, seen = {one.key for one in of_kind(PersonRecord, records)}, set()
    for one in said:
        assert one.key not in seen
        assert one.author_key in people
        if isinstance(one, ReplyRecord):
            assert one.thread_key in seen
            assert not one.answers_key or one.answers_key in seen
        seen.add(one.key)
