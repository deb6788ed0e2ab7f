"""A small archive that most tests bring in."""

import pytest

from tests.features.arrivals.exports import a_slack, said, stamp_of

DAY, NEXT_DAY = "general/2020-01-01.json", "general/2020-01-02.json"


@pytest.fixture
def talk(tmp_path):
    """Two days in one channel: two threads, two replies, reactions, a file, a mention and a tag."""
    return a_slack(
        tmp_path,
        {
            DAY: [
                said(
                    1,
                    "Bread for <@U0BO00002>? #lunch",
                    thread_ts=stamp_of(1),
                    reply_count=2,
                    reactions=[
                        {"name": "+1", "users": ["U0ANNA001", "U0BO00002"]},
                        {"name": "eyes", "users": ["U0BO00002"]},
                    ],
                    files=[{"id": "F1", "name": "list.pdf", "mimetype": "application/pdf", "size": 9}],
                ),
                said(2, "Yes", by="U0BO00002", thread_ts=stamp_of(1)),
                said(3, "Second", by="U0BO00002"),
                said(4, "joined", subtype="channel_join"),
            ],
            NEXT_DAY: [said(90_000, "In <#C0GENERAL|general>, *today*", thread_ts=stamp_of(1))],
        },
    )
