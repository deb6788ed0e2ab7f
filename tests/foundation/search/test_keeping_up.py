"""The index is what is said: at once where something is taken away, and soon where something comes."""

import pytest
from django.db import connection

from heard.foundation.communities.actions import add_member, join, leave, start_community
from heard.foundation.communities.models import Access, Community
from heard.foundation.conversation.actions import delete_message, edit_message, hide_message, merge_thread, move_thread
from heard.foundation.conversation.models import Reply, Thread
from heard.foundation.search import tasks
from heard.foundation.search.actions import begin_anew, fill, is_waiting, take_changes
from heard.foundation.search.models import Change, Document, KnownWord
from heard.foundation.search.queries import find, how_full
from heard.foundation.search.rules import understood
from heard.plumbing import clock
from tests.cast import Cast
from tests.foundation.search.conftest import Look, answer, say

pytestmark = pytest.mark.django_db


def found_now(person: object, typed: str) -> int:
    """What is found before the worker had its turn."""
    return len(find(person, understood(typed)).hits)  # type: ignore[arg-type]


def test_what_is_said_waits_for_the_worker_and_no_longer(cast: Cast, look: Look) -> None:
    take_changes()
    assert not is_waiting()
    say(cast.community, cast.member, "zeppelin #sky")
    assert is_waiting()
    assert tasks.take_changes.module_path in clock.paths()
    assert len(look(cast.member, "zeppelin")) == 1
    assert not is_waiting()


def test_what_is_deleted_or_hidden_is_not_found_from_that_moment_on(cast: Cast, look: Look) -> None:
    thread = say(cast.community, cast.member, "zeppelin one")
    reply = answer(thread, cast.member, "zeppelin two")
    other = say(cast.community, cast.member, "zeppelin three")
    assert len(look(cast.member, "zeppelin")) == 3
    delete_message(reply, by=cast.member)
    assert found_now(cast.member, "zeppelin") == 2
    hide_message(other, by=cast.tender, because="no")
    assert found_now(cast.member, "zeppelin") == 1
    delete_message(thread, by=cast.member)
    assert found_now(cast.member, "zeppelin") == 0
    assert look(cast.member, "zeppelin") == []
    assert not Document.objects.exists()


def test_words_that_were_edited_away_are_not_found_from_that_moment_on(cast: Cast, look: Look) -> None:
    thread = say(cast.community, cast.member, "zeppelin")
    assert len(look(cast.member, "zeppelin")) == 1
    edit_message(thread, by=cast.member, source="balloon")
    assert found_now(cast.member, "zeppelin") == 0
    assert look(cast.member, "zeppelin") == []
    assert look(cast.member, "balloon") == ["<mark>balloon</mark>"]


def test_sqlite_forgets_words_wholly(cast: Cast, look: Look) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps words in the row, which goes with them.")
    thread = say(cast.community, cast.member, "zeppelin")
    look(cast.member, "zeppelin")
    edit_message(thread, by=cast.member, source="balloon")
    take_changes()
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM search_words WHERE search_words MATCH 'zeppelin'")
        assert cursor.fetchone() == (0,)
        cursor.execute("INSERT INTO search_words(search_words) VALUES ('integrity-check')")


def test_who_leaves_or_is_let_in_finds_by_that_moment(cast: Cast, look: Look) -> None:
    say(cast.council, cast.member, "zeppelin")
    assert look(cast.newcomer, "zeppelin") == []
    add_member(cast.council, cast.newcomer, by=cast.tender)
    assert found_now(cast.newcomer, "zeppelin") == 1
    leave(cast.council, by=cast.newcomer)
    assert found_now(cast.newcomer, "zeppelin") == 0


def test_a_community_that_becomes_private_is_lost_to_others_at_once(cast: Cast, look: Look) -> None:
    say(cast.community, cast.member, "zeppelin")
    assert len(look(cast.outsider, "zeppelin")) == 1
    Community.objects.filter(pk=cast.community.pk).update(access=Access.PRIVATE)
    assert found_now(cast.outsider, "zeppelin") == 0
    assert found_now(cast.member, "zeppelin") == 1


def test_a_thread_that_moves_takes_its_replies_along(cast: Cast, look: Look) -> None:
    other = start_community(name="Drivers", by=cast.tender)
    join(other, by=cast.member)
    thread = say(cast.community, cast.member, "zeppelin")
    answer(thread, cast.member, "zeppelin too")
    assert len(look(cast.member, "zeppelin in:canteen")) == 2
    move_thread(thread, other, by=cast.tender)
    assert look(cast.member, "zeppelin in:canteen") == []
    assert len(look(cast.member, "zeppelin in:drivers")) == 2


def test_what_was_said_before_is_filled_in_newest_first(cast: Cast) -> None:
    for nth in range(4):
        thread = say(cast.community, cast.member, f"zeppelin {nth}")
        answer(thread, cast.member, f"zeppelin {nth} indeed")
    begin_anew()
    assert found_now(cast.member, "zeppelin") == 0
    assert how_full() == 0
    assert fill(seconds=30, batch=3) is True
    assert how_full() == 100
    assert found_now(cast.member, "zeppelin") == 8
    assert fill(seconds=1) is True
    assert Document.objects.count() == 8


def test_many_messages_of_one_moment_have_places_of_their_own(cast: Cast) -> None:
    first = say(cast.community, cast.member, "zeppelin")
    rows = [Thread(pk=first.pk + nth, community=cast.community, author=cast.member, source="zeppelin",
                   html="<p>zeppelin</p>", created_at=first.created_at, newest_at=first.created_at)
            for nth in range(1, 400)]  # fmt: skip
    Thread.objects.bulk_create(rows)
    take_changes()
    assert Document.objects.count() == 400
    assert Reply.objects.count() == 0
    assert KnownWord.objects.filter(word="zeppelin").count() == 1
    assert Change.objects.count() == 0


def test_a_merged_thread_is_found_where_it_went(cast: Cast, look: Look) -> None:
    kept = say(cast.community, cast.member, "balloon")
    merged = say(cast.community, cast.member, "zeppelin")
    answer(merged, cast.member, "zeppelin too")
    look(cast.member, "zeppelin")
    merge_thread(merged, into=kept, by=cast.tender)
    found = find(cast.member, understood("zeppelin")).hits
    take_changes()
    found = find(cast.member, understood("zeppelin")).hits
    assert {hit.url.split("/")[2] for hit in found} <= {str(kept.pk)}
