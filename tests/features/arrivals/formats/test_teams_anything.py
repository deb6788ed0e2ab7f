"""Whatever stands in a takeout of Microsoft Teams, every message is there or counted, and nothing breaks."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.features.arrivals.exports import records_of
from tests.features.arrivals.formats.test_teams import GENERAL, OVENS, TEAM, TIME, a_takeout
from tests.features.arrivals.soundness import check_sound

WORDS = st.lists(
    st.sampled_from(
        [
            *"ab *_<>|@#&;/\n\\é\x00\ue000",
            '<at id="0">A</at>',
            "<pre>",
            "<emoji alt='🙂'/>",
            "<attachment/>",
            "<img src='https://graph.microsoft.com/1'>",
            "<codeblock>",
            f"<a href='https://teams.microsoft.com/l/message/{GENERAL}/1'>x</a>",
        ]
    ),
    max_size=12,
).map("".join)
NAMES = ["Id", "User", "DisplayName", "ContentType", "Content", "MentionText", "Mentioned", "ReactionType", "title"]
NAMES += ["messageId", "messagePreview", "messageSender", "body", "text", "Name", "ContentUrl", "Conversation"]
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 2**70)
    | st.floats(allow_nan=False)
    | WORDS
    | st.sampled_from(
        ["anna-id", "reference", "messageReference", "card", "👍", "custom", "html", "announcement", "{}"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4)
        | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3).map(json.dumps)
    ),
    max_leaves=12,
)
NUMBER = st.sampled_from([str(TIME + nth) for nth in range(3)]) | ANYTHING
SENDER = st.fixed_dictionaries(
    {"User": st.fixed_dictionaries({"Id": st.sampled_from(["anna-id", "new", ""]) | ANYTHING})}
)
ATTACHED = st.lists(st.fixed_dictionaries({"ContentType": ANYTHING, "Content": ANYTHING}), max_size=2)
MESSAGES = st.fixed_dictionaries(
    {
        "Id": NUMBER,
        "ReplyToId": NUMBER,
        "From": SENDER | ANYTHING,
        "Body": st.fixed_dictionaries({"ContentType": st.sampled_from(["html", "text"]), "Content": WORDS}) | ANYTHING,
        "ChannelIdentity": st.fixed_dictionaries({"ChannelId": st.sampled_from([GENERAL, OVENS])}) | ANYTHING,
    },
    optional=dict.fromkeys(
        ["Subject", "Mentions", "Reactions", "CreatedDateTime", "DeletedDateTime", "LastEditedDateTime", "MessageType"],
        ANYTHING | st.lists(ANYTHING, max_size=3),
    )
    | {"Attachments": ATTACHED | ANYTHING},
)
LISTED = st.lists(
    st.dictionaries(
        st.sampled_from(["Id", "GroupsId", "UserId", "DisplayName", "Visibility", "MembershipType", "Roles"]),
        ANYTHING,
    )
    | ANYTHING,
    max_size=3,
)


@given(messages=st.lists(MESSAGES | ANYTHING, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=80)
def test_every_message_is_there_or_counted(tmp_path, messages):
    check_sound(records_of(a_takeout(tmp_path, messages)), len(messages) + 2)


@given(channels=LISTED, members=LISTED, listed=LISTED, users=LISTED)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
def test_whatever_stands_in_its_lists_is_read_or_noted(tmp_path, channels, members, listed, users):
    odd = {
        f"teams/{TEAM}/channels_{TEAM}.json": channels,
        f"teams/{TEAM}/teamMembers_{TEAM}.json": members,
        "teams/teamsSettings.json": listed,
        "users/usersList.json": users,
    }
    check_sound(records_of(a_takeout(tmp_path, **odd)), 2)
