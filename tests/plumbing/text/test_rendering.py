"""Markdown as a page shows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from heard.plumbing.text.markdown import parser

OUTSIDE = 'rel="nofollow noopener noreferrer"'


def test_a_line_break_is_kept(read):
    assert read("one\ntwo").html == '<p dir="auto">one<br>\ntwo</p>\n'


@pytest.mark.parametrize(
    ("typed", "shown"), [("#", "h3"), ("##", "h4"), ("###", "h5"), ("####", "h6"), ("######", "h6")]
)
def test_headings_stand_below_those_of_the_page(read, typed, shown):
    assert read(f"{typed} Words").html == f'<{shown} dir="auto">Words</{shown}>\n'


def test_a_line_under_words_is_a_rule_and_no_heading(read):
    assert read("words\n---\nmore").html == '<p dir="auto">words</p>\n<hr>\n<p dir="auto">more</p>\n'


def test_code_keeps_its_language_and_its_signs(read):
    assert read("```python\na < b\n```").html == '<pre><code class="language-python">a &lt; b\n</code></pre>\n'


def test_a_language_that_is_more_than_a_name_is_left_out(read):
    assert "class" not in read('```a"onclick=b\nx\n```').html


def test_tables_lists_and_strikethrough(read):
    assert read("| a | b |\n|:-:|--:|\n| 1 | ~~2~~ |").html == (
        '<table dir="auto">\n<thead>\n<tr>\n<th class="align-centre">a</th>\n<th class="align-right">b</th>\n</tr>\n'
        '</thead>\n<tbody>\n<tr>\n<td class="align-centre">1</td>\n<td class="align-right"><s>2</s></td>\n</tr>\n'
        "</tbody>\n</table>\n"
    )
    assert read("3. three\n4. four").html == '<ol start="3" dir="auto">\n<li>three</li>\n<li>four</li>\n</ol>\n'


def test_tasks_show_a_box(read):
    rendered = read("- [ ] write\n- [x] read\n- [link](/x/)")
    assert '<li class="task">☐ write</li>\n<li class="task">☑ read</li>\n<li><a' in rendered.html


def test_direction_is_found_where_a_text_begins_and_once(read):
    assert read("> - مرحبا\n> - b\n\nc").html == (
        '<blockquote dir="auto">\n<ul>\n<li>مرحبا</li>\n<li>b</li>\n</ul>\n</blockquote>\n<p dir="auto">c</p>\n'
    )


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://example.org", "https://example.org"),
        ("see https://example.org/a_b_c*d*.", "https://example.org/a_b_c*d"),
        ("(https://example.org/wiki/A_(b))", "https://example.org/wiki/A_(b)"),
        ("https://example.org/?a=1&b=2#c, and", "https://example.org/?a=1&amp;b=2#c"),
        ("**https://example.org**", "https://example.org"),
        ("HTTP://localhost:8000/x", "HTTP://localhost:8000/x"),
        ("见https://example.org/a。好", None),
        ("https://example.org/a。好", "https://example.org/a"),
        ("xhttps://example.org", None),
        ("https://", None),
        ("https:// example.org", None),
        ("ftp://example.org", None),
        ("`https://example.org`", None),
    ],
)
def test_a_bare_address_is_a_link_without_the_punctuation_after_it(read, typed, address):
    html = read(typed).html
    assert (f'<a href="{address}" {OUTSIDE}>' in html) if address else ("<a" not in html)


def test_links_inside_are_plain_and_links_outside_say_so(read):
    assert read("[a](/threads/1/)").html == '<p dir="auto"><a href="/threads/1/">a</a></p>\n'
    for address in ("https://example.org", "//example.org", "mailto:a@example.org"):
        assert OUTSIDE in read(f"[a]({address})").html
    assert read("[a](//example.org)").html == f'<p dir="auto"><a href="//example.org" {OUTSIDE}>a</a></p>\n'


def test_a_reference_is_a_link_where_it_is_used_and_words_where_it_is_not(read):
    assert read("[a][1]\n\n[1]: https://example.org").plain == "a"
    assert "[Agenda]: " in read("[Agenda]: https://example.org/").plain
    assert read("[Update]: tomorrow").plain == "[Update]: tomorrow"


def test_our_own_pictures_are_shown_and_others_are_links(read):
    assert read("![a *cat*](/files/ab/cat.webp)").html == (
        '<p dir="auto"><img src="/files/ab/cat.webp" alt="a cat" loading="lazy"></p>\n'
    )
    assert read("![a cat](https://example.org/cat.png)").html == (
        f'<p dir="auto"><a href="https://example.org/cat.png" {OUTSIDE}>a cat</a></p>\n'
    )
    assert read("![](https://example.org/cat.png)").plain == "https://example.org/cat.png"
    assert read("[![cat](https://example.org/cat.png)](/x/)").html == '<p dir="auto"><a href="/x/">cat</a></p>\n'


@pytest.mark.parametrize(
    "address",
    [
        "/files/../people/",
        "/files/a/../../b",
        "/files/..",
        "/files/%2e%2e/a",
        "//files/a",
        "/other/a.png",
        "/files/",
        "files/a.png",
    ],
)
def test_no_other_address_passes_for_a_picture_of_ours(read, address):
    assert "<img" not in read(f"![a](<{address}>)").html


def test_html_is_shown_as_it_was_typed(read):
    assert read("<b>bold</b>").html == '<p dir="auto">&lt;b&gt;bold&lt;/b&gt;</p>\n'


def test_plain_text_has_a_line_for_each_line_said(read):
    source = "# A\n\nb **c**\nd `e` &amp; \\*f\\*\n\n- g\n- h\n\n> i\n\n"
    source += "```\nj\n\nk\n```\n\n| l | m |\n|--|--|\n| n | o |\n\n---"
    assert read(source).plain == "A\nb c\nd e & *f*\ng\nh\ni\nj\nk\nl m\nn o"


def test_what_is_nested_too_deeply_to_be_shown_is_shown_as_typed(read):
    source = ">" * 40 + " deep"
    assert read(source).html == f'<p dir="auto">{"&gt;" * 40} deep</p>'
    assert read(source).plain == source


def test_what_is_far_too_long_is_shown_as_typed(read):
    source = "*a*\n" * 50_000
    assert read(source).html.startswith('<p dir="auto">*a*<br>\n*a*<br>')


PIECES = [
    "word",
    " ",
    "\n",
    "\n\n",
    "!",
    "![",
    "[",
    "]",
    "](",
    "](/a)",
    ")",
    "*",
    "**",
    "_",
    "~",
    "~~",
    "`",
    "``",
    "<",
    ">",
]
PIECES += [
    "<https://a.example>",
    ":",
    "://",
    "https://a.example/b",
    "&",
    "&amp;",
    "&#65;",
    "&x",
    "\\",
    "\\*",
    "- ",
    "> ",
    "é",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_stopping_at_fewer_places_finds_the_same(pieces):
    ours, theirs = parser(), parser()
    theirs.inline.terminator_re = MarkdownIt().inline.terminator_re
    assert ours.render("".join(pieces)) == theirs.render("".join(pieces))
