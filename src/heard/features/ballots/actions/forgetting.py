"""Forgetting in which release an answer came, once nobody needs to know: it says within which hours it was given."""

from functools import partial

from django.db import connection, transaction

from heard.features.ballots.actions.locking import alone
from heard.features.ballots.models import AnswerAtRest, Key
from heard.plumbing.traces import end_sqlite_log, leave_no_remnants, refuse_remnants, table_of


@transaction.atomic
def forget_releases(ballot: str) -> None:
    """Writes the answers of a closed ballot anew without the numbers of their releases, in an order drawn at random.

    What stood at an earlier release cannot be counted any more; whoever published it has kept it. Twice changes
    nothing, and as long as the ballot is not closed nothing happens.
    """
    alone()
    if not AnswerAtRest.objects.filter(key__ballot=ballot).exclude(release=None).exists():
        return
    table, keys = table_of(AnswerAtRest), table_of(Key)
    group = connection.ops.quote_name("group")
    of_it = f"group_code IN (SELECT {group} FROM {keys} WHERE ballot_id = %s)"  # noqa: S608
    kept = "code, question, group_code, value, words"
    with connection.cursor() as cursor:
        refuse_remnants(cursor)
        cursor.execute(f"CREATE TEMPORARY TABLE temp_kept AS SELECT {kept} FROM {table} WHERE {of_it}", [ballot])  # noqa: S608
        cursor.execute(f"DELETE FROM {table} WHERE {of_it}", [ballot])  # noqa: S608
        cursor.execute(f"INSERT INTO {table} ({kept}) SELECT {kept} FROM temp_kept ORDER BY random()")  # noqa: S608
        cursor.execute("DROP TABLE temp_kept")
    transaction.on_commit(end_sqlite_log)
    transaction.on_commit(partial(leave_no_remnants, AnswerAtRest))
