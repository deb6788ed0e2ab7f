"""Fills a database with a made-up organisation: tables first, their indexes after, as fast as the engine lets us."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.core.management import call_command
from django.db import connection

from heard.bench.organisation import NOW, Organisation
from heard.bench.rewording import reword
from heard.bench.sizes import Size

BATCH = 20_000
TABLES = {
    "people_person": (
        ("id", "email", "handle", "name", "joined_at"),
        {
            "password": "!",
            "title": "Planner",
            "place": "Leith",
            "about": "",
            "skills": [],
            "languages": [],
            "telephone": "",
            "time_zone": "",
            "language": "",
            "picture": "",
            "claimed_at": NOW,
            "is_contact_hidden": False,
            "roles": [],
            "session_salt": "bench",
        },
    ),
    "communities_community": (
        ("id", "name", "slug", "access"),
        {
            "description": "",
            "welcome": "",
            "welcome_html": "",
            "started_at": NOW,
            "member_count": 0,
            "thread_count": 0,
        },
    ),
    "communities_membership": (
        ("person_id", "community_id"),
        {"is_tender": False, "level": "mentions", "joined_at": NOW},
    ),
    "conversation_thread": (
        (
            "id", "community_id", "author_id", "kind", "title", "source", "html", "excerpt", "created_at",
            "reply_count", "reactions",
        ),
        {"hidden_because": "", "version": 1, "is_listed": True, "newest_at": NOW, "stage": 0, "unnamed_reactions": {}},
    ),
    "conversation_reply": (
        ("id", "thread_id", "author_id", "source", "html", "excerpt", "created_at"),
        {"hidden_because": "", "version": 1, "reactions": {}, "unnamed_reactions": {}},
    ),
    "conversation_reaction": (("thread_id", "person_id", "emoji", "reacted_at"), {}),
}  # fmt: skip


def is_filled(size: Size) -> bool:
    """Whether this database holds the organisation whole: a row written last says so."""
    with connection.cursor() as cursor:
        if "bench_filled" not in connection.introspection.table_names(cursor):
            return False
        cursor.execute("SELECT threads FROM bench_filled")
        row = cursor.fetchone()
        return bool(row and row[0] == size.threads)


def fill(size: Size, say: Callable[[str], None]) -> None:
    """Makes the organisation, unless it is there; some minutes for a million threads."""
    reword(size, say)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    if is_filled(size):
        return
    call_command("flush", interactive=False, verbosity=0)
    made = Organisation(size)
    sources = {
        "people_person": made.people,
        "communities_community": made.communities,
        "communities_membership": made.memberships,
        "conversation_thread": made.threads,
        "conversation_reply": made.replies,
        "conversation_reaction": made.reactions,
    }
    with Unindexed(list(TABLES)):
        for table, source in sources.items():
            say(f"{table} …")
            (copy if connection.vendor == "postgresql" else insert)(table, source())
        say("indexes …")
    say("statistics …")
    settle(size)


def settle(size: Size) -> None:
    """Counts members, gathers the planner's statistics, and notes that all is there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE communities_community SET member_count = (SELECT COUNT(*) FROM communities_membership m "
            "WHERE m.community_id = communities_community.id)"
        )
        if connection.vendor == "postgresql":
            for table in SERIAL:
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), 1000000000)")
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("ANALYZE")
        cursor.execute("CREATE TABLE bench_filled (threads BIGINT)")
        cursor.execute("CREATE TABLE bench_worded (threads BIGINT)")
        cursor.execute(f"INSERT INTO bench_filled VALUES ({size.threads})")  # noqa: S608


SERIAL = {"people_person", "communities_community", "communities_membership", "conversation_reaction"}


def columns(table: str) -> list[str]:
    """The columns that are filled, those that vary first."""
    varying, fixed = TABLES[table]
    return [*varying, *fixed]


def ready(value: object) -> object:
    """A value as the driver takes it."""
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, datetime) and connection.vendor == "sqlite":
        return value.replace(tzinfo=None).isoformat(" ")
    return value


def rows(table: str, source: Iterator[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """Whole rows: what varies, and what is the same in each."""
    fixed = tuple(ready(value) for value in TABLES[table][1].values())
    for row in source:
        yield (*map(ready, row), *fixed)


def insert(table: str, source: Iterator[tuple[object, ...]]) -> None:
    """Into SQLite, in large transactions."""
    names = columns(table)
    sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608
    whole = rows(table, source)
    raw: Any = connection.connection
    while batch := list(islice(whole, BATCH)):
        raw.execute("BEGIN")
        raw.executemany(sql, batch)
        raw.execute("COMMIT")


def copy(table: str, source: Iterator[tuple[object, ...]]) -> None:
    """Into PostgreSQL, by COPY."""
    connection.ensure_connection()
    raw: Any = connection.connection
    with raw.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns(table))}) FROM STDIN") as sink:
        for row in rows(table, source):
            sink.write_row(row)


class Unindexed:
    """Takes the indexes of `tables` away while they are filled, and makes them again after."""

    def __init__(self, tables: list[str]) -> None:
        self.tables = tables
        self.indexes: list[tuple[str, ...]] = []

    def __enter__(self) -> None:
        marks = ", ".join(f"'{table}'" for table in self.tables)
        if connection.vendor == "postgresql":
            sql = (
                f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ({marks}) AND indexname NOT IN "  # noqa: S608
                "(SELECT conname FROM pg_constraint)"
            )
        else:
            sql = (
                "SELECT name, sql, type FROM sqlite_master WHERE type <> 'table' AND sql <> '' "  # noqa: S608
                f"AND tbl_name IN ({marks})"
            )
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                for pragma in ("synchronous=OFF", "foreign_keys=OFF", "wal_autocheckpoint=20000"):
                    cursor.execute(f"PRAGMA {pragma}")
            else:
                cursor.execute("SET session_replication_role = replica")
            cursor.execute(sql)
            self.indexes = cursor.fetchall()
            for name, _sql, *kind in self.indexes:
                cursor.execute(f"DROP {kind[0] if kind else 'INDEX'} {name}")

    def __exit__(self, kind: object, *_rest: object) -> None:
        with connection.cursor() as cursor:
            if kind is None:
                for _name, sql, *_kind in self.indexes:
                    cursor.execute(sql)
            if connection.vendor == "postgresql":
                cursor.execute("SET session_replication_role = DEFAULT")
        connection.close()
