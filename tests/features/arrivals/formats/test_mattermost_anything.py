"""Whatever stands in Mattermost's lines, every post and reply is there or counted, and nothing breaks."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heard.features.arrivals.formats.mattermost_text import Names
from heard.features.arrivals.formats.references import references
from heard.plumbing.text import plain
from tests.features.arrivals.exports import records_of
from tests.features.arrivals.formats.test_mattermost import TIME, USUAL, an_export
from tests.features.arrivals.soundness import check_sound

WORDS = st.lists(
    st.sampled_from([*"ab *_~`<>|@#!&;:/\n\\-1.é", "@anna", "~ovens", "```", ":wave:", "https://x.org?token=1"]),
    max_size=30,
).map("".join)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 2**70) | st.floats(allow_nan=False) | WORDS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["user", "emoji_name", "path", "name", "attachments", "text"]), inner, max_size=4
        )
    ),
    max_leaves=10,
)
WHEN = st.sampled_from([TIME + nth for nth in range(3)]) | ANYTHING
WHO = st.sampled_from(["anna", "bo.ek", "nobody", ""]) | ANYTHING
HANGING = dict.fromkeys(["reactions", "attachments", "props", "type", "edit_at", "is_pinned"], ANYTHING)
REPLIES = st.fixed_dictionaries({"user": WHO, "message": WORDS | ANYTHING, "create_at": WHEN}, optional=HANGING)
POSTS = st.fixed_dictionaries(
    {
        "team": st.just("bakery") | ANYTHING,
        "channel": st.sampled_from(["town-square", "ovens"]) | ANYTHING,
        "user": WHO,
        "message": WORDS | ANYTHING,
        "create_at": WHEN,
    },
    optional={**HANGING, "replies": st.lists(REPLIES | ANYTHING, max_size=3) | ANYTHING},
)
LISTED = st.tuples(
    st.sampled_from(["team", "channel", "user", "bot"]),
    ANYTHING
    | st.dictionaries(
        st.sampled_from(["name", "team", "username", "email", "teams", "delete_at"]), ANYTHING, max_size=6
    ),
)


@given(posts=st.lists(POSTS | ANYTHING, max_size=5), listed=st.lists(LISTED, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=80)
def test_every_post_is_there_or_counted(tmp_path, posts, listed):
    path = an_export(tmp_path, *(("post", one) for one in posts), before=(*USUAL, *listed))

    replies = [one["replies"] for one in posts if isinstance(one, dict) and isinstance(one.get("replies"), list)]
    check_sound(records_of(path), len(posts) + sum(map(len, replies)))


@given(lines=st.lists(ANYTHING.map(json.dumps) | WORDS.map(lambda it: it.replace("\n", "")), max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_line_is_read_or_counted(tmp_path, lines):
    check_sound(records_of(an_export(tmp_path, *lines)), sum(1 for line in lines if line.strip()))


@given(words=WORDS)
def test_any_text_names_nobody_else(words):
    shown = Names({"anna": "Anna"}, {"x/ovens": "Ovens"}).markdown(words, "x")

    assert set(references(shown)) <= {("person", "anna"), ("community", "x/ovens")}
    plain(shown)
