"""Times of the scripts: always past, always fresh."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from heard.demo.moments import dated, replied_at, said_at
from heard.demo.said import Thread, read_script

SATURDAY = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)


def thread(tmp_path: Path, head: str, *replies: str) -> Thread:
    path = tmp_path / "one.txt"
    path.write_text(f"== {head}\nTitle\n\nWords.\n" + "".join(f"{reply}\nWords.\n" for reply in replies), "utf-8")
    return read_script(path)[0]


def test_a_clock_time_is_meant_where_the_company_is(tmp_path: Path) -> None:
    summer = datetime(2026, 7, 9, 10, 0, tzinfo=UTC)
    at = said_at(thread(tmp_path, "ask joana 2d 09:30"), now=summer, at_weekends=True)
    assert at == datetime(2026, 7, 7, 8, 30, tzinfo=UTC)


def test_an_office_says_nothing_at_weekends(tmp_path: Path) -> None:
    said = thread(tmp_path, "ask pavel 6d 09:30")
    assert said_at(said, now=SATURDAY, at_weekends=False) == SATURDAY.replace(day=20, hour=9, minute=30)
    assert said_at(said, now=SATURDAY, at_weekends=True) == SATURDAY.replace(day=22, hour=9, minute=30)


def test_what_would_still_be_to_come_was_said_the_day_before(tmp_path: Path) -> None:
    at = said_at(thread(tmp_path, "ask joana 0d 23:00"), now=SATURDAY, at_weekends=True)
    assert at == SATURDAY.replace(day=27, hour=23)


def test_replies_hurry_so_that_the_last_is_not_in_the_future(tmp_path: Path) -> None:
    said = thread(tmp_path, "ask joana 2h", "@@ pavel 1h", "@@@ joana 5h", "@@ bev 9h")
    started = said_at(said, now=SATURDAY, at_weekends=True)
    times = [at for _reply, _parent, at in replied_at(said, started, now=SATURDAY)]
    assert times == sorted(times)
    assert started < times[0]
    assert times[-1] < SATURDAY


def test_replies_that_are_over_keep_their_pace(tmp_path: Path) -> None:
    said = thread(tmp_path, "ask joana 2d", "@@ pavel 1h", "@@@ joana 5m")
    started = said_at(said, now=SATURDAY, at_weekends=True)
    after = [at - started for _reply, _parent, at in replied_at(said, started, now=SATURDAY)]
    assert after == [timedelta(hours=1), timedelta(hours=1, minutes=5)]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("by {day +21}", "by 19 December"),
        ("since {month -11}", "since December"),
        ("from {month +2}", "from January"),
        ("{as typed}", "{as typed}"),
    ],
)
def test_dates_are_counted_from_when_they_were_said(written: str, read: str) -> None:
    assert dated(written, SATURDAY) == read
