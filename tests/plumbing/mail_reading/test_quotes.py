"""Of a mail its own words are kept, in the ways that mail readers quote, and nothing else is ever lost."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.plumbing.mail.reading import own_words

LETTERS = sorted((Path(__file__).parent / "letters").glob("*.txt"))
"""What arrives, a line of `====`, and what is kept."""


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_the_words_are_kept_and_what_is_quoted_is_not(path: Path) -> None:
    arrived, _line, kept = path.read_text("utf-8").partition("\n====\n")
    assert own_words(arrived.replace("-- \n", "-- \n")) == kept.rstrip("\n")


LINE = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=60)


@given(st.lists(LINE, max_size=12))
def test_a_mail_that_quotes_nothing_is_kept_word_for_word(lines: list[str]) -> None:
    lines = [line for line in lines if not set(line) & set(">⸺-_=*") and "@" not in line and ":" not in line]
    lines = [line for line in lines if "：" not in line and "sent" not in line.lower()]
    assert own_words("\n".join(lines)).split() == "\n".join(lines).replace("\u200b", " ").split()


@given(st.text(max_size=400))
def test_any_text_becomes_part_of_itself(text: str) -> None:
    kept = own_words(text)
    assert all(line in text for line in kept.split("\n"))


def test_lines_that_might_introduce_a_quotation_are_looked_at_once() -> None:
    lines = ["a@ wrote:"] * 40_000 + ["> quoted", "No."]
    assert own_words("\n".join(lines)).endswith("No.")
