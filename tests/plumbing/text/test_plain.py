"""Plain text and the beginning of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.plumbing.text import MESSAGE_LIMIT, TITLE_LIMIT, TextIsTooLong, check_length, excerpt, plain


def test_plain_text_keeps_handles_as_typed():
    assert plain("**Hello** @joana, see #Friday") == "Hello @joana, see #Friday"


def test_a_short_text_is_its_own_excerpt():
    assert excerpt(" one\n two ", 7) == "one two"


def test_an_excerpt_ends_at_a_word():
    assert excerpt("one two three four", 14) == "one two three…"
    assert excerpt("one two three four", 12) == "one two…"
    assert excerpt("one two, three", 9) == "one two…"


def test_one_long_word_is_cut():
    assert excerpt("a" * 50, 10) == "a" * 9 + "…"


def test_an_emoji_is_never_cut_in_two():
    assert excerpt("abc👩\u200d💻👩\u200d💻 abc", 6) == "abc…"
    assert excerpt("abc👍🏽👍🏽👍🏽", 5) == "abc…"
    assert excerpt("abce\u0301e\u0301e\u0301e\u0301", 5) == "abc…"


@given(st.text(), st.integers(0, 80))
def test_an_excerpt_fits_and_is_one_line(text, n):
    short = excerpt(text, n)
    assert len(short) <= n
    assert "\n" not in short


@pytest.mark.parametrize("limit", [MESSAGE_LIMIT, TITLE_LIMIT])
def test_a_text_that_is_too_long_says_by_how_much(limit):
    check_length("a" * limit, limit)
    with pytest.raises(TextIsTooLong, match=f"1,200 characters too long: {limit:,} fit"):
        check_length("a" * (limit + 1_200), limit)
    with pytest.raises(TextIsTooLong, match="1 character too long"):
        check_length("a" * (limit + 1), limit)
