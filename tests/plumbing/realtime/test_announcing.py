"""Announcing after a commit, together, quietly; and harmless where nobody can hear."""

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction

from heard.plumbing import realtime
from tests.plumbing.realtime.ears import Ears


@pytest.fixture
def on_sockets(settings, tmp_path: Path, monkeypatch) -> Path:
    """The data folder of an installation whose news goes over sockets."""
    settings.REDIS_URL, settings.HEARD_DATA = "", tmp_path
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    return tmp_path


@pytest.fixture
def ears(on_sockets: Path) -> Iterator[Ears]:
    """Hears what this process announces."""
    ears = Ears(on_sockets / "stream")
    yield ears
    ears.close()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_announced_before_the_commit_and_then_all_of_it_in_one_packet(ears: Ears) -> None:
    with transaction.atomic():
        realtime.announce_on_commit("thread:1", "reply")
        realtime.announce_on_commit("community:2", "reply")
        realtime.announce_on_commit("thread:1", "reply")
        assert ears.packets() == []

    assert ears.packets() == ["thread:1 reply\ncommunity:2 reply\n"]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_announced(ears: Ears) -> None:
    class ChangedTheirMind(Exception):
        pass

    with transaction.atomic():
        realtime.announce_on_commit("thread:1", "reply")
        with contextlib.suppress(ChangedTheirMind), transaction.atomic():
            realtime.announce_on_commit("thread:2", "reply")
            raise ChangedTheirMind
        realtime.announce_on_commit("thread:3", "reply")

    assert ears.packets() == ["thread:1 reply\nthread:3 reply\n"]


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_it_is_announced_at_once(ears: Ears) -> None:
    realtime.announce_on_commit("thread:1", "reply")

    assert ears.packets() == ["thread:1 reply\n"]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_announced_quietly(ears: Ears) -> None:
    with transaction.atomic(), realtime.quietly():
        realtime.announce_on_commit("thread:1", "reply")
        realtime.announce("thread:1", "reply")
    realtime.announce("community:2", "thread")

    assert ears.packets() == ["community:2 thread\n"]


def test_what_is_no_topic_is_not_sent_and_fails_nobody(ears: Ears, caplog: pytest.LogCaptureFixture) -> None:
    for topic, name in [("thread:1\nthread:2", "reply"), ("thread", "reply"), ("thread:1", "Reply now")]:
        realtime.announce(topic, name)

    assert ears.packets() == []
    assert len(caplog.records) == 3


def test_a_folder_that_is_not_there_is_harmless(on_sockets: Path, caplog: pytest.LogCaptureFixture) -> None:
    realtime.announce("thread:1", "reply")

    assert caplog.records == []


def test_a_socket_whose_process_died_is_harmless_and_cleared_away(on_sockets: Path, ears: Ears) -> None:
    ears.close()

    realtime.announce("thread:1", "reply")

    assert list((on_sockets / "stream").iterdir()) == []


def test_a_socket_that_is_full_keeps_nobody_waiting_and_gets_the_rest_when_it_has_room(ears: Ears) -> None:
    for number in range(200):
        realtime.announce(f"thread:{number}", "reply")

    received: list[str] = []
    while len(received) < 200:
        received += ears.packets()
    assert sorted(received) == sorted(f"thread:{number} reply\n" for number in range(200))


def test_a_redis_that_is_not_there_is_harmless(settings, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    settings.REDIS_URL = f"unix://{tmp_path}/nothing.sock"
    with caplog.at_level(logging.WARNING):
        realtime.announce("thread:1", "reply")
        realtime.announce("thread:1", "reply")

    assert len(caplog.records) == 1
