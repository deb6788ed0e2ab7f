"""A part that keeps ending is given up, later each time, and everything stops with it."""

import os
import subprocess
import sys
from itertools import pairwise

import pytest

from heard.cli import group
from heard.cli.group import Group
from heard.cli.parts import Part


class Clockless:
    """A time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


class Frail(Group):
    """Parts that end at once; the first lives on. What is started, and when, is written down."""

    def __init__(self, ends_after: float = 0.0) -> None:
        super().__init__([Part.WEB, Part.WORKER], watched=("127.0.0.1", 1))
        self.started: list[tuple[Part, float]] = []
        self.ends_after = ends_after

    def start(self, part: Part, tether: int) -> None:
        self.started.append((part, group.time.monotonic()))
        words = "import time; time.sleep(60)" if part == Part.WEB else "raise SystemExit(3)"
        self.running[part] = subprocess.Popen([sys.executable, "-S", "-c", words], process_group=0)
        if part != Part.WEB:
            self.running[part].wait()
            group.time.sleep(self.ends_after)

    def answers(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def time_that_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group, "time", Clockless())


def watched(frail: Frail) -> int:
    reading, writing = os.pipe()
    try:
        frail.start(Part.WEB, reading)
        return frail.watch(lambda: None, reading)
    finally:
        for process in frail.running.values():
            process.kill()
            process.wait()
        os.close(reading)
        os.close(writing)


def test_the_pause_grows_and_after_five_deaths_within_a_minute_all_stop(capfd):
    frail = Frail()
    assert watched(frail) == 1
    times = [at for part, at in frail.started if part == Part.WORKER]
    assert [round(after - before) for before, after in pairwise(times)] == [1, 2, 4, 8]
    assert "The worker process ended by itself (exit status 3) 5 times within a minute, so all stop." in (
        capfd.readouterr().err
    )


def test_a_part_that_ends_now_and_then_is_never_given_up(capfd):
    frail = Frail(ends_after=30.0)
    starts = iter(range(12))
    begin = frail.start

    def start(part: Part, tether: int) -> None:
        frail.told_to_stop = next(starts, None) is None
        begin(part, tether)

    frail.start = start  # type: ignore[method-assign]
    assert watched(frail) == 0
    assert "so all stop" not in capfd.readouterr().err


def test_what_never_answered_is_not_tried_again(capfd):
    frail = Frail()
    frail.answers = lambda: False  # type: ignore[method-assign]
    frail.start(Part.WORKER, 0)
    assert frail.watch(lambda: None, 0) == 1
    assert "The worker process ended (exit status 3) before it answered." in capfd.readouterr().err
