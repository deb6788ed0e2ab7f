"""Questions as they are typed or pasted."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.features.asks.errors import QuestionIsUnclear
from heard.features.asks.rules import Draft, as_typed, chosen, typed

PASTED = """
1. If you make a mistake on this team, it is often held against you. (R)
2. Members of this team are able to bring up problems and tough issues.
  • It is safe to take a risk on this team.
- People on this team sometimes reject others for being different. (reversed)
[Reversed] It is difficult to ask other members of this team for help.
[choose] Which shift suits you? | Early | Late |
"""


def test_a_pasted_questionnaire_is_read_as_it_was_meant():
    assert [(draft.text, draft.is_reversed) for draft in typed(PASTED)] == [
        ("If you make a mistake on this team, it is often held against you.", True),
        ("Members of this team are able to bring up problems and tough issues.", False),
        ("It is safe to take a risk on this team.", False),
        ("People on this team sometimes reject others for being different.", True),
        ("It is difficult to ask other members of this team for help.", True),
        ("Which shift suits you?", False),
    ]
    assert typed(PASTED)[-1].options == ("Early", "Late")


@pytest.mark.parametrize(
    "line", ["360 degrees of feedback are enough.", "3D printing helps me.", "-5 degrees is too cold."]
)
def test_a_number_that_belongs_to_the_words_stays(line: str):
    assert typed(line)[0].text == line


@pytest.mark.parametrize("line", ["[reversed]", "(R)", "1. ", "–", "[choose] | a | b", "[]", "[nonsense] Hm", "\u200b"])
def test_what_has_no_words_or_no_kind_is_refused_in_one_sentence(line: str):
    with pytest.raises(QuestionIsUnclear):
        typed(line)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("[choose] Which? | Early | | Late", "has no words"),
        ("[choose] Which? | Early | \u200b | Late", "has no words"),
        ("[choose] Which? | Early shift | early  SHIFT", "are the same"),
        ("[choose] Which? | Early | Early\u200b", "are the same"),
    ],
)
def test_answers_that_say_nothing_or_the_same_are_refused(line: str, why: str):
    with pytest.raises(QuestionIsUnclear, match=why):
        typed(line)


def test_answers_that_differ_by_a_sign_are_two():
    assert typed("[choose] For how long? | < 5 years | > 5 years")[0].options == ("< 5 years", "> 5 years")
    assert typed("[choose] कौन? | कि | की")[0].options == ("कि", "की")


@given(st.text(max_size=120))
def test_whatever_is_pasted_is_read_or_refused(words: str):
    try:
        drafts = typed(words)
    except QuestionIsUnclear:
        return
    assert all(draft.text.strip() for draft in drafts)


def test_what_was_read_is_typed_the_same_way_again():
    drafts = [*chosen(["trust-7", "recommend-1"]), *typed(PASTED), Draft("recommend", "How well do you sleep?")]
    ready, own = as_typed(drafts)
    assert ready == ["trust-7", "recommend-1"]
    assert [*chosen(ready), *typed(own)] == drafts


@given(
    st.text("We aretoldthuäñ5日本", min_size=3),
    st.lists(
        st.tuples(st.integers(0, 40), st.text(" .,!?…’—\t\n\u00a0\u00ad\u200b\u2024\u2060\u3164\ufe0f\U000e0020"))
    ),
    st.sampled_from([str.upper, str.lower, str.swapcase, str.title]),
)
def test_points_spaces_case_and_what_is_not_seen_make_no_other_question(
    text: str, between: list[tuple[int, str]], change: Callable[[str], str]
):
    other = change(text)
    for place, what in between:
        other = other[:place] + what + other[place:]
    asked, options = f"Are {text}", ("Early", text)
    assert Draft("choice", asked, options).topic == Draft("choice", f"Are{other}", (other, "early!")).topic


@pytest.mark.parametrize("other", ["Wе аrе told the truth.", "WE ARE TOLD THE TRUTH", "Wé are töld the truth?"])
def test_letters_that_look_the_same_make_no_other_question(other: str):
    assert Draft("agree", other).topic == Draft("agree", "We are told the truth.").topic


@pytest.mark.parametrize(
    "other",
    [
        Draft("agree", "We are told the truths."),
        Draft("comment", "We are told the truth."),
        Draft("choice", "We are told the truth.", ("Yes", "No")),
    ],
    ids=["other words", "other kind", "a choice"],
)
def test_what_reads_otherwise_is_another_question(other: Draft):
    assert other.topic != Draft("agree", "We are told the truth.").topic


def test_signs_alone_are_told_apart():
    thumbs = Draft("choice", "How?", ("👍", "👎")).topic
    assert thumbs != Draft("choice", "How?", ("👍", "🤷")).topic
    assert thumbs == Draft("choice", "How?", ("👎", "👍\ufe0f\u200d")).topic
