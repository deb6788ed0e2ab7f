"""Writing the rows of issued tokens anew in an order drawn by lot, so that no table keeps who came when."""

import random
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from heard.features.rolls.models import Issued, Roll, Wait
from heard.plumbing.ids import drawn_code
from heard.plumbing.rows import insert_rows
from heard.plumbing.traces import end_sqlite_log, leave_no_remnants, refuse_remnants

AFTERWARDS = timedelta(days=2)
FEW = 200_000
NIGHT = 3
"""So many rows get a new file each hour on PostgreSQL, some seconds for which nobody takes a token; more, in one hour
of the night."""


def shuffle_issued() -> int:
    """Rewrites the rows of every roll of which tokens were issued since; returns how many rolls that were.

    A database keeps rows in the order they came (PostgreSQL even says which transaction wrote each). Afterwards they
    lie by ids drawn anew, as of one transaction. SQLite's log is cut off each time, also where nothing was rewritten:
    it holds the waits that ended, and somebody who was reading may have held it the last time. PostgreSQL's file of
    waits is new each time for the same reason, and that of issued tokens where rows were rewritten.
    """
    rewritten = 0
    for roll in Roll.objects.filter(closes_at__gt=timezone.now() - AFTERWARDS):
        if Issued.objects.filter(roll=roll).count() != roll.shuffled:
            rewrite(roll)
            rewritten += 1
    end_sqlite_log()
    leave_no_remnants(Wait)
    if is_time_for_a_file(rewritten):
        leave_no_remnants(Issued)
    return rewritten


def is_time_for_a_file(rewritten: int) -> bool:
    """Whether issued tokens get a new file now, after so many rolls were rewritten."""
    is_night = timezone.localtime().hour == NIGHT
    return is_night or (rewritten > 0 and Issued.objects.count() < FEW)


@transaction.atomic
def rewrite(roll: Roll) -> None:
    """One roll's rows, all at once; whoever is issued a token meanwhile waits for the commit."""
    Roll.objects.select_for_update().get(pk=roll.pk)
    with connection.cursor() as cursor:
        refuse_remnants(cursor)
    held = Issued.objects.filter(roll=roll).select_for_update()
    rows = list(held.values("person_id", "nth", "digest"))
    Issued.objects.filter(roll=roll).delete()
    random.SystemRandom().shuffle(rows)
    insert_rows(Issued, ({"code": drawn_code(), "roll_id": roll.pk, **row} for row in rows))
    Roll.objects.filter(pk=roll.pk).update(shuffled=len(rows))
