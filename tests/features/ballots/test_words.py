"""What members will read stands, as a digest and sealed, with the keys that everybody is given."""

import json
from hashlib import sha256

import pytest

from heard.features.ballots.queries import published
from heard.features.ballots.rules import new_words_key, opened_words, sealed_words, words_digest
from heard.plumbing import base64url
from tests.features.ballots.speaking import a_ballot, new_group

WORDED = [
    {"code": "told", "kind": "agree", "text": "We are “told” the truth.", "options": [], "is_reversed": False},
    {"code": "where", "kind": "choice", "text": "Where?\n", "options": ["Depot", "Road"], "is_reversed": False},
]


def test_it_is_the_digest_of_what_is_read_as_json_without_spaces():
    whole = (
        '["Ä \\"b\\"","",[["told","We are “told” the truth.",[],false],["where","Where?\\n",["Depot","Road"],false]]]'
    )
    assert words_digest('Ä "b"', "", WORDED) == sha256(whole.encode()).hexdigest()


@pytest.mark.parametrize(
    "changed",
    [
        {"text": "Where"},
        {"options": ["Road", "Depot"]},
        {"options": ["Depot", "Road", ""]},
        {"is_reversed": True},
        {"code": "place"},
    ],
)
def test_any_other_wording_has_another_digest(changed):
    assert words_digest("", "", [WORDED[0], WORDED[1] | changed]) != words_digest("", "", WORDED)


def test_title_intro_and_order_count_too():
    digests = {
        words_digest("a", "b", WORDED),
        words_digest("ab", "", WORDED),
        words_digest("", "ab", WORDED),
        words_digest("a", "b", WORDED[::-1]),
    }
    assert len(digests) == 4


@pytest.mark.django_db
def test_everybody_is_given_it_with_the_keys():
    words = words_digest("How are we?", "", WORDED)
    assert json.loads(published(a_ballot(new_group(), words=words)))["words"] == words


def a_sealed(title: str = "How are we?") -> tuple[bytes, dict[str, str]]:
    """A key, and what is published of the words that it opens."""
    key, said = new_words_key(), (title, "Two minutes.", WORDED)
    return key, {"words": words_digest(*said), "sealed_words": sealed_words(key, *said)}


def test_whoever_has_the_key_reads_them():
    key, keys = a_sealed('Ä "b" ')
    title, intro, questions = opened_words(key, keys)
    assert (title, intro) == ('Ä "b" ', "Two minutes.")
    assert [one["text"] for one in questions] == [one["text"] for one in WORDED]
    assert (questions[1]["options"], questions[0]["is_reversed"]) == (["Depot", "Road"], False)


def test_another_key_or_other_words_than_the_digest_says_open_nothing():
    key, keys = a_sealed()
    _key, others = a_sealed("Who are we?")
    for wrong, published_words in (
        (new_words_key(), keys),
        (key, keys | {"words": others["words"]}),
        (key, keys | {"sealed_words": ""}),
        (key, keys | {"sealed_words": others["sealed_words"]}),
        (key, {"words": keys["words"]}),
    ):
        with pytest.raises(ValueError, match="^$"):
            opened_words(wrong, published_words)


def test_how_long_they_are_is_hardly_seen():
    longer = a_sealed("How are we today, all of us?")[1]["sealed_words"]
    assert len(longer) == len(a_sealed()[1]["sealed_words"])
    assert len(base64url.decode(longer)) == 12 + 4096 + 16


@pytest.mark.django_db
def test_everybody_is_given_them_sealed_with_the_keys():
    _key, keys = a_sealed()
    listed = json.loads(published(a_ballot(new_group(), **keys)))
    assert {name: listed[name] for name in keys} == keys
