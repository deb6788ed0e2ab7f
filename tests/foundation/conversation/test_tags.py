"""Hashtags of late, and those that begin with what somebody types."""

from datetime import UTC, datetime

import pytest
import time_machine

from heard.foundation.conversation.actions import start_thread
from heard.foundation.conversation.queries import popular_tags, tags_beginning
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_of_late_means_the_last_ninety_days_by_the_threads_own_time(cast: Cast) -> None:
    for month, tag in ((1, "snow"), (6, "sun"), (8, "sea")):
        with time_machine.travel(datetime(2026, month, 2, 9, tzinfo=UTC)):
            start_thread(community=cast.community, by=cast.member, source=f"#{tag}")
    with time_machine.travel(datetime(2026, 8, 20, 9, tzinfo=UTC)):
        assert popular_tags(cast.member) == [("sea", 1), ("sun", 1)]
        assert tags_beginning(cast.member, "sn") == ["snow"]
