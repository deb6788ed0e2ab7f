"""That somebody saw what they were told is kept, and neither when nor in which order."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from heard.foundation.notices.actions import leave_no_order, see_notice, see_notices, see_thread, tell, unsee_notices
from heard.foundation.notices.models import Delivery, Notice, Why
from heard.foundation.notices.queries import unseen_count
from heard.plumbing.ids import timed_id
from tests.at_once import at_once
from tests.cast import a_person
from tests.features.tables import column, transactions

WAYS_OF_SEEING = {
    "opened": lambda notice: see_notice(notice.person, notice),
    "its thread read": lambda notice: see_thread(notice.person, notice.about_id),
    "all at once": lambda notice: see_notices(notice.person),
}


def told(people, about, why=Why.ASK):
    """What so many were told of the same thing, in the order of the people."""
    tell([person.pk for person in people], why, about, by=None, address="/")
    return list(Notice.objects.filter(about_id=about.pk, why=why).order_by("person"))


def row_of(notice):
    """All that the database holds of a notice."""
    return Notice.objects.filter(pk=notice.pk).values().get()


@pytest.mark.parametrize("way", WAYS_OF_SEEING)
def test_seeing_something_writes_no_time_beside_it(cast, way):
    (notice,) = told([cast.member], cast.tender)
    notice.about = "thread"
    notice.save()
    before = row_of(notice)
    with time_machine.travel(timezone.now() + timedelta(hours=5)):
        WAYS_OF_SEEING[way](notice)
    after = row_of(notice)
    assert {name for name in before if before[name] != after[name]} == {"seen_with"}
    assert {field.name for field in Notice._meta.fields if isinstance(field, models.DateTimeField)} == {"told_at"}


def test_what_was_opened_by_itself_is_like_all_that_was_so_opened(cast):
    for notice in told([cast.member, cast.outsider], cast.tender):
        see_notice(notice.person, notice)
    assert set(Notice.objects.values_list("seen_with", flat=True)) == {0}


def test_each_gesture_is_taken_back_by_itself_and_what_was_opened_stays_seen(cast):
    told([cast.member], cast.tender)
    first = see_notices(cast.member)
    told([cast.member], cast.newcomer)
    second = see_notices(cast.member)
    (opened,) = told([cast.member], cast.outsider)
    see_notice(cast.member, opened)
    assert unsee_notices(cast.member, gesture=0) == 0
    assert unsee_notices(cast.member, gesture=second.gesture) == 1
    assert unseen_count(cast.member) == 1
    assert unsee_notices(cast.member, gesture=first.gesture) == 1
    assert unseen_count(cast.member) == 2


def test_once_no_order_is_left_no_gesture_joins_a_notice_with_others(cast):
    told([cast.member], cast.newcomer)
    (notice,) = told([cast.member], cast.tender)
    gesture = see_notices(cast.member).gesture
    assert leave_no_order(cast.tender)
    assert row_of(notice)["seen_with"] == 0
    assert not leave_no_order(cast.tender)
    assert unsee_notices(cast.member, gesture=gesture) == 1
    assert row_of(notice)["seen_with"] == 0


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps no number of transactions")
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_rows_lie_as_of_one_transaction_in_an_order_drawn_at_random(cast):
    people = [a_person(f"Somebody {'abcdefghijklmnopqrst'[nth] * 3}") for nth in range(20)]
    notices = told(people, cast.tender)
    Delivery.objects.create(person=people[0], notice=notices[0], way="mail", due_at=timezone.now())
    before = [row_of(notice) for notice in notices]
    assert not leave_no_order(cast.tender)
    for notice in notices[::-1]:
        see_notice(notice.person, notice)
    assert transactions(Notice) >= 20
    assert leave_no_order(cast.tender)
    assert len(set(column("SELECT xmin::text FROM notices_notice WHERE about_id = %s", cast.tender.pk))) == 1
    lying = column("SELECT person_id FROM notices_notice WHERE about_id = %s ORDER BY ctid", cast.tender.pk)
    in_turn = [person.pk for person in people]
    assert sorted(lying) == in_turn
    assert lying not in (in_turn, in_turn[::-1])
    assert [row_of(notice) for notice in notices] == [{**row, "seen_with": 0} for row in before]
    assert Delivery.objects.get().notice == notices[0]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
@pytest.mark.django_db(transaction=True)
def test_what_is_opened_while_rows_are_written_anew_is_seen(cast):
    people = [a_person(f"Somebody {'abcdefgh'[nth] * 3}") for nth in range(8)]
    notices = told(people, cast.tender)
    see_notice(people[0], notices[0])
    deeds = [lambda notice=notice: see_notice(notice.person, notice) for notice in notices[1:]]
    assert at_once(lambda: leave_no_order(cast.tender), *deeds) == []
    assert {row_of(notice)["seen_with"] for notice in notices} == {0}


@pytest.mark.django_db(transaction=True)
def test_what_was_seen_before_the_update_stays_seen_without_its_time():
    executor = MigrationExecutor(connection)
    executor.migrate([("notices", "0008_not_asked")])
    try:
        old = executor.loader.project_state([("notices", "0008_not_asked")]).apps
        person = a_person("Ada Ask").pk
        at = datetime(2026, 11, 30, 9, 30, 17, 123_456, tzinfo=UTC)
        for nth, seen_at in enumerate((at, None)):
            old.get_model("notices", "Notice").objects.create(
                id=timed_id(at, nth), person_id=person, why="ask", about="ask", about_id=nth, address="/", told_at=at,
                seen_at=seen_at,
            )  # fmt: skip
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    kept = Notice.objects.filter(person=person).order_by("id")
    assert list(kept.values_list("seen_with", flat=True)) == [0, None]
    assert "seen_at" not in kept.values()[0]
