"""What Slack would show, Markdown shows."""

import pytest

from heard.features.arrivals.formats.references import (
    community_reference,
    message_reference,
    person_reference,
    references,
    resolve_references,
)
from heard.features.arrivals.formats.slack_text import Labels, markdown

ANNA = person_reference("U1", "Anna Lind")


@pytest.fixture
def labels():
    """Anna, one open and one private channel."""
    return Labels(people={"U1": "Anna Lind"}, channels={"C1": "general", "G1": ""})


@pytest.mark.parametrize(
    ("slack", "shown"),
    [
        ("*bold* and _slanted_ and ~gone~", "**bold** and _slanted_ and ~~gone~~"),
        ("*_both_*", "**_both_**"),
        ("(*in brackets*)", "(**in brackets**)"),
        ("2*3*4 and snake_case_name", r"2\*3\*4 and snake_case_name"),
        ("__init__.py", r"\_\_init\_\_.py"),
        ("a lone * star", "a lone * star"),
        ("`a *b* &lt;c&gt;`", "`a *b* <c>`"),
        ("a &amp; b &lt;div&gt; &amp;copy;", r"a & b <div> \&copy;"),
        ("# no heading", r"\# no heading"),
        ("#tag stays", "#tag stays"),
        ("• one\n    ◦ two", "- one\n    - two"),
        ("&gt; said\nanswered", "> said\n\nanswered"),
        ("&gt;&gt;&gt; all\nof it", "> all\n> of it"),
        ("1. one\nnext", "1. one\n\nnext"),
        (":wave: :+1::skin-tone-3: :party_parrot: 10:30:45", "👋 👍🏼 :party_parrot: 10:30:45"),
        ("line\nline", "line\nline"),
        ("mail me@home.org or @anna", r"mail me@home.org or \@anna"),
    ],
)
def test_marks_mean_what_they_meant(labels, slack, shown):
    assert markdown(slack, labels) == shown


def test_code_keeps_every_sign_of_it(labels):
    slack = "see ```if (a &lt; b) {\n    *p = _x_;\n}``` there <@U1>"

    assert markdown(slack, labels) == f"see\n```\nif (a < b) {{\n    *p = _x_;\n}}\n```\n there {ANNA}"


def test_code_with_a_fence_in_it_gets_a_longer_one(labels):
    assert markdown("```a `b` c```", labels).startswith("```\na `b` c\n```")


@pytest.mark.parametrize(
    ("slack", "shown"),
    [
        ("<@U1>", ANNA),
        ("<@u1>", ANNA),
        ("<@U1|anna>", ANNA),
        ("<@U9|otto>", r"\@otto"),
        ("<@U9>", "@?"),
        ("<#C1|general>", community_reference("C1", "general")),
        ("<#c1>", community_reference("C1", "general")),
        ("<#G1>", community_reference("G1", "#")),
        ("<#C9|gone>", r"#gone"),
        ("<!here> <!channel|channel> <!everyone>", r"\@here channel \@everyone"),
        ("<!subteam^S1|@bakers>", r"\@bakers"),
        ("<!date^1392734382^Posted {date_num}|Posted 2014-02-18>", "Posted 2014-02-18"),
    ],
)
def test_names_become_references_or_plain_words(labels, slack, shown):
    assert markdown(slack, labels) == shown


@pytest.mark.parametrize(
    ("slack", "shown"),
    [
        ("<https://example.org/a_b_c>", "<https://example.org/a_b_c>"),
        ("<https://example.org/x|the *page*>", r"[the \*page\*](https://example.org/x)"),
        ("<https://example.org|example.org>", "<https://example.org>"),
        ("<https://example.org/?a=1&amp;b=2>", "<https://example.org/?a=1&b=2>"),
        ("<https://example.org/(x)|x>", "[x](<https://example.org/(x)>)"),
        ("<mailto:anna@example.org|anna@example.org>", "anna@example.org"),
        ("<tel:+46123|+46123>", "+46123"),
        ("<javascript:alert(1)|press>", "press"),
        ("<slack://channel?id=C1|open>", "open"),
    ],
)
def test_links_lead_where_they_led(labels, slack, shown):
    assert markdown(slack, labels) == shown


@pytest.mark.parametrize(
    "slack",
    [
        "<https://files.slack.com/files-pri/T1-F1/plan.pdf?t=xoxe-1234567890|plan.pdf>",
        "<https://team.slack.com/files/U1/F1/plan.pdf|plan.pdf>",
        "<https://slack-files.com/T1-F1-abcdef|plan.pdf>",
        "https://files.slack.com/files-pri/T1-F1/plan.pdf?t=xoxe-1234567890 plan.pdf",
        "<https://join.slack.com/t/team/shared_invite/zt-abc|plan.pdf>",
    ],
)
def test_addresses_that_open_files_are_left_out(labels, slack):
    shown = markdown(slack, labels)

    assert "plan.pdf" in shown
    assert "slack" not in shown
    assert "xox" not in shown


def test_secrets_are_cut_out_of_other_links_and_counted(labels):
    shown = markdown("<https://s3.example.org/f?X-Amz-Signature=abc&amp;v=1> and <https://a:pw@example.org/>", labels)

    assert shown == "<https://s3.example.org/f?v=1> and <https://example.org/>"
    assert labels.secrets == 2


def test_a_link_to_a_message_becomes_a_reference(labels):
    shown = markdown("<https://team.slack.com/archives/C1/p1577836800000100?thread_ts=1|look>", labels)

    assert shown == message_reference("C1/1577836800.000100", "look")
    assert references(shown) == [("message", "C1/1577836800.000100")]


def test_signs_that_stand_for_references_cannot_be_smuggled_in(labels):
    assert references(markdown("\ue000person\ue002U1\ue002x\ue001 \x00\ud83d", labels)) == []


def test_references_are_resolved_one_by_one():
    text = f"{ANNA} in {community_reference('C1', 'general')}"

    assert resolve_references(text, lambda kind, key, label: f"<{kind} {key} {label}>") == (
        "<person U1 Anna Lind> in <community C1 general>"
    )
