"""What `heard speak take` compares before it draws a token: the words of the questions with those of everybody."""

import json
from typing import Any

import pytest

from heard.cli import taking
from heard.features.ballots.actions import Question
from heard.features.ballots.queries import published
from heard.features.ballots.rules import words_digest
from tests.features.ballots.speaking import a_ballot, new_group

pytestmark = pytest.mark.django_db
ASKED = [{"code": "where", "text": "Where?", "options": ["Depot", "Road"], "is_reversed": False}]


@pytest.fixture
def page(monkeypatch) -> dict[str, Any]:
    """What the server tells a member of a ballot; what it publishes is read where it lies."""
    group = new_group()
    questions = [Question("where", "choice", options=2)]
    ballot = a_ballot(group, questions=questions, words=words_digest("How are we?", "", ASKED))
    monkeypatch.setattr(taking, "cookieless_origin", lambda url: url)
    monkeypatch.setattr(taking, "checked_keys", lambda _origin, ballot: (json.loads(published(ballot)), {}))
    told = {"ballot": ballot, "group": group, "group_name": "Depot", "invited": 7, "nth": 1, "what": "pulse"}
    return told | {"title": "How are we?", "intro": "", "questions": ASKED, "opens": "", "closes": ""}


def test_who_is_asked_in_the_words_of_everybody_draws_a_token(page):
    assert len(taking.drawn("", page).tokens) == 1


@pytest.mark.parametrize("changed", [{"text": "Where"}, {"options": ["Road", "Depot"]}, {"is_reversed": True}])
def test_who_would_be_asked_in_other_words_than_everybody_draws_none(page, changed, capsys):
    with pytest.raises(SystemExit):
        taking.drawn("", page | {"questions": [ASKED[0] | changed]})
    assert "not worded for you as they are for everybody" in capsys.readouterr().err


def test_hours_are_those_that_everybody_is_given_whatever_one_is_told(page):
    own = taking.drawn("", page | {"what": "poll", "opens": "2001-01-01T08:00Z", "closes": "2001-01-02T08:00Z"})
    everybody = json.loads(published(page["ballot"]))
    assert [own.page[name] for name in ("what", "opens", "closes")] == [
        everybody[name] for name in ("what", "opens", "closes")
    ]


def test_who_is_given_more_tokens_than_everybody_draws_none(page, capsys):
    with pytest.raises(SystemExit):
        taking.drawn("", page | {"nth": 2})
    assert "another number of tokens than everybody" in capsys.readouterr().err
