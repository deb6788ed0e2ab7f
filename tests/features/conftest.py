"""What tests of several features stand on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from heard.plumbing import realtime
from tests.features.silence import Listening
from tests.plumbing.realtime.ears import Ears


@pytest.fixture
def listening(
    settings: Any, tmp_path: Path, monkeypatch: Any, caplog: Any, django_capture_on_commit_callbacks: Any
) -> Iterator[Listening]:
    """Hears what a deed tells anybody; that it hears is tried first."""
    settings.REDIS_URL, settings.HEARD_DATA = "", tmp_path
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    ears = Ears(tmp_path / "stream")
    realtime.announce("thread:1", "reply")
    assert ears.packets() == ["thread:1 reply\n"]
    yield Listening(ears, django_capture_on_commit_callbacks, caplog)
    ears.close()
