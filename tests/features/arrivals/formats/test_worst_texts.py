"""No text takes the square of its length to read: one of half a megabyte, as bad as can be, is read at once."""

import signal
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from heard.features.arrivals.formats import from_html, messages_told, people_csv, slack_text
from heard.features.arrivals.formats.bare_text import bare
from heard.features.arrivals.formats.columns import field_of
from heard.features.arrivals.formats.discourse_html import Cooked
from heard.features.arrivals.formats.discourse_raw import Raw
from heard.features.arrivals.formats.discourse_site import Site
from heard.features.arrivals.formats.mattermost_text import Names
from heard.features.arrivals.formats.messages_text import Words as TableWords
from heard.features.arrivals.formats.stackexchange_text import Words as StackWords
from heard.features.arrivals.formats.teams_text import Words as TeamsWords
from heard.features.arrivals.formats.yammer_text import pages_in
from heard.features.arrivals.formats.zulip_html import ZulipHtml
from heard.features.arrivals.formats.zulip_links import Places
from heard.features.arrivals.formats.zulip_markdown import ZulipMarkdown

LENGTH = 500_000
# Far above what any of them takes on a slow machine, far below what the square of the length would.
SECONDS = 60


def site() -> Site:
    archive, found = SimpleNamespace(names=[]), SimpleNamespace(categories={})
    return Site(
        cast(Any, archive), "talk.example.org", cast(Any, found), cast(Any, SimpleNamespace(key_of=lambda _name: ""))
    )


def places() -> Places:
    return Places(lambda _channel, _topic: "")


def stack() -> StackWords:
    people, nothing = SimpleNamespace(name_of=lambda _key: ""), SimpleNamespace(target=lambda _address: ("", ""))
    return StackWords(cast(Any, people), cast(Any, nothing))


def told(text: str) -> None:
    part = messages_told.reaction_in(text)
    people_csv.levels_in(f"a{text}b")
    assert part is None


READERS: dict[str, tuple[Callable[[str], Any], list[str]]] = {
    "slack": (
        lambda text: slack_text.markdown(text, slack_text.Labels()),
        ["\n", " \n", "\n ", " _a", "*a ", "<@", "`a", "```", "&", ":a", "[a](", "> "],
    ),
    "html": (
        lambda text: from_html.Html().markdown(text),
        ["<@", "<@U1|", "](@", "`@a ", "```\n@", "[a](@", "&lt;@", "\n", "![", "@"],
    ),
    "cooked": (
        lambda text: Cooked(site()).markdown(f"<p></p>{text}"),
        ['<aside class="quote" ', '<aside class="onebox" ', '<aside class="onebox"><h3<a', "<@"],
    ),
    "quoted": (
        lambda text: Cooked(site()).markdown(
            f'<aside class="quote"><div class="title">{text}</div><blockquote>a</blockquote></aside>'
        ),
        ["<", "<a"],
    ),
    "raw": (
        lambda text: Raw(site()).markdown(text, ""),
        [" $_", "_", "$_", "`a\n", "[![](a", "[a[a", ":a", "#1", "<!--", "@a", "http://a)", "http://a/t/a"],
    ),
    "raw address": (lambda text: Raw(site()).markdown(f"http://a{text}", ""), [")", "(", "a", "/t/"]),
    "raw formula": (lambda text: Raw(site()).markdown(f"${text}", ""), ["_", "a_"]),
    "site": (lambda text: site().reference(f"/t/{text}", ""), ["a", "1", "a1"]),
    "comment": (lambda text: stack().comment(text, {}), ["`a", "[a", "[a](http://b", "**a", "_a", "@a", "*a "]),
    "mattermost": (
        lambda text: Names({}).markdown(f"@{text}", "team"),
        ["![", "![](http://a", "`a", "```\n", "~a", ":a", "@a", "a."],
    ),
    "mattermost code": (lambda text: Names({}).markdown("@ " + "`" * len(text) + text, "team"), ["a", "a\n"]),
    "mattermost name": (lambda text: Names({}).markdown(f"@a{text}", "team"), [".", "_"]),
    "table": (lambda text: TableWords().of(text), ["`a", "```", "<p ", "@a", "http://a"]),
    "cells": (told, [" ", " a", "> ", "(("]),
    "header": (field_of, ["(", "(a", "*"]),
    "teams": (
        lambda text: TeamsWords({}, {}).of({"Body": {"Content": text, "ContentType": "html"}}, "c"),
        ["<codeblock ", "<at ", "<@"],
    ),
    "plain": (bare, ["\n", "    ", "-", "http://a.", "&a"]),
    "address": (lambda text: bare(f"http://{text}a"), [".", "*", ")"]),
    "pages": (
        lambda text: list(pages_in(text, "")),
        ["opengraphobject:[1 : ", 'opengraphobject:[1 : a : title="', ' : title="a" : description="'],
    ),
    "page": (
        lambda text: list(pages_in(f"opengraphobject:[1 : {text}", "")),
        [' : title="', ' : title="a" : description="', '" : description="'],
    ),
    "zulip": (
        lambda text: ZulipMarkdown(places(), lambda _name: "").markdown(text),
        ["`a", "```", "@**a", "[a", "[a](b", "$$a", ":a", "<time:a", "```quote\n", "#**a>"],
    ),
    "zulip fence": (
        lambda text: ZulipMarkdown(places(), lambda _name: "").markdown(f"```{text}`"),
        ["a", "a ", "~", " "],
    ),
    "zulip upload": (
        lambda text: ZulipMarkdown(places(), lambda _name: "").markdown(f"https://a/user_uploads/1/a/1x{text}("),
        ["1", "1x"],
    ),
    "zulip html": (
        lambda text: ZulipHtml(places(), lambda _key, _label: "").markdown(f"<span {text}>"),
        ['class="emoji emoji-1f"', '<span class="user-mention"', '<span class="katex">', '<div class="codehilite"'],
    ),
}


def in_time(read: Callable[[str], Any], text: str) -> None:
    """Reads a text, or is stopped."""

    def stop(*_signal: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        read(text)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("name", READERS)
def test_the_worst_texts_of_a_format_are_read_in_time(name):
    read, parts = READERS[name]
    for part in parts:
        in_time(read, part * (LENGTH // len(part)))


@pytest.mark.parametrize("name", READERS)
def test_ever_other_runs_of_backticks_are_read_in_time(name):
    runs = range(1, 900)
    for lengths in (runs, reversed(runs)):
        in_time(READERS[name][0], "@ " + "".join("`" * length + "a" for length in lengths))
