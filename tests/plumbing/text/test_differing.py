"""What changed between two texts, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from heard.plumbing.text import differences

WORDS = st.lists(st.sampled_from(["van", "vans", "late", "  ", "\n", "the"]), max_size=20).map(" ".join)


def test_words_that_stay_are_not_called_new():
    assert differences("The van is late again", "The van was late") == [
        ("same", "The van "),
        ("gone", "is"),
        ("new", "was"),
        ("same", " late"),
        ("gone", " again"),
    ]


def test_nothing_is_marked_where_nothing_changed():
    assert differences("", "") == []
    assert differences("Vans", "Vans") == [("same", "Vans")]


def test_a_text_rewritten_from_end_to_end_is_not_compared_word_by_word():
    before, after = "old " * 5_000, "new " * 5_000
    assert differences(before, after)[:2] == [("gone", before.rstrip()), ("new", after.rstrip())]


@given(WORDS, WORDS)
def test_the_pieces_make_up_both_texts(before, after):
    found = differences(before, after)
    assert "".join(words for sort, words in found if sort != "new") == before
    assert "".join(words for sort, words in found if sort != "gone") == after
