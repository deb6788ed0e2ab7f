"""What counts as one emoji, and what the short names of chat mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.plumbing.text.emoji import as_emoji, from_short_name, is_emoji


@pytest.mark.parametrize(
    "emoji",
    [
        "👍",
        "👍🏽",
        "❤️",
        "❤",
        "👩\u200d💻",
        "👩🏽\u200d💻",
        "👨\u200d👩\u200d👧\u200d👦",
        "🏳️\u200d🌈",
        "🏴\u200d☠️",
        "🇵🇹",
        "1️⃣",
        "#⃣",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "🫱🏻\u200d🫲🏿",
        "👁️\u200d🗨️",
        "☝🏿",
        "🧑\u200d🧑\u200d🧒\u200d🧒",
        "©️",
    ],
)
def test_one_emoji_is_one(emoji):
    assert is_emoji(emoji)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ab",
        "a",
        "1",
        "#",
        "👍👍",
        "👍 ",
        " 👍",
        "👍a",
        "🇵",
        "🇵🇹🇵🇹",
        "\u200d",
        "️",
        "👍\u200d",
        "🎂🏽",
        "★",
        "日",
        ":+1:",
        "\n👍",
        "👍\n",
        "👍\u200d" * 30 + "👍",
        "🏴\U000e0067",
        "⃣",
        "�",
    ],
)
def test_anything_else_is_not(text):
    assert not is_emoji(text)


@given(st.text(max_size=4))
def test_letters_are_never_emoji(text):
    if any(character.isalpha() for character in text):
        assert as_emoji(text) is None


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("❤", "❤️"),
        ("❤️", "❤️"),
        ("👍️", "👍"),
        ("☝️🏽", "☝🏽"),
        ("3⃣", "3️⃣"),
        ("🏳\u200d🌈", "🏳️\u200d🌈"),
        ("🕵\u200d♂", "🕵️\u200d♂️"),
    ],
)
def test_an_emoji_has_one_spelling(typed, full):
    assert as_emoji(typed) == full
    assert as_emoji(full) == full


@pytest.mark.parametrize(
    ("name", "emoji"),
    [
        ("thumbsup", "👍"),
        (":+1:", "👍"),
        (":+1::skin-tone-3:", "👍🏼"),
        ("+1::skin-tone-6", "👍🏿"),
        ("heart", "❤️"),
        ("flag-pt", "🇵🇹"),
        ("jp", "🇯🇵"),
        ("flag-scotland", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"),
        ("hash", "#️⃣"),
        ("male-technologist::skin-tone-4", "👨🏽\u200d💻"),
        ("woman-shrugging::skin-tone-2", "🤷🏻\u200d♀️"),
        ("point_up::skin-tone-5", "☝🏾"),
        ("handshake::skin-tone-2-6", "🫱🏻\u200d🫲🏿"),
        ("people_holding_hands::skin-tone-2::skin-tone-3", "🧑🏻\u200d🤝\u200d🧑🏼"),
        ("birthday::skin-tone-3", "🎂"),
        ("Tada", "🎉"),
    ],
)
def test_a_short_name_of_chat_is_an_emoji(name, emoji):
    assert from_short_name(name) == emoji
    assert as_emoji(emoji) == emoji


@pytest.mark.parametrize("name", ["", ":", "our-logo", "+1::skin-tone-9", "👍", "flag-x", "a b", "::"])
def test_a_name_of_an_organisations_own_is_none(name):
    assert from_short_name(name) is None


@given(st.text())
def test_no_name_is_an_error(name):
    emoji = from_short_name(name)
    assert emoji is None or is_emoji(emoji)
