"""What an upload is told: what it is, how large it may be, and what of it is new."""

import pytest

from heard.features.arrivals import actions, tasks
from heard.features.arrivals.models import Run
from tests.cast import browser_of
from tests.features.arrivals.exports import a_slack, said

DAY = "general/2020-01-01.json"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.HEARD_DATA = tmp_path / "data"


def hand_in(browser, path):
    """Uploads a file."""
    with path.open("rb") as opened:
        return browser.post("/arrivals/", {"file": opened})


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("talk.csv", b"author,text\nAnna,Hello\n", "a table of messages without a column for the time"),
        ("talk.csv", b"time,text\n2020-01-01,Hello\n", "a table of messages without a column for who wrote it"),
        ("sums.csv", b"amount,colour\n3,red\n", "a table without columns that name people"),
        ("none.zip", b"PK\x05\x06" + bytes(18), "is an empty archive: there is nothing in it"),
    ],
)
def test_what_is_refused_is_called_what_it_is(cast, tmp_path, name, content, sentence):
    (tmp_path / name).write_bytes(content)
    answer = hand_in(browser_of(cast.administrator), tmp_path / name)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_the_largest_upload_is_named_with_the_way_round_it(cast, settings):
    settings.HEARD_UPLOAD_MB = 100
    browser = browser_of(cast.administrator)
    assert "At most 1,003 MB: what is larger comes in on the server" in browser.get("/arrivals/").content.decode()
    answer = browser.post("/arrivals/", CONTENT_LENGTH="1003000001")
    assert answer.status_code == 413
    assert "more than the 1,003 MB that can be sent by a browser here" in answer.content.decode()


def test_a_second_export_says_what_of_it_is_new(cast, tmp_path):
    browser = browser_of(cast.administrator)
    actions.bring_in_file(a_slack(tmp_path, {DAY: [said(1, "Bread")]}), "slack")
    (tmp_path / "later").mkdir()
    hand_in(browser, a_slack(tmp_path / "later", {DAY: [said(1, "Bread"), said(3, "Rye")]}))
    run = Run.objects.latest("pk")
    tasks.read_through.func(run.pk)
    page = browser.get(f"/arrivals/{run.pk}/").content.decode()
    assert "Of the messages new: 1, changed there since: 0, here already: 1." in page
