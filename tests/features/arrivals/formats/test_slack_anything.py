"""Whatever stands in a Slack export, every message record is there or counted, and nothing breaks."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heard.features.arrivals.formats.records import (
    FileRecord,
    Noted,
    ReactionRecord,
    ReplyRecord,
    Skipped,
    ThreadRecord,
)
from heard.features.arrivals.formats.references import references
from heard.features.arrivals.formats.slack_text import Labels, markdown
from heard.plumbing.text import plain
from tests.features.arrivals.exports import a_slack, of_kind, reasons_in, records_of, stamp_of

STAMPS = st.sampled_from([stamp_of(n) for n in range(4)])
KEYS = st.sampled_from(["U0ANNA001", "u0bo00002", "USLACKBOT", "U0NEW", "", "C0GENERAL"])
SIGNS = [*"ab *_~`<>|@#!&;:/\n\\-1.", "<@U0ANNA001>", "```", "&gt;", ":wave:", "https://x.org"]
WORDS = st.lists(st.sampled_from(SIGNS), max_size=30).map("".join)
INSIDE = ["type", "text", "user", "ts", "name", "users", "elements", "style", "url", "id", "title", "fields", "message"]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 2**40) | st.floats(allow_nan=False) | WORDS | KEYS | STAMPS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(INSIDE), inner, max_size=4),
    max_leaves=12,
)
FIELDS = ["bot_id", "username", "reply_count", "edited", "reactions", "files", "file", "attachments", "room", "comment"]
FIELDS += ["message", "previous_message", "deleted_ts", "user_profile", "bot_profile", "pinned_to", "is_locked"]
SUBTYPES = [None, "thread_broadcast", "tombstone", "channel_join", "message_changed", "message_deleted", "file_comment"]
SUBTYPES += ["me_message", "bot_message", "huddle_thread", "file_share", "new"]
BLOCKS = st.lists(
    st.fixed_dictionaries(
        {"type": st.sampled_from(["rich_text", "section", "context", "header"])},
        optional={
            "text": ANYTHING,
            "elements": st.lists(
                st.fixed_dictionaries(
                    {"type": st.sampled_from(["rich_text_section", "rich_text_list", "rich_text_quote", "mrkdwn"])},
                    optional={"elements": ANYTHING, "indent": ANYTHING, "text": WORDS},
                ),
                max_size=3,
            ),
        },
    ),
    max_size=2,
)
MESSAGES = st.fixed_dictionaries(
    {
        "ts": STAMPS | ANYTHING,
        "subtype": st.sampled_from(SUBTYPES) | ANYTHING,
        "user": KEYS | ANYTHING,
        "text": WORDS | ANYTHING,
    },
    optional=dict.fromkeys(FIELDS, ANYTHING) | {"thread_ts": STAMPS | ANYTHING, "blocks": BLOCKS | ANYTHING},
)


@given(day=st.lists(MESSAGES | ANYTHING, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
def test_every_message_is_there_or_counted(tmp_path, day):
    records = records_of(a_slack(tmp_path, {"general/2020-01-01.json": day}))

    said = [*of_kind(ThreadRecord, records), *of_kind(ReplyRecord, records)]
    came = [one for one in said if not one.is_newer and not getattr(one, "is_stand_in", False)]
    assert len(came) + sum(reasons_in(records, Skipped).values()) == len(day)
    keys = {one.key for one in said}
    first = [one.key for one in said if not one.is_newer]
    assert len(first) == len(set(first))
    seen = set()
    for record in records:
        if isinstance(record, ThreadRecord | ReplyRecord):
            assert isinstance(record, ThreadRecord) or record.thread_key in seen
            seen.add(record.key)
        elif isinstance(record, ReactionRecord | FileRecord):
            assert record.message_key in keys
        elif isinstance(record, Noted | Skipped):
            assert record.where
            assert record.count > 0


@given(words=WORDS)
def test_any_text_becomes_markdown_that_names_nobody_else(words):
    shown = markdown(words, Labels(people={"U0ANNA001": "Anna"}))

    assert set(references(shown)) <= {("person", "U0ANNA001")}
    assert "\ue003" not in shown
    plain(shown)
