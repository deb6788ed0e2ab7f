"""Every test begins with nobody having tried anything."""

import pytest

from heard.plumbing import limits_in_memory


@pytest.fixture(autouse=True)
def _fresh_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits_in_memory, "_hour", limits_in_memory._Hour(0))
