"""A token that a browser printed, read at the command line."""

import json
import zlib
from pathlib import Path

import pytest
from django.utils import timezone

from heard.cli import carried, taking
from heard.cli.speak import take_one
from heard.features.ballots.actions import Question
from heard.features.ballots.queries import published
from heard.features.ballots.rules import words_digest
from heard.plumbing import base64url
from tests.features.ballots.speaking import Token, a_ballot, a_token, forged, new_group

pytestmark = pytest.mark.django_db
ASKED = [{"code": "where", "text": "Where?", "options": ["Depot", "Road"], "is_reversed": False}]
WORDS = ["How are we?", "Depot", "", [[0, "Where?", "Depot", "Road"]]]


@pytest.fixture
def token(monkeypatch) -> Token:
    """A token for one question; what the server publishes is read where it lies."""
    group = new_group()
    words = words_digest("How are we?", "", ASKED)
    ballot = a_ballot(group, questions=[Question("where", "choice", options=2)], words=words)
    monkeypatch.setattr(carried, "cookieless_origin", lambda url: url)
    monkeypatch.setattr(taking, "checked_keys", lambda _origin, ballot: (json.loads(published(ballot)), {}))
    return a_token(ballot, group)


def line_of(token: Token, words: object = None) -> str:
    """The line as carried.js makes it."""
    ids = bytes.fromhex(token.ballot + token.group)
    bare = f"heard1.{base64url.encode(token.prefix + token.signature + ids)}"
    if words is None:
        return bare
    packing = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return f"{bare}.{base64url.encode(packing.compress(json.dumps(words).encode()) + packing.flush())}"


def test_a_printed_token_is_read_however_it_was_pasted(token, tmp_path):
    line = line_of(token)
    (tmp_path / "token.txt").write_text(f"https://x.example/speak/#token={line[:80]}\n {line[80:]}\n")
    assert carried.line_in(carried.words_of(tmp_path / "token.txt")) == line
    assert carried.line_in(str(tmp_path / "token.txt")) is None
    assert carried.words_of(Path("no such file")) == ""
    file = carried.unpack(line, "https://x.example")
    assert (file.ballot, file.group, file.is_signed) == (token.ballot, token.group, True)
    assert file.page["questions"][0]["options"] == ["Answer 1", "Answer 2"]


def test_its_words_come_along_if_they_are_those_of_everybody(token, capsys):
    file = carried.unpack(line_of(token, WORDS), "https://x.example")
    assert (file.page["group_name"], file.page["questions"][0]["options"]) == ("Depot", ["Depot", "Road"])
    with pytest.raises(SystemExit):
        carried.unpack(line_of(token, [*WORDS[:3], [[0, "Where?", "Road", "Depot"]]]), "https://x.example")
    assert "not worded" in capsys.readouterr().err


@pytest.mark.parametrize("spoilt", ["heard1.", "heard1.AAAA", "heard1.%%", "heard1.AAAA.AAAA"])
def test_what_is_no_token_is_said_to_be_none(spoilt, capsys):
    with pytest.raises(SystemExit):
        carried.unpack(spoilt, "https://x.example")
    assert "cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], {}, 7, [1, 2, 3, 4], ["", "", "", [7]]])
def test_words_that_are_none_are_refused(token, words, capsys):
    with pytest.raises(SystemExit):
        carried.unpack(line_of(token, words), "https://x.example")
    assert "not worded" in capsys.readouterr().err


def test_a_token_that_nobody_signed_is_refused(token, capsys):
    with pytest.raises(SystemExit):
        carried.unpack(line_of(forged(token)), "https://x.example")
    assert "not signed here" in capsys.readouterr().err


@pytest.mark.parametrize(("what", "said"), [("pulse", "carry it from there"), ("voice", "speak there")])
def test_who_took_a_token_elsewhere_is_told_where_it_can_be_used(what, said, tmp_path):
    page = {"title": "", "what": what, "ballot": "0" * 32, "wait_until": "", "issued": True}
    assert said in take_one(None, "https://x.example", page, tmp_path, timezone.now())
