"""Nobody was told anything yet, nobody is asleep, and the queue is empty."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django_tasks_db.models import DBTaskResult

from heard.foundation.conversation.actions import start_thread
from heard.foundation.notices.models import Notice

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
"""A Tuesday."""


@pytest.fixture
def clock():
    """The time, which stands still until it is moved."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cast(clock, cast):
    Notice.objects.all().delete()
    DBTaskResult.objects.all().delete()
    return cast


@pytest.fixture
def thread(cast):
    return start_thread(community=cast.community, by=cast.member, source="Which soup for Friday?", title="Soup")


@pytest.fixture
def later(clock):
    """Moves the time on."""
    return lambda **passed: clock.shift(timedelta(**passed))
