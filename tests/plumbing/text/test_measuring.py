"""No text holds up the others: what would be too much work, or too much to read, is shown as it was typed."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.plumbing.text import MESSAGE_LIMIT, plain, render
from heard.plumbing.text.measuring import LARGEST_HTML, is_much_work
from tests.plumbing.text.conftest import Company

SECONDS = 3.0
"""Far above what any of these takes, and far below what they took."""


def filled(words: str, before: str = "") -> str:
    """The longest message that begins with `before` and goes on with `words`."""
    return (before + words * MESSAGE_LIMIT)[:MESSAGE_LIMIT]


def table(columns: int) -> str:
    """The head of a table."""
    return "|".join(["a"] * columns) + "\n" + "|".join(["-"] * columns) + "\n"


HEAVY = {
    "lines below nineteen quotations": filled("a\n", "> " * 19),
    "lines below nine quotations": filled("a\n", "> " * 9),
    "lines below lists in quotations": filled("a\n", "- > - > - > "),
    "lines below lists by blanks": filled("a\n", "".join("  " * deep + "- a\n" for deep in range(9))),
    "a thousand columns": filled("a\n", table(1000)),
    "ten columns": filled("a\n", table(10)),
    "two columns and twenty thousand rows": filled("a\n", table(2)),
    "a table in a quotation": filled("> a\n", "> a|a\n> -|-\n"),
    "small tables": filled("a|b\n-|-\n\n"),
    "one address ten thousand times": filled("[a]", "[a]: http://x/" + "y" * 1900 + "\n\n"),
    "one long address six thousand times": filled("[a]", "[a]: http://x/" + "y" * 19000 + "\n\n"),
    "one title many times": filled("[a]", '[a]: /x "' + "y" * 19000 + '"\n\n'),
}


@pytest.mark.parametrize("source", HEAVY.values(), ids=list(HEAVY))
def test_what_would_be_too_much_is_shown_as_it_was_typed(company: Company, source: str) -> None:
    begun = time.process_time()
    rendered = render(source, link=company)
    assert time.process_time() - begun < SECONDS
    assert len(rendered.html) <= LARGEST_HTML
    assert rendered.html.startswith('<p dir="auto">')
    assert rendered.plain == source
    assert plain(source) == source


ORDINARY = {
    "a table of a hundred rows and ten columns": table(10) + ("|".join(["cell"] * 10) + "\n") * 100,
    "a long table": table(8) + ("|".join(["cell"] * 8) + "\n") * 400,
    "a correspondence": "".join("> " * (line % 6) + "as I wrote before\n" for line in range(800)),
    "code": "```\n" + ("    " * 6 + "return found - 1 | other\n") * 800 + "```\n",
    "lists": "".join("  " * (line % 5) + "- [ ] a thing to do\n" for line in range(1500)),
    "addresses": "see https://example.org/a/rather/long/address?with=query and [this](https://example.org)\n" * 300,
    "rules": "* * *\n\n- - - - -\n\n" * 300,
}


@pytest.mark.parametrize("source", ORDINARY.values(), ids=list(ORDINARY))
def test_what_people_write_is_rendered_however_long(company: Company, source: str) -> None:
    assert len(source) <= MESSAGE_LIMIT
    assert not is_much_work(source)
    assert render(source, link=company).plain != source


@given(st.text(alphabet="> -*+1.|:\n\ta[]()", max_size=2000))
def test_a_short_text_is_never_too_much(source: str) -> None:
    assert not is_much_work(source)
