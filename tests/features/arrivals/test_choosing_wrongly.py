"""What is chosen wrongly is refused in one sentence, spoils nothing, and is not remembered."""

import pytest
from typer.testing import CliRunner

from heard.cli import app
from heard.features.arrivals import actions, tasks
from heard.features.arrivals.errors import CannotBeChosen, DaysAreCrossed, NoSuchCommunity
from heard.features.arrivals.models import Run, State
from heard.foundation.conversation.models import Thread
from tests.cast import browser_of
from tests.features.arrivals.exports import GENERAL, a_slack, said

pytestmark = pytest.mark.django_db
COLUMNS = ("author", "time", "text", "community")


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.HEARD_DATA = tmp_path / "data"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "talk.csv"
    path.write_text("author,time,text,Rubrik\nAnna,2020-01-01,Hello,Canteen talk\n")
    return path


@pytest.fixture
def slack(tmp_path):
    board = {**GENERAL, "id": "G0BOARD", "name": "board"}
    return a_slack(tmp_path, {"general/2020-01-01.json": [said(1, "Bread")]}, groups=[board])


def handed_in(browser, path):
    """An upload that was read through."""
    with path.open("rb") as opened:
        browser.post("/arrivals/", {"file": opened})
    run = Run.objects.latest("pk")
    tasks.read_through.func(run.pk)
    run.refresh_from_db()
    return run


def columns(*fields):
    return {f"column_{nth}": field for nth, field in enumerate(fields)}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (("author", "time", "", "community"), "One column must hold the text"),
        (("", "time", "text", ""), "One column must hold the text"),
        (("author", "time", "text", "text"), "Two columns cannot both hold “text”"),
    ],
)
def test_columns_without_which_there_are_no_messages_are_refused_in_the_form(cast, table, fields, sentence):
    browser = browser_of(cast.administrator)
    run = handed_in(browser, table)
    answer = browser.post(f"/arrivals/{run.pk}/choices/", columns(*fields))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    run.refresh_from_db()
    assert run.state == State.WAITING


def test_choices_that_cannot_be_read_leave_the_upload_as_it_was_and_are_not_remembered(cast, table):
    browser = browser_of(cast.administrator)
    run = handed_in(browser, table)
    Run.objects.filter(pk=run.pk).update(state=State.READING, choices={"mapping": {"text": ""}})
    tasks.read_through.func(run.pk)
    page = browser.get(f"/arrivals/{run.pk}/").content.decode()
    assert "It is not read as you chose" in page
    assert "Bring it in" in page
    assert handed_in(browser, table).choices == {}
    browser.post(f"/arrivals/{run.pk}/choices/", columns(*COLUMNS))
    tasks.read_through.func(run.pk)
    assert "It is not read" not in browser.get(f"/arrivals/{run.pk}/").content.decode()


def test_what_was_said_of_one_table_does_not_spoil_another(cast, table, tmp_path):
    browser = browser_of(cast.administrator)
    run = handed_in(browser, table)
    swapped = columns("author", "time", "", "text")
    browser.post(f"/arrivals/{run.pk}/choices/", swapped)
    tasks.read_through.func(run.pk)
    other = tmp_path / "other.csv"
    other.write_text("author,time,text\nAnna,2020-01-01,Hello\n")
    assert handed_in(browser, other).state == State.WAITING
    CliRunner().invoke(app, ["import", "csv", str(other)], catch_exceptions=False)
    assert Thread.objects.get().source == "Hello"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--map", "text=banana"], "No column can hold “banana”"),
        (["--map", "banana"], "Write HEADER=FIELD"),
        (["--map", "Rubric=community"], "There is no column “Rubric”"),
        (["--since", "2020-02-01", "--until", "2020-01-01"], "before the first"),
        (["--leave-out", "canten talk", "--map", "Rubrik=community"], "Did you mean “Canteen talk”?"),
        (["--into", "nowhere"], "There is no open community “nowhere” here"),
    ],
)
def test_on_the_command_line_it_is_one_sentence_and_nothing_is_written(table, options, sentence):
    done = CliRunner().invoke(app, ["import", "csv", str(table), *options])
    assert isinstance(done.exception, CannotBeChosen | DaysAreCrossed | NoSuchCommunity)
    assert sentence in str(done.exception)
    assert not Run.objects.exists()


def test_a_name_unlike_all_others_is_refused_without_a_guess(slack):
    with pytest.raises(CannotBeChosen) as refused:
        actions.read_through(slack, choices=actions.choices(left_out=["xyzzy"]))
    assert str(refused.value) == "There is no community “xyzzy” in it to leave out."
    assert actions.read_through(slack, choices=actions.choices(left_out=["#General", "G0BOARD"]))


def test_private_communities_are_marked_and_targets_are_offered_by_name(cast, slack):
    browser = browser_of(cast.administrator)
    run = handed_in(browser, slack)
    page = browser.get(f"/arrivals/{run.pk}/").content.decode()
    assert "board (0, private)" in page
    assert f'<option value="{cast.community.slug}">Canteen</option>' in page
    assert "Works council" not in page
    browser.post(f"/arrivals/{run.pk}/choices/", {"into": "canteen"})
    run.refresh_from_db()
    assert run.choices["into"] == cast.community.slug
