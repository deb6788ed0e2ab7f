"""What the clock does each hour: hands over what came in, deletes what has expired, leaves no order behind."""

from datetime import date

from django.db import connection, transaction
from django.db.models import Count, Model, Sum
from django.db.models.functions import Length
from django.utils import timezone

from heard.features.voice.actions.answering import prolong_added_to, reopen_added_to
from heard.features.voice.models import Audience, ListenerKey, Message, Opened, Salt, Thread
from heard.plumbing.traces import end_sqlite_log, read_alike, refuse_remnants, written_anew

TABLES: tuple[type[Model], ...] = (Thread, Message, Opened)
"""In an order in which what is pointed at is there first."""
FEW, FEW_BYTES = 20_000, 67_108_864
"""So many messages, and so much in them, is written anew each hour, also where nothing came: the hour of the last look
would tell of one."""


def settle() -> None:
    """Everything that is due; twice at once does no harm."""
    with connection.cursor() as cursor:
        refuse_remnants(cursor)
    forgotten = forget_expired(timezone.now().date())
    if forgotten or Thread.objects.filter(is_settled=False).exists() or are_few():
        deliver()
    end_sqlite_log()


def are_few() -> bool:
    """Whether there are conversations, and so few that writing them anew for nothing costs little."""
    there = Message.objects.aggregate(count=Count("code"), sealed=Sum(Length("sealed"), default=0))
    return Thread.objects.exists() and there["count"] < FEW and there["sealed"] < FEW_BYTES


def deliver() -> None:
    """Hands over what came in. Afterwards the last look at each table is the clock's, and no visit's.

    The number of a transaction in a row of PostgreSQL, and the place of a row in a file, would tell when somebody
    wrote, came back or read; afterwards they tell the hour of the clock. Raises OperationalError where a backup reads
    PostgreSQL's tables: nobody who writes shall wait for it, and the next hour does it.
    """
    with written_anew(*TABLES):
        reopen_added_to()
        prolong_added_to()
        Thread.objects.filter(is_settled=False).update(is_settled=True, is_delivered=True)
        Message.objects.filter(is_delivered=False).update(is_delivered=True)
    with transaction.atomic(), connection.cursor() as cursor:
        read_alike(cursor, (*TABLES, ListenerKey, Audience, Salt))


def forget_expired(today: date) -> int:
    """Deletes conversations whose last day has come, with every message in them; how many rows that were.

    What its writer added to on that day is kept: it is about to get another last day.
    """
    return Thread.objects.filter(expires_on__lte=today).exclude(messages__is_delivered=False).delete()[0]
