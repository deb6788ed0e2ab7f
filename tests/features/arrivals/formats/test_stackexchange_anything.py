"""Whatever stands in a dump of a Stack Exchange site, every message is there or counted."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heard.features.arrivals.formats.records import PersonRecord, ReplyRecord, ThreadRecord
from tests.features.arrivals.exports import of_kind, reasons_in, records_of
from tests.features.arrivals.formats.test_stackexchange import AT, a_dump

WORDS = st.lists(
    st.sampled_from([*"ab1 *_~`<>|@#!&;:/\n\\-.[]()", "<p>", "</a>", '<a href="', "https://x.org/q/1", "**", "@Anna"]),
    max_size=25,
).map("".join)
KEYS = st.sampled_from(["1", "2", "3", "-1", "x", "", "99999999999999999999", "1.5"])
TIMES = st.sampled_from([AT, "", "9999-12-31T23:59:59", "yesterday", "0001-01-01", "2018-03-12T17:00:45+99:00"])
FIELDS = [
    "Body",
    "Title",
    "Tags",
    "Score",
    "OwnerDisplayName",
    "ClosedDate",
    "LastEditDate",
    "CommunityOwnedDate",
    "Text",
]
ROWS = st.fixed_dictionaries(
    {"Id": KEYS, "CreationDate": TIMES | WORDS},
    optional=dict.fromkeys(FIELDS, WORDS)
    | dict.fromkeys(["ParentId", "PostId", "OwnerUserId", "UserId", "AcceptedAnswerId"], KEYS)
    | {"PostTypeId": st.sampled_from(["1", "2", "4", "x"])},
)


@given(posts=st.lists(ROWS, max_size=5), comments=st.lists(ROWS, max_size=4), users=st.lists(ROWS, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
def test_whatever_stands_in_it_every_message_is_there_or_counted(tmp_path, posts, comments, users):
    records = records_of(a_dump(tmp_path, posts, comments, users))

    said = [one for one in records if isinstance(one, ThreadRecord | ReplyRecord)]
    came = [one for one in said if not getattr(one, "is_stand_in", False)]
    assert len(came) + sum(reasons_in(records).values()) == len(posts) + len(comments)
    people, seen = {one.key for one in of_kind(PersonRecord, records)}, set()
    for one in said:
        assert one.key not in seen
        assert one.author_key in people
        if isinstance(one, ReplyRecord):
            assert one.thread_key in seen
            assert not one.answers_key or one.answers_key in seen
        seen.add(one.key)
