"""Whatever a source calls things, they can be stored, and different things stay different."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.features.arrivals import actions
from heard.features.arrivals.formats import format_of
from heard.features.arrivals.formats.archive import Archive
from heard.features.arrivals.formats.records import PersonRecord, ThreadRecord
from heard.features.arrivals.formats.storable import storable, storable_key
from heard.foundation.conversation.models import Thread
from tests.features.arrivals.exports import ANNA, GENERAL, a_slack, reasons_in, records_of, said

ANYTHING = st.text(alphabet=st.characters(exclude_categories=()), max_size=400)
DAY = "general/2020-01-01.json"


@pytest.mark.django_db
@pytest.mark.parametrize("sign", ["\ud800", "\x00", "\ue000"])
def test_ids_with_signs_that_no_database_takes_come_and_come_once(tmp_path, sign):
    anna = ANNA | {"id": f"U{sign}1", "team_id": f"T{sign}1"}
    nobody = ANNA | {"id": sign, "profile": {"real_name": "Otto"}}
    channel = GENERAL | {"id": f"C{sign}1", "creator": anna["id"], "members": [anna["id"]]}
    words = [said(1, f"Bread for <@U{sign}1>", by=anna["id"])]
    path = a_slack(tmp_path, {DAY: words}, users=[anna, nobody], channels=[channel, GENERAL | {"id": sign}])

    assert actions.bring_in_file(path, "slack").tally.came["threads"] == 1
    thread = Thread.objects.get()
    assert (thread.author.name, thread.community.memberships.count()) == ("Anna Lind", 1)
    assert f"@{thread.author.handle}" in thread.source
    assert actions.bring_in_file(path, "slack").tally.came["threads"] == 0


def test_a_place_is_named_by_what_can_be_stored(tmp_path):
    with Archive(a_slack(tmp_path, users=[ANNA | {"team_id": "T\ud8001"}])) as archive:
        place = format_of(archive).place_of(archive)
    with Archive(a_slack(tmp_path, users=[ANNA | {"team_id": "T\ud8011"}])) as archive:
        other = format_of(archive).place_of(archive)

    assert place.startswith("T1~")
    assert place != other
    place.encode()


@pytest.mark.django_db
def test_a_file_whose_name_is_no_text_has_one_that_is(tmp_path):
    path = a_slack(tmp_path, {DAY: [said(1, "Bread")]}).rename(tmp_path / "export-\udce9.zip")

    assert actions.bring_in_file(path, "slack").run.source == "export-?.zip"


@pytest.mark.parametrize("stamp", ["1577836801.000100\ud800", "1577836801.000100" + "1" * 300, "1577836801.0001 x"])
def test_a_time_stamp_that_is_none_is_no_time(tmp_path, stamp):
    records = records_of(a_slack(tmp_path, {DAY: [said(stamp, "Bread")]}))

    assert reasons_in(records) == {"without a time, or with one that cannot be": 1}


@given(key=ANYTHING, name=ANYTHING)
def test_keys_and_names_fit_whatever_they_were(key, name):
    (person,) = storable(iter([PersonRecord(key=key, name=name, where=name)]))

    for text in (person.key, person.name, person.where):
        assert "\x00" not in text
        text.encode()
    assert len(person.key) <= 255


@given(one=ANYTHING, other=ANYTHING)
def test_different_keys_stay_different(one, other):
    assert (storable_key(one) == storable_key(other)) == (one == other)


def test_what_can_be_stored_stays_the_same_object():
    record = ThreadRecord("C1/1", "C1", "U1", datetime(2020, 1, 1, tzinfo=UTC), "\ue000person\ue002U1\ue002A\ue001")

    assert next(storable(iter([record]))) is record
