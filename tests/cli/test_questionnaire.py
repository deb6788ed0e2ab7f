"""Questions at a terminal: the same digit chooses the same as on the page for answering."""

import pytest
import typer

from heard.cli import questionnaire


def chosen(kind: str, digit: int, monkeypatch: pytest.MonkeyPatch) -> object:
    """What is sent for a digit."""
    monkeypatch.setattr(typer, "prompt", lambda *_said, **_how: str(digit))
    return questionnaire.ask({"code": "q1", "kind": kind, "options": ["Depot", "Road"]}, 100)


@pytest.mark.parametrize(
    ("kind", "sent", "first"),
    [
        ("agree", [5, 4, 3, 2, 1], "  1 strongly agree"),
        ("vote", [1, 0, -1], "  1 agree"),
        ("choice", [0, 1], "  1 Depot"),
        ("recommend", [1, 2, 3], "  0 not at all likely … 10 extremely likely"),
    ],
)
def test_what_stands_first_on_the_page_stands_first(kind, sent, first, monkeypatch, capsys):
    assert [chosen(kind, nth, monkeypatch) for nth in range(1, len(sent) + 1)] == sent
    assert capsys.readouterr().out.splitlines()[0] == first
