"""Rich text, layouts and attachments say in Markdown what they said in Slack."""

import pytest

from heard.features.arrivals.formats.references import person_reference
from heard.features.arrivals.formats.slack_blocks import attached, layout
from heard.features.arrivals.formats.slack_rich_text import rich_text
from heard.features.arrivals.formats.slack_text import Labels


@pytest.fixture
def labels():
    """Anna alone."""
    return Labels(people={"U1": "Anna Lind"})


def rich(*elements):
    """Blocks of rich text."""
    return [{"type": "rich_text", "elements": list(elements)}]


def line(*elements):
    """A line of it."""
    return {"type": "rich_text_section", "elements": list(elements)}


def text(words, **style):
    """Words in a style."""
    return {"type": "text", "text": words, "style": style} if style else {"type": "text", "text": words}


def test_neighbours_of_one_style_share_its_marks(labels):
    emoji = {"type": "emoji", "name": "wave", "style": {"bold": True}}
    blocks = rich(line(text("Hello ", bold=True), {"type": "user", "user_id": "U1", "style": {"bold": True}}, emoji))

    assert rich_text(blocks, labels) == f"**Hello {person_reference('U1', 'Anna Lind')}👋**"


def test_marks_stand_where_markdown_sees_them(labels):
    blocks = rich(
        line(text("by "), text(" tomorrow (", bold=True), text("at noon"), text("a\nb", italic=True, bold=True))
    )

    assert rich_text(blocks, labels) == "by  **tomorrow** (at noon**_a_**\n**_b_**"


def test_lists_quotes_and_code_keep_their_shape(labels):
    blocks = rich(
        line(text("Do:\n")),
        {"type": "rich_text_list", "style": "ordered", "elements": [line(text("knead")), line(text("wait\nlong"))]},
        {"type": "rich_text_list", "style": "bullet", "indent": 1, "elements": [line(text("two hours"))]},
        {"type": "rich_text_list", "style": "ordered", "offset": 2, "elements": [line(text("bake"))]},
        {"type": "rich_text_quote", "elements": [text("slow\nand steady")]},
        {"type": "rich_text_preformatted", "elements": [text("oven *250*"), {"type": "link", "url": "https://x.org"}]},
        line(text("run "), text("a`b", code=True), text(" & <c> *d*")),
    )

    assert rich_text(blocks, labels) == (
        "Do:\n\n1. knead\n2. wait\n    long\n    - two hours\n3. bake\n\n> slow\n> and steady\n\n"
        "```\noven *250*https://x.org\n```\nrun `` a`b `` & <c> \\*d\\*"
    )


def test_what_nobody_knows_yet_leaves_the_word_to_the_plain_text(labels):
    assert rich_text(rich(line({"type": "hologram"})), labels) == ""
    assert rich_text([{"type": "section"}, None, 3], labels) == ""
    assert rich_text("x", labels) == ""


def test_an_apps_layout_says_its_words_and_no_buttons(labels):
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": "Build #7"}},
        {
            "type": "section",
            "text": {"type": "mrkdwn", "text": "*Green*"},
            "fields": [{"type": "mrkdwn", "text": "_fast_"}],
        },
        {"type": "divider"},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "by <@U1>"}, {"type": "image", "alt_text": "x"}]},
        {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Again"}}]},
        {"type": "image", "alt_text": "a chart", "title": {"type": "plain_text", "text": "Chart"}},
    ]

    said = layout(blocks, labels)

    assert said == f"Build #7\n\n**Green**\n_fast_\n\nby {person_reference('U1', 'Anna Lind')}\n\nChart\na chart"


def test_attachments_are_quoted_and_previews_left_out_unless_nothing_else_is_said(labels):
    preview = {"from_url": "https://x.org", "title": "A page", "title_link": "https://x.org"}
    shared = {
        "is_share": True,
        "from_url": "https://t.slack.com/archives/C1/p1",
        "author_name": "Bo",
        "text": "said *so*",
    }
    ticket = {"pretext": "New:", "fields": [{"title": "State", "value": "open"}, {"value": "urgent"}], "fallback": "no"}

    assert attached([preview, shared, ticket], labels, also_previews=False) == (
        "> **Bo**\n> said **so**\n\n> New:\n> State: open\n> urgent"
    )
    assert attached([preview], labels, also_previews=True) == "> [A page](https://x.org)"
    assert attached([{"fallback": "Only this"}], labels, also_previews=False) == "> Only this"
