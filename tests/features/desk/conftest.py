"""A desk, and nobody who has tried anything."""

import pytest

from heard.plumbing import limits_in_memory
from tests.features.desk.desks import Desk, a_desk


@pytest.fixture(autouse=True)
def _fresh_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits_in_memory, "_hour", limits_in_memory._Hour(0))


@pytest.fixture
def desk(db: None) -> Desk:
    return a_desk()
