"""What members will read stands, as a digest, with the keys that everybody is given."""

import json
from hashlib import sha256

import pytest

from heard.features.ballots.queries import published
from heard.features.ballots.rules import words_digest
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
