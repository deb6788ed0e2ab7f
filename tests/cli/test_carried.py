"""A token that a browser printed, read at the command line."""

import json
from pathlib import Path

import pytest
from django.utils import timezone

from heard.cli import carried, taking
from heard.cli.speak import take_one
from heard.features.ballots.actions import Question
from heard.features.ballots.queries import published
from heard.features.ballots.rules import new_words_key, sealed_words, words_digest
from heard.plumbing import base64url
from tests.features.ballots.speaking import Token, a_ballot, a_token, forged, new_group

pytestmark = pytest.mark.django_db
ASKED = [{"code": "where", "text": "Where?", "options": ["Depot", "Road"], "is_reversed": False}]
KEY = new_words_key()
SAID = ("How are we?", "Two minutes.", ASKED)


@pytest.fixture
def published_words() -> dict[str, str]:
    """What is published of the words."""
    return {"words": words_digest(*SAID), "sealed_words": sealed_words(KEY, *SAID)}


@pytest.fixture
def token(monkeypatch, published_words) -> Token:
    """A token for one question; what the server publishes is read where it lies."""
    group = new_group()
    ballot = a_ballot(group, questions=[Question("where", "choice", options=2)], **published_words)
    monkeypatch.setattr(carried, "cookieless_origin", lambda url: url)
    monkeypatch.setattr(taking, "checked_keys", lambda _origin, ballot: (json.loads(published(ballot)), {}))
    return a_token(ballot, group)


def line_of(token: Token, words_key: bytes = KEY) -> str:
    """The line as carried.js makes it."""
    ids = bytes.fromhex(token.ballot + token.group)
    return f"heard1.{base64url.encode(token.prefix + token.signature + ids + words_key)}"


def test_a_printed_token_is_read_however_it_was_pasted(token, tmp_path):
    line = line_of(token)
    (tmp_path / "token.txt").write_text(f"https://x.example/speak/#token={line[:80]}\n {line[80:]}\n")
    assert carried.line_in(carried.words_of(tmp_path / "token.txt")) == line
    assert carried.line_in(str(tmp_path / "token.txt")) is None
    assert carried.words_of(Path("no such file")) == ""
    file = carried.unpack(line, "https://x.example")
    assert (file.ballot, file.group, file.is_signed) == (token.ballot, token.group, True)


def test_its_questions_are_asked_in_the_words_that_everybody_is_asked(token):
    page = carried.unpack(line_of(token), "https://x.example").page
    assert (page["title"], page["intro"]) == SAID[:2]
    [question] = page["questions"]
    assert (question["text"], question["options"], question["kind"]) == ("Where?", ["Depot", "Road"], "choice")


@pytest.mark.parametrize(
    ("words_key", "said"),
    [(b"", "without the key"), (new_words_key(), "not those that everybody is asked")],
    ids=["no key", "another key"],
)
def test_where_the_words_cannot_be_had_it_says_so_and_asks_by_number_and_letter(token, words_key, said):
    page = carried.unpack(line_of(token, words_key), "https://x.example").page
    assert said in page["intro"]
    assert page["questions"][0]["text"].startswith("Question 1, as it stands")
    assert page["questions"][0]["options"] == ["Answer A", "Answer B"]


@pytest.mark.parametrize(
    "published_words",
    [
        {"words": words_digest(*SAID), "sealed_words": sealed_words(KEY, SAID[0], SAID[1], [ASKED[0] | {"text": "?"}])},
        {"words": words_digest("", "", []), "sealed_words": sealed_words(KEY, "", "", [])},
        {
            "words": words_digest("", "", [ASKED[0] | {"options": ["Depot"]}]),
            "sealed_words": sealed_words(KEY, "", "", [ASKED[0] | {"options": ["Depot"]}]),
        },
    ],
    ids=["other words", "fewer questions", "fewer options"],
)
def test_words_that_do_not_fit_are_not_shown(token):
    page = carried.unpack(line_of(token), "https://x.example").page
    assert "not those that everybody is asked" in page["intro"]
    assert page["questions"][0]["options"] == ["Answer A", "Answer B"]


def test_options_are_lettered_as_on_paper():
    assert [carried.letter(nth) for nth in (0, 25, 26, 52, 99)] == ["A", "Z", "AA", "BA", "CV"]


@pytest.mark.parametrize("spoilt", ["heard1.", "heard1.AAAA", "heard1.%%", "heard1.AAAA.AAAA"])
def test_what_is_no_token_is_said_to_be_none(spoilt, capsys):
    with pytest.raises(SystemExit):
        carried.unpack(spoilt, "https://x.example")
    assert "cannot be read" in capsys.readouterr().err


def test_a_token_that_nobody_signed_is_refused(token, capsys):
    with pytest.raises(SystemExit):
        carried.unpack(line_of(forged(token)), "https://x.example")
    assert "not signed here" in capsys.readouterr().err


@pytest.mark.parametrize(("what", "said"), [("pulse", "carry it from there"), ("voice", "speak there")])
def test_who_took_a_token_elsewhere_is_told_where_it_can_be_used(what, said, tmp_path):
    page = {"title": "", "what": what, "ballot": "0" * 32, "wait_until": "", "issued": True}
    assert said in take_one(None, "https://x.example", page, tmp_path, timezone.now())
