"""An administrator hands an archive in, reads what will come, says yes, and walks through the result."""

import shutil
from types import SimpleNamespace

import pytest
from django.utils import timezone

from heard.features.arrivals import tasks
from heard.features.arrivals.models import Run, State
from heard.foundation.communities.models import Community
from heard.plumbing.processes import mark
from tests.cast import browser_of
from tests.features.arrivals.exports import GENERAL, a_slack, said

DAY = "general/2020-01-01.json"


@pytest.fixture
def archive(tmp_path):
    """A Slack export with one thread, one event, and a private channel."""
    board = {**GENERAL, "id": "G0BOARD", "name": "board"}
    return a_slack(tmp_path, {DAY: [said(1, "Bread"), said(2, "joined", subtype="channel_join")]}, groups=[board])


def hand_in(browser, path):
    """Uploads a file."""
    with path.open("rb") as opened:
        return browser.post("/arrivals/", {"file": opened})


def kept(settings):
    """The uploads that lie in the folder of arrivals."""
    return list((settings.HEARD_DATA / "arrivals").iterdir())


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """A folder for uploads that no other test fills."""
    settings.HEARD_DATA = tmp_path / "data"


def test_from_the_file_to_the_result(cast, archive, settings):
    browser = browser_of(cast.administrator)
    assert browser.get("/arrivals/").status_code == 200

    answer = hand_in(browser, archive)
    run = Run.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/arrivals/{run.pk}/")
    assert "being read through" in browser.get(answer.url).content.decode()

    tasks.read_through.func(run.pk)
    page = browser.get(answer.url).content.decode()
    assert "What will come" in page
    assert "somebody joined or left" in page
    assert f"{DAY}, record 2" in page
    assert not Community.objects.filter(name="general").exists()

    browser.post(f"/arrivals/{run.pk}/beginning/")
    assert "about to be brought in" in browser.get(f"/arrivals/{run.pk}/progress/").content.decode()
    tasks.bring_in.func(run.pk)

    page = browser.get(answer.url).content.decode()
    assert "What came" in page
    assert 'href="/communities/general/"' in page
    assert ">board<" not in page
    assert kept(settings) == []
    run.refresh_from_db()
    assert (run.state, run.begun_by) == (State.DONE, cast.administrator)
    assert "brought in" in browser.get("/arrivals/").content.decode()


def test_the_wrong_file_is_refused_at_once_and_not_kept(cast, tmp_path, settings):
    (tmp_path / "notes.txt").write_text("hello")

    answer = hand_in(browser_of(cast.administrator), tmp_path / "notes.txt")

    assert answer.status_code == 422
    assert "no archive that Heard knows" in answer.content.decode()
    assert not Run.objects.exists()
    assert kept(settings) == []


def test_what_is_damaged_further_in_is_told_when_it_was_read(cast, tmp_path):
    browser = browser_of(cast.administrator)
    hand_in(browser, a_slack(tmp_path, {DAY: "[{"}))
    run = Run.objects.get()

    tasks.read_through.func(run.pk)

    page = browser.get(f"/arrivals/{run.pk}/").content.decode()
    assert "is damaged" in page
    assert "Bring it in" not in page
    browser.post(f"/arrivals/{run.pk}/beginning/")
    run.refresh_from_db()
    assert run.state == State.STOPPED


def test_an_upload_can_be_thrown_away(cast, archive, settings):
    browser = browser_of(cast.administrator)
    hand_in(browser, archive)
    tasks.read_through.func(Run.objects.get().pk)

    browser.post(f"/arrivals/{Run.objects.get().pk}/withdrawal/")

    assert not Run.objects.exists()
    assert kept(settings) == []


def test_saying_yes_twice_brings_it_in_once(cast, archive):
    browser = browser_of(cast.administrator)
    hand_in(browser, archive)
    run = Run.objects.get()
    tasks.read_through.func(run.pk)
    browser.post(f"/arrivals/{run.pk}/beginning/")
    browser.post(f"/arrivals/{run.pk}/beginning/")

    tasks.bring_in.func(run.pk)
    tasks.bring_in.func(run.pk)

    run.refresh_from_db()
    assert (run.state, run.counts["threads"]) == (State.DONE, 1)


@pytest.mark.parametrize("who", ["member", "tender", "steward", "outsider"])
def test_only_administrators_see_or_do_any_of_it(cast, archive, who):
    hand_in(browser_of(cast.administrator), archive)
    run, browser = Run.objects.get(), browser_of(getattr(cast, who))

    for address in ("/arrivals/", f"/arrivals/{run.pk}/", f"/arrivals/{run.pk}/progress/"):
        answer = browser.get(address)
        assert answer.status_code == 403
        assert "slack.zip" not in answer.content.decode()
    hand_in(browser, archive)
    for address in ("beginning", "withdrawal"):
        browser.post(f"/arrivals/{run.pk}/{address}/")

    run.refresh_from_db()
    assert (Run.objects.count(), run.state) == (1, State.READING)


def test_a_run_that_is_not_there_is_not_found(cast):
    assert browser_of(cast.administrator).get("/arrivals/7/").status_code == 404


@pytest.mark.parametrize("runs", [1, 3])
def test_the_list_costs_the_same_however_long(cast, tmp_path, runs, django_assert_max_num_queries):
    browser = browser_of(cast.administrator)
    for _nth in range(runs):
        hand_in(browser, a_slack(tmp_path))

    with django_assert_max_num_queries(6):
        browser.get("/arrivals/")


def test_an_administrator_says_what_of_it_is_wanted_and_it_is_read_again(cast, archive):
    browser = browser_of(cast.administrator)
    hand_in(browser, archive)
    run = Run.objects.get()
    tasks.read_through.func(run.pk)
    page = browser.get(f"/arrivals/{run.pk}/").content.decode()
    assert "general (1)" in page
    late = {"since": "2020-02-01", "until": "2020-01-01"}
    answer = browser.post(f"/arrivals/{run.pk}/choices/", late)
    assert answer.status_code == 422
    assert "This is before the first day." in answer.content.decode()
    nowhere = browser.post(f"/arrivals/{run.pk}/choices/", {"into": "nowhere"})
    assert "There is no open community “nowhere” here" in nowhere.content.decode()

    browser.post(f"/arrivals/{run.pk}/choices/", {"since": "2020-02-01"})
    run.refresh_from_db()
    assert (run.state, run.choices) == (State.READING, {"since": "2020-02-01"})
    tasks.read_through.func(run.pk)
    assert "begun outside the time you chose" in browser.get(f"/arrivals/{run.pk}/").content.decode()
    browser.post(f"/arrivals/{run.pk}/beginning/")
    tasks.bring_in.func(run.pk)
    assert Community.objects.get(name="general").thread_count == 0


def test_what_came_is_taken_back_on_its_page(cast, archive):
    browser = browser_of(cast.administrator)
    hand_in(browser, archive)
    run = Run.objects.get()
    tasks.read_through.func(run.pk)
    assert "Take it back" not in browser.get(f"/arrivals/{run.pk}/").content.decode()
    browser.post(f"/arrivals/{run.pk}/beginning/")
    tasks.bring_in.func(run.pk)
    assert "Take it back" in browser.get(f"/arrivals/{run.pk}/").content.decode()
    browser.post(f"/arrivals/{run.pk}/taking-back/")
    assert "being taken back" in browser.get(f"/arrivals/{run.pk}/").content.decode()
    tasks.take_back.func(run.pk)
    page = browser.get(f"/arrivals/{run.pk}/").content.decode()
    assert "All of it was taken back." in page
    assert "What was taken back" in page
    assert '<th scope="row">Threads</th><td class="num">1</td>' in page
    assert "Take it back" not in page
    assert not Community.objects.filter(name="general").exists()


def test_a_run_whose_process_was_killed_says_so_and_goes_on(cast, archive, settings):
    browser = browser_of(cast.administrator)
    hand_in(browser, archive)
    run = Run.objects.get()
    tasks.read_through.func(run.pk)
    host, number, _begun = mark().rsplit(":", 2)
    Run.objects.update(state=State.RUNNING, is_writing=True, process=f"{host}:{number}:1")
    tasks.notice_ended.func()
    page = browser.get(f"/arrivals/{run.pk}/").content.decode()
    assert "It ended before it was done" in page
    assert "Go on with it" in page
    browser.post(f"/arrivals/{run.pk}/beginning/")
    tasks.bring_in.func(run.pk)
    assert Community.objects.filter(name="general").exists()


def test_what_a_column_holds_is_said_on_the_page_and_kept_for_the_next_table(cast, tmp_path):
    table = tmp_path / "talk.csv"
    browser = browser_of(cast.administrator)
    table.write_text("author,time,text,Rubrik\nAnna,2020-01-01,Hello,Canteen talk\n")
    hand_in(browser, table)
    run = Run.objects.get()
    tasks.read_through.func(run.pk)
    assert "Rubrik" in browser.get(f"/arrivals/{run.pk}/").content.decode()
    said = {"column_0": "author", "column_1": "time", "column_2": "text", "column_3": "community"}
    browser.post(f"/arrivals/{run.pk}/choices/", said)
    tasks.read_through.func(run.pk)
    browser.post(f"/arrivals/{run.pk}/beginning/")
    tasks.bring_in.func(run.pk)
    assert Community.objects.filter(name="Canteen talk").exists()

    hand_in(browser, table)
    assert Run.objects.latest("pk").choices["mapping"]["Rubrik"] == "community"


@pytest.mark.parametrize("deed", ["beginning", "taking-back"])
def test_what_must_wait_for_another_archive_says_so_and_can_be_asked_for_again(cast, archive, tmp_path, deed):
    browser = browser_of(cast.administrator)
    hand_in(browser, archive)
    run = Run.objects.get()
    tasks.read_through.func(run.pk)
    if deed == "taking-back":
        browser.post(f"/arrivals/{run.pk}/beginning/")
        tasks.bring_in.func(run.pk)
    other = Run.objects.create(
        format="slack", source="x", state=State.RUNNING, is_writing=True, process=mark(), begun_at=timezone.now()
    )
    task = tasks.bring_in if deed == "beginning" else tasks.take_back
    browser.post(f"/arrivals/{run.pk}/{deed}/")
    task.func(run.pk)
    assert "Another archive is being brought in" in browser.get(f"/arrivals/{run.pk}/").content.decode()
    Run.objects.filter(pk=other.pk).update(is_writing=False, state=State.DONE)
    browser.post(f"/arrivals/{run.pk}/{deed}/")
    task.func(run.pk)
    assert Community.objects.filter(name="general").exists() == (deed == "beginning")


def test_a_full_disk_is_told_before_anything_is_written(cast, archive, monkeypatch):
    browser = browser_of(cast.administrator)
    hand_in(browser, archive)
    run = Run.objects.get()
    tasks.read_through.func(run.pk)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=50_000_000))
    browser.post(f"/arrivals/{run.pk}/beginning/")
    tasks.bring_in.func(run.pk)
    assert "50 MB are free" in browser.get(f"/arrivals/{run.pk}/").content.decode()
    assert not Community.objects.filter(name="general").exists()
