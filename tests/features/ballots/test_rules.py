"""Sheets, hours and the log's chain, for whatever there could be."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from heard.features.ballots.errors import BodyIsMalformed
from heard.features.ballots.rules import (
    START,
    body_of,
    checked,
    hour_of,
    is_unbroken,
    next_hash,
    padded,
    read_sheet,
    scheme_of,
    size_of,
    told,
)
from heard.plumbing import base64url
from tests.features.ballots.speaking import QUESTIONS

SCHEME = scheme_of(QUESTIONS)
SIZE = size_of(QUESTIONS)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=1_000).filter(str.strip)
right_answers = st.fixed_dictionaries(
    {},
    optional={
        "recommend": st.integers(0, 10),
        "told": st.integers(1, 5),
        "where": st.integers(0, 2),
        "better": words,
    },
)
lines = st.lists(
    st.tuples(st.sampled_from(["keys", "listener"]), st.text("0123456789abcdef", min_size=32, max_size=32)), min_size=1
)


@given(right_answers, st.binary(min_size=32, max_size=32), st.binary(min_size=256, max_size=256))
@example({"better": "😀" * 1_000, "recommend": 10, "told": 5, "where": 2}, b"\xff" * 32, b"\xff" * 256)
@example({"better": '"\\' * 500}, b"\xff" * 32, b"\xff" * 256)
def test_every_right_sheet_fits_and_is_read_as_it_was_written(answers, prefix, signature):
    encode = base64url.encode
    said = {"prefix": encode(prefix), "signature": encode(signature), "group": "a" * 32, "answers": answers}
    body = padded(said, SIZE)
    assert len(body) == SIZE
    sheet = read_sheet(body, SIZE)
    assert (sheet.spent.prefix, sheet.spent.signature) == (prefix, signature)
    kept = checked(sheet.answers, SCHEME)
    assert kept == {**answers, **({"better": answers["better"].strip()} if "better" in answers else {})}


@given(st.dictionaries(st.sampled_from(["recommend", "told", "where", "better", "more"]), anything))
def test_an_answer_is_right_or_refused_and_nothing_else(answers):
    try:
        kept = checked(answers, SCHEME)
    except BodyIsMalformed:
        return
    assert set(kept) <= set(answers)
    for code, (least, most) in {"recommend": (0, 10), "told": (1, 5), "where": (0, 2)}.items():
        assert code not in kept or least <= int(kept[code]) <= most
    assert len(str(kept.get("better", ""))) <= 1_000


@given(st.binary(max_size=300) | st.text().map(str.encode) | anything.map(json.dumps).map(str.encode))
def test_no_body_is_more_than_malformed(body):
    with pytest.raises(BodyIsMalformed):
        read_sheet(body.ljust(SIZE)[:SIZE], SIZE)


@given(lines, st.data())
def test_a_log_in_which_anything_was_changed_does_not_hang_together(published, data):
    log, before = [], START
    for kind, ref in published:
        body = body_of(kind, ref, "0" * 64)
        before = next_hash(before, body)
        log.append((body, before))
    assert is_unbroken(log)
    at = data.draw(st.integers(0, len(log) - 1))
    changed = body_of("keys", data.draw(st.text("0123456789abcdef", min_size=32, max_size=32)), "1" * 64)
    assert not is_unbroken([*log[:at], (changed, log[at][1]), *log[at + 1 :]])
    assert len(log) == 1 or not is_unbroken([*log[:at], *log[at + 1 :]]) or at == len(log) - 1
    assume(at + 1 < len(log) and log[at] != log[at + 1])
    assert not is_unbroken([*log[:at], log[at + 1], log[at], *log[at + 2 :]])


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.timezones()))  # noqa: DTZ001
def test_no_time_is_finer_than_an_hour(at):
    hour = hour_of(at)
    assert (hour.minute, hour.second, hour.microsecond) == (0, 0, 0)
    assert 0 <= (at - hour).total_seconds() < 3_600
    assert datetime.strptime(told(hour), "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC) == hour
