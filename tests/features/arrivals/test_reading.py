"""An upload is read through in sight, may be deleted meanwhile, and is read again where that ended early."""

import pytest
from django.utils import timezone

from heard.features.arrivals import tasks
from heard.features.arrivals.actions import reading
from heard.features.arrivals.models import Run, State
from heard.plumbing.processes import mark
from tests.cast import browser_of
from tests.features.arrivals.exports import a_slack, said

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.HEARD_DATA = tmp_path / "data"


@pytest.fixture
def browser(cast):
    return browser_of(cast.administrator)


@pytest.fixture
def run(browser, tmp_path):
    """An upload that nobody has read yet."""
    with a_slack(tmp_path, {"general/2020-01-01.json": [said(1, "Bread")]}).open("rb") as opened:
        browser.post("/arrivals/", {"file": opened})
    return Run.objects.get()


def page_of(browser, run):
    return browser.get(f"/arrivals/{run.pk}/").content.decode()


def test_an_upload_whose_reader_was_killed_is_read_again(browser, run):
    host, number, _begun = mark().rsplit(":", 2)
    Run.objects.update(process=f"{host}:{number}:1")
    tasks.notice_ended.func()
    page = page_of(browser, run)
    assert "Reading it through ended before it was done" in page
    assert "Delete the file" in page
    assert "Read it again" in page
    browser.post(f"/arrivals/{run.pk}/reading/")
    tasks.read_through.func(run.pk)
    assert "Bring it in" in page_of(browser, run)


def test_a_fault_while_reading_is_told_and_the_upload_stays(browser, run, monkeypatch):
    def fail(*_arguments, **_more):
        raise MemoryError

    monkeypatch.setattr(reading, "read_through", fail)
    with pytest.raises(MemoryError):
        tasks.read_through.func(run.pk)
    assert "Read it again" in page_of(browser, run)
    monkeypatch.undo()
    browser.post(f"/arrivals/{run.pk}/reading/")
    tasks.read_through.func(run.pk)
    run.refresh_from_db()
    assert (run.state, run.process) == (State.WAITING, "")


def test_an_upload_may_be_deleted_while_it_is_read(browser, run, monkeypatch):
    monkeypatch.setattr(reading, "_TOLD_EVERY", -1)
    whole = reading.read_through

    def delete_then_read(*arguments, **more):
        browser.post(f"/arrivals/{run.pk}/withdrawal/")
        return whole(*arguments, **more)

    assert "Delete the file" in page_of(browser, run)
    monkeypatch.setattr(reading, "read_through", delete_then_read)
    tasks.read_through.func(run.pk)
    assert not Run.objects.exists()


def test_only_what_ended_early_is_read_again_and_only_by_an_administrator(cast, browser, run):
    browser.post(f"/arrivals/{run.pk}/reading/")
    tasks.read_through.func(run.pk)
    browser.post(f"/arrivals/{run.pk}/reading/")
    run.refresh_from_db()
    assert run.state == State.WAITING
    Run.objects.update(state=State.STOPPED, forecast={})
    browser_of(cast.member).post(f"/arrivals/{run.pk}/reading/")
    run.refresh_from_db()
    assert run.state == State.STOPPED


def test_what_only_waits_says_for_which_archive(browser, run):
    assert "It waits for its turn." in page_of(browser, run)
    other = Run.objects.create(
        format="slack", source="big.zip", state=State.RUNNING, is_writing=True, process=mark(), begun_at=timezone.now()
    )
    assert "It waits for “big.zip”, which is being brought in." in page_of(browser, run)
    Run.objects.filter(pk=other.pk).update(is_writing=False, state=State.READING, process=mark())
    assert "It waits for “big.zip”, which is being read through." in page_of(browser, run)


def test_how_much_was_read_is_seen(browser, run):
    Run.objects.update(process=mark(), counts={"read": 12000})
    page = page_of(browser, run)
    assert "12,000 records so far." in page
    assert "It waits" not in page
