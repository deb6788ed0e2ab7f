"""`heard import` says what came, to people and to scripts."""

import json

import pytest
from typer.testing import CliRunner

from heard.cli import app
from heard.foundation.conversation.models import Thread
from heard.foundation.people.models import Person
from heard.plumbing.refusals import Refusal
from tests.features.arrivals.exports import a_slack, said

pytestmark = pytest.mark.django_db
RUN = CliRunner()


@pytest.fixture
def slack(tmp_path):
    """An export with one thread and one event."""
    return a_slack(tmp_path, {"general/2020-01-01.json": [said(1, "Bread"), said(2, "joined", subtype="channel_join")]})


def test_a_dry_run_says_what_would_come_and_writes_nothing(slack):
    done = RUN.invoke(app, ["import", "slack", str(slack), "--dry-run", "--json"])

    told = json.loads(done.stdout.splitlines()[-1])
    assert (told["people"], told["communities"], told["threads"], told["replies"]) == (2, 1, 1, 0)
    assert told["skipped"] == {"somebody joined or left": 1}
    assert not Person.objects.exists()


def test_an_export_comes_and_the_last_line_is_for_scripts(slack):
    done = RUN.invoke(app, ["import", "slack", str(slack), "--json"])

    told = json.loads(done.stdout)
    assert {"people", "communities", "threads", "replies", "reactions", "files", "skipped"} <= told.keys()
    assert Thread.objects.get().source == "Bread"


def test_people_are_told_in_words_with_places(tmp_path):
    (tmp_path / "staff.csv").write_text("name,email\nBo,bo@example.org\nVacant,\n")

    done = RUN.invoke(app, ["import", "people", str(tmp_path / "staff.csv")])

    assert done.exit_code == 0
    assert "1 × a vacant post" in done.stdout
    assert "line 3" in done.stdout
    assert Person.objects.get().name == "Bo"


def test_the_wrong_kind_of_file_is_refused(slack):
    done = RUN.invoke(app, ["import", "people", str(slack)])

    assert isinstance(done.exception, Refusal)
    assert "looks like a Slack export" in str(done.exception)


def test_a_file_that_is_not_there_is_said_so(tmp_path):
    done = RUN.invoke(app, ["import", "slack", str(tmp_path / "none.zip")])

    assert done.exit_code == 1
    assert "There is no file" in done.stderr
