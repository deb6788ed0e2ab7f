"""The heart by its tables: nothing in them leads to a person, tells where or when, or keeps an order of arrival."""

import secrets
import sqlite3
from contextlib import closing

import pytest
from django.apps import apps
from django.db import connection, models

from heard.features.ballots.actions import Question, release, rewrite, rewrite_what_may_grow
from heard.features.ballots.models import Answer, AnswerAtRest, Ballot, Key, Used, UsedAtRest
from tests.at_once import on_disk
from tests.features.ballots.speaking import a_ballot, a_token, new_group, send
from tests.features.tables import column, file_and_log, is_numbered, last_read, transactions, write_ahead

HEART = ("ballots", "voice")
MODELS = [model for name in HEART for model in apps.get_app_config(name).get_models()]
ANONYMOUS = (Used, UsedAtRest, Answer, AnswerAtRest)
TOUCHED = (Used, Answer, Key, Ballot)
"""What is read where a sheet comes in."""
COLUMNS = {
    "Used": {"nonce_hash", "group_code", "prefix", "signature"},
    "Answer": {"code", "question", "group_code", "value", "words", "release"},
}
HOURS = {"ballots.ballot": {"opens_at", "closes_at"}, "ballots.release": {"hour"}}
PERSONAL = ("person", "user", "member", "author", "email", "address", "ip", "agent", "cookie", "session", "device")
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_key_leads_out_of_the_heart(model):
    pointed = {field.remote_field.model._meta.app_label for field in model._meta.get_fields() if field.remote_field}
    assert pointed <= set(HEART)
    with connection.cursor() as cursor:
        relations = connection.introspection.get_relations(cursor, model._meta.db_table)
    assert {table.split("_")[0] for _column, table, *_rest in relations.values()} <= set(HEART)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_nothing_else_points_into_the_heart(model):
    assert {field.related_model._meta.app_label for field in model._meta.related_objects} <= set(HEART)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_column_could_hold_who_or_where_or_when_exactly(model):
    fields = model._meta.concrete_fields
    assert [one.name for one in fields if set(one.name.split("_")) & set(PERSONAL) and one.name != "per_member"] == []
    assert not [one for one in fields if isinstance(one, models.GenericIPAddressField | models.AutoField)]
    timed = {one.name for one in fields if isinstance(one, models.DateTimeField | models.TimeField)}
    assert timed <= HOURS.get(model._meta.label_lower, set())


@pytest.mark.parametrize("model", ANONYMOUS, ids=lambda model: model._meta.label)
def test_the_anonymous_tables_hold_this_and_nothing_more(model):
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, model._meta.db_table)
    assert {column.name for column in described} == COLUMNS[model.__name__.removesuffix("AtRest")]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite gives rows a number")
@pytest.mark.parametrize("model", ANONYMOUS, ids=lambda model: model._meta.label)
def test_on_sqlite_rows_have_no_number(model):
    assert not is_numbered(model)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL keeps rows where they came")
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_neither_place_nor_transaction_tells_which_came_when():
    group = new_group()
    ballot = a_ballot(group)
    tokens = [a_token(ballot, group) for _nth in range(24)]
    for nth, token in enumerate(tokens):
        send(token, {"recommend": nth % 11, "better": f"words {nth:02}"})
    came = [f"words {nth:02}" for nth in range(24)]
    assert lying() == came
    rewrite()
    assert sorted(lying()) == came
    assert lying() != came
    assert transactions(Used, Answer) == 1
    before = lying()
    release(ballot, is_last=True)
    assert sorted(lying("ballots_answeratrest")) == came
    assert lying("ballots_answeratrest") not in (came, before)
    assert transactions(AnswerAtRest) == 1
    assert transactions(Answer) == 0


def lying(table: str = "ballots_answer") -> list[str]:
    """The words of all comments as they lie in the file."""
    return column(f"SELECT words FROM {table} WHERE words <> '' ORDER BY ctid")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's file")
@pytest.mark.django_db(transaction=True)
def test_on_sqlite_nothing_older_is_left_in_the_file_or_its_log(tmp_path):
    group = new_group()
    ballot = a_ballot(group)
    with on_disk(tmp_path):
        write_ahead()
        for nth in range(24):
            send(a_token(ballot, group), {"better": f"words {nth:02}!" + " and more" * 70})
        names = list(Answer.objects.values_list("code", flat=True))
        came, log = file_and_log(tmp_path)
        assert b"words 07!" in came + log
        rewrite()
        after, log = file_and_log(tmp_path)
        assert log == b""
        assert [after.count(f"words {nth:02}!".encode()) for nth in range(24)] == [1] * 24
        assert not [name for name in names if name.encode() in after]
        places = [after.index(f"words {nth:02}!".encode()) for nth in range(24)]
        assert places not in (sorted(places), sorted(places, reverse=True))
        release(ballot, is_last=True)
        after, log = file_and_log(tmp_path)
        assert log == b""
        assert [after.count(f"words {nth:02}!".encode()) for nth in range(24)] == [1] * 24


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's log")
@pytest.mark.django_db(transaction=True)
def test_a_log_that_somebody_was_reading_is_cut_off_an_hour_later_though_nothing_came(tmp_path, caplog):
    group = new_group()
    ballot = a_ballot(group)
    with on_disk(tmp_path), closing(sqlite3.connect(tmp_path / "heard.sqlite3", isolation_level=None)) as reader:
        write_ahead()
        column("PRAGMA busy_timeout = 50")
        send(a_token(ballot, group), {"better": "words"})
        names = list(Answer.objects.values_list("code", flat=True))
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM people_person").fetchall()
        release(ballot, is_last=True)
        assert names[0].encode() in file_and_log(tmp_path)[1]
        assert "tried again in an hour" in caplog.text
        reader.execute("COMMIT")
        rewrite_what_may_grow()
        assert file_and_log(tmp_path)[1] == b""


@pytest.mark.skipif(connection.vendor != "postgresql", reason="about what PostgreSQL counts")
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_no_table_and_no_index_tells_when_a_token_came():
    group = new_group()
    ballot = a_ballot(group, questions=[Question(secrets.token_hex(18), "agree") for _ in range(60)])
    send(a_token(ballot, group), {})
    came = last_read(*TOUCHED)
    assert came["ballots_used_pkey"]
    assert [at for name, at in came.items() if name.startswith("pg_toast") and at]
    rewrite_what_may_grow()
    rewritten = last_read(*TOUCHED)
    assert set(came) == set(rewritten)
    assert len(set(rewritten.values())) == 1
    assert set(rewritten.values()).isdisjoint(came.values())
    written = column("SELECT DISTINCT xmin::text FROM ballots_used")
    file = column("SELECT pg_relation_filepath('ballots_used')")
    rewrite_what_may_grow()
    assert set(last_read(*TOUCHED).values()).isdisjoint(rewritten.values())
    assert column("SELECT DISTINCT xmin::text FROM ballots_used") != written
    assert column("SELECT pg_relation_filepath('ballots_used')") != file
