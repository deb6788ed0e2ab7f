"""Writing both tables anew in an order drawn at random, so that no row tells when it came, or beside which other.

In which order rows came is told by PostgreSQL's files and by the number of the transaction in each row, and by where
SQLite puts a row into a page. After this, nothing of it is left in the tables; on SQLite not in its log either.
Answers that were not released yet get new names, so that two copies of the table cannot be laid side by side.

It is done each hour whether or not anything came, since otherwise the hour of the last rewriting, which the file and
the rows tell, would be the hour of the last answer.
"""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from heard.features.ballots.actions.locking import alone
from heard.features.ballots.models import Answer, AnswerAtRest, Ballot, Key, State, Used, UsedAtRest
from heard.plumbing.traces import columns_of, end_sqlite_log, read_alike, refuse_remnants, table_of, write_anew

NEW_NAME = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "translate(gen_random_uuid()::text, '-', '')"}


def rewrite() -> None:
    """Writes both anew, in one transaction.

    Raises OperationalError where PostgreSQL's tables are being read by a backup; whoever answers must not wait for it.
    """
    with transaction.atomic():
        alone()
        with connection.cursor() as cursor:
            refuse_remnants(cursor)
            for model in (Used, Answer):
                _shuffle(cursor, model)
            read_alike(cursor, (Used, Answer, Key, Ballot))
        transaction.on_commit(end_sqlite_log)


def lay_to_rest(ballot: Ballot) -> None:
    """Moves the rows of a ballot that closes to where nothing is written again, in an order drawn at random."""
    groups = ballot.keys.values("group")
    with connection.cursor() as cursor:
        for source, target in ((Used, UsedAtRest), (Answer, AnswerAtRest)):
            listed = columns_of(source)
            of_it, values = source.objects.filter(key__in=groups).values_list("pk").query.sql_with_params()
            where = f"{connection.ops.quote_name(str(source._meta.pk.column))} IN ({of_it})"
            table, resting = table_of(source), table_of(target)
            cursor.execute(
                f"INSERT INTO {resting} ({listed}) SELECT {listed} FROM {table} WHERE {where} ORDER BY random()",  # noqa: S608
                values,
            )
            cursor.execute(f"DELETE FROM {table} WHERE {where}", values)  # noqa: S608


def rewrite_what_may_grow() -> None:
    """Writes both anew as long as any answer may come, and cuts off what SQLite's log still holds in any case.

    A ballot that closes had its rows written anew then; the log could have been held by a reader at that moment.
    """
    if Ballot.objects.exclude(state=State.CLOSED).filter(opens_at__lte=timezone.now()).exists():
        rewrite()
    else:
        end_sqlite_log()


def _shuffle(cursor: Any, model: type[Used] | type[Answer]) -> None:
    drawn = ""
    if model is Answer:
        new_name = f"CASE WHEN release IS NULL THEN {NEW_NAME[connection.vendor]} ELSE code END"
        drawn = columns_of(model).replace(connection.ops.quote_name("code"), new_name)
    write_anew(cursor, model, drawn=drawn)
