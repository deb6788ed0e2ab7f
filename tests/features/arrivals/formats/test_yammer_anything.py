"""Whatever stands in the tables of Viva Engage, every message is there or counted, and nothing breaks."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heard.features.arrivals.formats.records import CommunityRecord, MembershipRecord, Noted, ReplyRecord, ThreadRecord
from heard.features.arrivals.formats.references import references
from heard.features.arrivals.formats.yammer_text import Words
from tests.features.arrivals.exports import of_kind, records_of
from tests.features.arrivals.formats.test_yammer import a_table, an_export
from tests.features.arrivals.soundness import check_sound

SIGNS = [*'ab "*_<>|@#&;/\n\r\\é\x00\ue000,;', "[[user:1]]", "[[tag:5]]", "<b>x</b>", "null", "https://x.org?token=1"]
WORDS = st.lists(st.sampled_from([*SIGNS, "uploadedfile:7", "praise:1", "https://www.yammer.com/a/messages/1"])).map(
    "".join
)
NUMBERS = st.sampled_from(["", "1", "2", "3", "10", "11", "77", "null", "-1", "9" * 30, "1.5"]) | WORDS
YES = st.sampled_from(["true", "false", "FALSE", "", "null", "x"])
WHEN = st.sampled_from(
    ["2020-01-01T00:00:00Z", "0001-01-01", "9999-12-31T23:59:59Z", "null", "2021/02/03 04:05:06 +0000"]
)
ROWS = st.fixed_dictionaries(
    {
        "id": NUMBERS,
        "thread_id": NUMBERS,
        "replied_to_id": NUMBERS,
        "group_id": NUMBERS,
        "in_private_conversation": YES,
        "sender_id": NUMBERS,
        "sender_email": WORDS,
        "body": WORDS,
        "html_body": WORDS,
        "attachments": WORDS,
        "created_at": WHEN | WORDS,
        "deleted_at": st.just("") | WHEN,
        "message_type": st.sampled_from(["update", "system", "question", ""]),
        "closed": YES,
    }
)
LISTED = st.lists(
    st.fixed_dictionaries(
        dict.fromkeys(("id", "name", "email", "privacy", "state", "deleted_at", "path", "message_id"), NUMBERS | WHEN)
        | {"body": WORDS, "privacy": st.sampled_from(["public", "private", ""])}
    ),
    min_size=1,
    max_size=3,
).map(lambda rows: a_table(*rows))


@given(messages=st.lists(ROWS, min_size=1, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=80)
def test_every_message_is_there_or_counted(tmp_path, messages):
    records = records_of(an_export(tmp_path, *messages))

    rows = [row for row in messages if any(value.strip("\x00\ue000\r\n ") for value in row.values())]
    check_sound(records, len(rows))


@given(users=LISTED, groups=LISTED, versions=LISTED, files=LISTED, topics=LISTED, messages=st.lists(ROWS, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
def test_nobody_reads_more_than_they_wrote_beside(tmp_path, users, groups, versions, files, topics, messages):
    tables = {"Users.csv": users, "Groups.csv": groups, "MessageVersions.csv": versions}
    records = records_of(an_export(tmp_path, *messages, **tables, **{"Files.csv": files, "Topics.csv": topics}))

    heads = {one.key: one.community_key for one in of_kind(ThreadRecord, records)}
    wrote = {(one.community_key, one.author_key) for one in of_kind(ThreadRecord, records)}
    wrote |= {(heads[one.thread_key], one.author_key) for one in of_kind(ReplyRecord, records)}
    assert {(one.community_key, one.person_key) for one in of_kind(MembershipRecord, records)} <= wrote
    assert all(one.name for one in of_kind(CommunityRecord, records))
    assert all(one.where for one in of_kind(Noted, records))


@given(body=WORDS, html=WORDS)
def test_any_text_names_nobody_else(body, html):
    text, tags = Words({"1": "Anna"}, {"5": "lunch"}).of(body, html)

    assert set(references(text)) <= {("person", "1"), ("message", "1")}
    assert set(tags) <= {"lunch"}
