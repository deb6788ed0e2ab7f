"""Whatever stands in a Zulip archive of either kind, every message is there or counted, and nothing breaks."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heard.features.arrivals.formats.records import (
    FileRecord,
    Noted,
    PersonRecord,
    ReactionRecord,
    ReplyRecord,
    Skipped,
    ThreadRecord,
)
from heard.features.arrivals.formats.references import references
from tests.features.arrivals.exports import of_kind, reasons_in, records_of
from tests.features.arrivals.formats.zulip_exports import REALM, an_archive, an_export, in_topic, sent

SIGNS = [*"ab *_~`<>|@#!&;:/\n\\-1.$", "@**Anna Lind**", "```", "```quote\n", "&gt;", ":wave:", "https://x.org", "<p>"]
SIGNS += [
    '<span class="katex">',
    "</span>",
    '<div class="codehilite">',
    "</div>",
    "#**general>bread**",
    "[a](b)",
    "<a>",
]
SIGNS += [
    '<span class="user-mention" data-user-id="1">@x</span>',
    '<a href="#narrow/channel/1-g/topic/b/near/2">',
    "\x00",
]
SIGNS += ["/user_uploads/1/a/b.png", "\ue000", "\ud800", "<blockquote>", '<x-kept n="0">', "$$x$$"]
WORDS = st.lists(st.sampled_from(SIGNS), max_size=20).map("".join)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 2**70) | st.floats() | WORDS,
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "name", "x"]), inner, max_size=2)
    ),
    max_leaves=5,
)
TOPIC_MESSAGES = st.fixed_dictionaries(
    {
        "id": st.integers(1, 4) | ANYTHING,
        "sender_full_name": st.just("Anna Lind") | ANYTHING,
        "timestamp": st.just(1_577_836_800) | ANYTHING,
        "content": WORDS | ANYTHING,
    }
)
MESSAGES = st.fixed_dictionaries(
    {
        "id": st.integers(1, 4) | ANYTHING,
        "sender": st.sampled_from([11, 12, 5, 99]) | ANYTHING,
        "recipient": st.sampled_from([101, 102, 103]) | ANYTHING,
        "subject": st.sampled_from(["bread", "✔ Bread", ""]) | ANYTHING,
        "content": WORDS | ANYTHING,
        "date_sent": st.just(1_577_836_800.5) | ANYTHING,
    },
    optional={"last_edit_time": ANYTHING, "edit_history": ANYTHING | st.just('[{"prev_content": 1}]')},
)
REACTIONS = st.fixed_dictionaries(
    {"message": st.integers(1, 4), "user_profile": st.integers(11, 14), "emoji_name": st.just("x")},
    optional={"emoji_code": ANYTHING | st.sampled_from(["1f44d", "fffffff", "3c", "d800"]), "reaction_type": ANYTHING},
)
ROWS = st.lists(
    st.dictionaries(
        st.sampled_from(["id", "full_name", "email", "name", "role", "description", "creator", "date_created", "type"]),
        ANYTHING,
        max_size=5,
    )
    | ANYTHING,
    max_size=3,
)
QUIETLY = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def check(records, count):
    """Every message is there or counted, and what hangs on something comes after it."""
    said = [*of_kind(ThreadRecord, records), *of_kind(ReplyRecord, records)]
    assert len(said) + sum(reasons_in(records, Skipped).values()) == count
    assert len({one.key for one in said}) == len(said)
    seen = set()
    for record in records:
        if isinstance(record, ThreadRecord | ReplyRecord):
            assert isinstance(record, ThreadRecord) or record.thread_key in seen
            assert record.author_key in seen
            seen.add(record.key)
        elif isinstance(record, PersonRecord):
            seen.add(record.key)
        elif isinstance(record, ReactionRecord | FileRecord):
            assert record.message_key in seen
        elif isinstance(record, Noted | Skipped):
            assert record.where
            assert record.count > 0


@given(topic=st.lists(TOPIC_MESSAGES | ANYTHING, max_size=5))
@settings(suppress_health_check=QUIETLY, max_examples=60, deadline=None)
def test_every_message_of_a_topic_is_there_or_counted(tmp_path, topic):
    path = an_archive(tmp_path, {"1-general/x.json": [in_topic(9, "<p>x</p>"), *topic]})

    check(records_of(path, "zulip"), len(topic) + 1)


@given(
    first=st.lists(MESSAGES | ANYTHING, max_size=3), second=st.lists(MESSAGES, max_size=3), given=st.lists(REACTIONS)
)
@settings(suppress_health_check=QUIETLY, max_examples=60, deadline=None)
def test_every_message_of_an_export_is_there_or_counted(tmp_path, first, second, given):
    path = an_export(tmp_path, first, [*second, sent(9, "x")], zerver_reaction=given)

    check(records_of(path, "zulip"), len(first) + len(second) + 1)


@given(people=ROWS, streams=ROWS, recipients=ROWS, members=ROWS)
@settings(suppress_health_check=QUIETLY, max_examples=40, deadline=None)
def test_lists_of_anything_break_nothing(tmp_path, people, streams, recipients, members):
    tables = {"zerver_userprofile": people, "zerver_subscription": members}
    tables["zerver_stream"] = [*REALM["zerver_stream"], *streams]
    tables["zerver_recipient"] = [*REALM["zerver_recipient"], *recipients]

    records = records_of(an_export(tmp_path, [sent(1, "x")], **tables), "zulip")

    keys = [one.key for one in of_kind(PersonRecord, records)]
    assert len(keys) == len(set(keys))
    for thread in of_kind(ThreadRecord, records):
        assert {kind for kind, _key in references(thread.text)} <= {"person", "message", "community"}
