"""Where the words of documents stand, and the triggers that note every change of what is said.

Triggers, because nothing else sees all of it: imports and merges write past every action. They note an id and no
more, in the transaction of the change; the worker does the rest.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db import migrations
from django.utils import timezone

THREAD, REPLY, FILE, WHOLE = range(4)
GONE: tuple[str, ...] = ("deleted_at", "hidden_at", "author_id")
THREADS, REPLIES = "conversation_thread", "conversation_reply"
FILES, TAGS = "conversation_attachment", "conversation_hashtag"
# table, event, columns of which one must have changed, condition, what is noted: (kind, expression)
TRIGGERS: list[tuple[str, str, str, tuple[str, ...], str, list[tuple[int | None, str]]]] = [
    ("thread_said", THREADS, "INSERT", (), "", [(THREAD, "NEW.id")]),
    ("thread_changed", THREADS, "UPDATE", ("title", "html", "kind", "is_listed", *GONE), "", [(THREAD, "NEW.id")]),
    ("thread_moved", THREADS, "UPDATE", ("community_id", "merged_into_id"), "", [(WHOLE, "NEW.id")]),
    ("thread_removed", THREADS, "DELETE", (), "", [(THREAD, "OLD.id")]),
    ("reply_said", REPLIES, "INSERT", (), "", [(REPLY, "NEW.id")]),
    ("reply_changed", REPLIES, "UPDATE", ("html", "thread_id", *GONE), "", [(REPLY, "NEW.id")]),
    ("reply_removed", REPLIES, "DELETE", (), "", [(REPLY, "OLD.id")]),
    ("file_hung", FILES, "INSERT", (), "NEW.thread_id IS NOT NULL", [(FILE, "NEW.id"), (None, "NEW")]),
    ("file_changed", FILES, "UPDATE", ("thread_id", "reply_id", "name", "description", "path"), "",
     [(FILE, "NEW.id"), (None, "NEW")]),
    ("file_removed", FILES, "DELETE", (), "OLD.thread_id IS NOT NULL", [(FILE, "OLD.id"), (None, "OLD")]),
    ("tag_given", TAGS, "INSERT", (), "", [(WHOLE, "NEW.thread_id")]),
    ("tag_taken", TAGS, "DELETE", (), "", [(WHOLE, "OLD.thread_id")]),
]


def noting(noted: Iterable[tuple[int | None, str]]) -> Iterator[str]:
    """The SQL that notes ids; None stands for the message that a file hangs on."""
    for kind, of in noted:
        if kind is None:
            yield (f"INSERT INTO search_change (kind, source) SELECT CASE WHEN {of}.reply_id IS NULL THEN {THREAD} "
                   f"ELSE {REPLY} END, COALESCE({of}.reply_id, {of}.thread_id) WHERE {of}.thread_id IS NOT NULL;")
        else:
            yield f"INSERT INTO search_change (kind, source) VALUES ({kind}, {of});"


def condition(columns: Sequence[str], further: str, differs: str) -> str:
    """When a trigger notes anything."""
    changed = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns)
    both = " AND ".join(f"({one})" for one in (changed, further) if one)
    return f"WHEN ({both})" if both else ""


def sqlite(execute: Callable[[str], None]) -> None:
    execute("CREATE VIRTUAL TABLE search_words USING fts5"
            "(body, title, extra, marks, content='', columnsize=0, tokenize=\"ascii tokenchars '-_'\")")
    for name, table, event, columns, further, noted in TRIGGERS:
        of = f" OF {', '.join(columns)}" if columns else ""
        execute(f"CREATE TRIGGER search_{name} AFTER {event}{of} ON {table} FOR EACH ROW "
                f"{condition(columns, further, 'IS NOT')} BEGIN {' '.join(noting(noted))} END")


def postgresql(execute: Callable[[str], None]) -> None:
    execute("ALTER TABLE search_document ADD COLUMN words tsvector NOT NULL DEFAULT ''")
    execute("ALTER TABLE search_document ALTER COLUMN words SET STATISTICS 0")
    execute("CREATE INDEX document_words ON search_document USING gin (words) WITH (fastupdate = off)")
    for name, table, event, columns, further, noted in TRIGGERS:
        of = f" OF {', '.join(columns)}" if columns else ""
        execute(f"CREATE FUNCTION search_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"{' '.join(noting(noted))} RETURN NULL; END $$")
        execute(f"CREATE TRIGGER search_{name} AFTER {event}{of} ON {table} FOR EACH ROW "
                f"{condition(columns, further, 'IS DISTINCT FROM')} EXECUTE FUNCTION search_{name}()")


def forwards(apps: Any, schema_editor: Any) -> None:
    def execute(sql: str) -> None:
        schema_editor.execute(sql, params=None)

    (sqlite if schema_editor.connection.vendor == "sqlite" else postgresql)(execute)
    filling = apps.get_model("search", "Filling")
    for kind, table, hung in ((THREAD, THREADS, ""), (REPLY, REPLIES, ""), (FILE, FILES, "WHERE thread_id IS NOT NULL")):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {table} {hung}")
            total = cursor.fetchone()[0]
        filling.objects.create(kind=kind, total=total, finished_at=None if total else timezone.now())


def backwards(apps: Any, schema_editor: Any) -> None:
    for name, table, *_rest in TRIGGERS:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER search_{name}")
        else:
            schema_editor.execute(f"DROP TRIGGER search_{name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION search_{name}()")
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE search_words")
    else:
        schema_editor.execute("ALTER TABLE search_document DROP COLUMN words")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial"), ("conversation", "0004_descriptions")]
    operations = [migrations.RunPython(forwards, backwards)]
