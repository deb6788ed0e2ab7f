"""What the desk's tables could tell of a writer: that listeners acted in a week, in no order, and nothing finer."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection, models
from django.utils import timezone

from heard.features.desk import actions, queries
from heard.features.desk.models import Handling
from heard.features.voice.actions import settle
from heard.features.voice.models import Thread
from heard.features.voice.queries import Because
from heard.foundation.notices.models import Notice
from heard.foundation.record.models import Event
from tests.cast import browser_of

pytestmark = pytest.mark.django_db
CONCERN = "The new rota came out four days before it started."


def acted(desk, writers):
    """Each is opened, answered and decided, one after another."""
    for writer in writers:
        found = queries.conversation(desk.first, writer.thread)
        actions.see(found, by=desk.first)
        actions.decide(found, by=desk.second)


def test_what_a_listener_did_has_a_week_and_nothing_that_counts_or_is_finer():
    fields = Handling._meta.concrete_fields
    assert not [one for one in fields if isinstance(one, models.DateTimeField | models.TimeField | models.AutoField)]
    assert [one.name for one in fields if isinstance(one, models.DateField)] == ["week"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite gives rows a number")
def test_on_sqlite_what_listeners_did_has_no_row_number():
    with connection.cursor() as cursor:
        cursor.execute("SELECT wr FROM pragma_table_list WHERE name = 'desk_handling'")
        assert cursor.fetchone() == (1,)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL keeps rows where they came")
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_neither_place_nor_transaction_tells_what_a_listener_did_first(desk):
    writers = [desk.writer(desk.company["Operations"][nth], CONCERN) for nth in range(6)]
    acted(desk, writers)
    came = by_place()
    assert transactions() == 12
    actions.leave_no_order()
    assert sorted(by_place()) == sorted(came)
    assert by_place() != came
    assert transactions() == 1
    actions.hide(queries.conversation(desk.first, writers[0].thread), Because.ABUSE, by=desk.first)
    actions.leave_no_order()
    assert transactions() == 1


def by_place():
    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM desk_handling ORDER BY ctid")
        return [row[0] for row in cursor.fetchall()]


def transactions():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM desk_handling")
        return cursor.fetchone()[0]


def test_the_clock_writes_anew_only_where_something_was_done(desk, django_assert_num_queries):
    acted(desk, [desk.writer(desk.company["Operations"][0], CONCERN)])
    actions.leave_no_order()
    assert set(Handling.objects.values_list("is_settled", flat=True)) == {True}
    with django_assert_num_queries(1):
        actions.leave_no_order()
    assert Handling.objects.count() == 2


def test_reading_at_the_desk_changes_nothing_and_tells_nobody(desk):
    writer = desk.writer(desk.company["Operations"][0], CONCERN)
    said = (Event.objects.count(), Notice.objects.count())
    before = (list(Thread.objects.values()), list(Handling.objects.values()))
    for address in ("/desk/", f"/desk/{writer.thread}/", f"/desk/{writer.thread}/letters.json"):
        assert browser_of(desk.first).get(address).status_code == 200
    assert (list(Thread.objects.values()), list(Handling.objects.values())) == before
    acted(desk, [writer])
    assert (Event.objects.count(), Notice.objects.count()) == said


def test_the_desk_is_told_the_same_whether_the_writer_came_back_or_not(desk):
    """Read, looked at again in another week, or not: listeners see no difference."""
    page, writer = browser_of(desk.first), desk.writer(desk.company["Operations"][0], CONCERN)
    addresses = ("/desk/", f"/desk/{writer.thread}/", f"/desk/{writer.thread}/letters.json")
    with time_machine.travel(timezone.now() + timedelta(weeks=1), tick=False):
        before = [page.get(address).content for address in addresses]
        writer.reads()
        settle()
        assert Thread.objects.get().here_week > Thread.objects.get().week
        assert [page.get(address).content for address in addresses] == before


def test_two_of_a_group_look_alike_at_the_desk(desk):
    page, shown = browser_of(desk.first), set()
    for nth in (0, 1):
        writer = desk.writer(desk.company["Operations"][nth], f"Number {nth}")
        said = page.get(f"/desk/{writer.thread}/letters.json").json()
        [message] = said["messages"]
        shown.add((*(said[name] for name in ("group", "ballot", "week", "expires", "state")), len(message["sealed"])))
    assert len(shown) == 1
