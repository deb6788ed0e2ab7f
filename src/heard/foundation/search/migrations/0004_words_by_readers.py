"""Known words are kept apart by who reads them, and counted, so that nobody's search is moved by what others read.

What was known before is forgotten: it did not say who reads it. The worker counts the words of the documents that
are there, out of the index itself; until it is done, typing errors are forgiven where it has come already.
"""

from typing import Any

from django.db import migrations, models
from django.utils import timezone

NAME, PLACE, WORDS = 4, 5, 6
KINDS = [(0, "Thread"), (1, "Reply"), (2, "File"), (3, "Whole"), (NAME, "Name"), (PLACE, "Place"), (WORDS, "Words")]
NOTES = f"INSERT INTO search_change (kind, source) VALUES ({PLACE}, NEW.id);"


def forwards(apps: Any, schema_editor: Any) -> None:
    def execute(sql: str) -> None:
        schema_editor.execute(sql, params=None)

    each = "AFTER UPDATE OF access ON communities_community FOR EACH ROW"
    if schema_editor.connection.vendor == "sqlite":
        execute(f"CREATE TRIGGER search_place_opened {each} WHEN OLD.access IS NOT NEW.access BEGIN {NOTES} END")
        execute("DROP TABLE search_slip")
        execute("CREATE TABLE search_slip (\"left\" bigint NOT NULL, word bigint NOT NULL, "
                "PRIMARY KEY (\"left\", word)) WITHOUT ROWID")
    else:
        execute("CREATE FUNCTION search_place_opened() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN {NOTES} RETURN NULL; END $$")
        execute(f"CREATE TRIGGER search_place_opened {each} WHEN (OLD.access IS DISTINCT FROM NEW.access) "
                "EXECUTE FUNCTION search_place_opened()")
        # Counts go up and down all day, and with room beside them no index hears of it.
        execute("ALTER TABLE search_knownword SET (fillfactor = 70)")
    filling = apps.get_model("search", "Filling")
    for kind, table in ((NAME, "people_word"), (WORDS, "search_document")):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM {table}")
            total = cursor.fetchone()[0]
        filling.objects.update_or_create(kind=kind, defaults={
            "down_to": None, "total": total, "done": 0, "finished_at": None if total else timezone.now()})


def backwards(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER search_place_opened")
    else:
        schema_editor.execute("DROP TRIGGER search_place_opened ON communities_community")
        schema_editor.execute("DROP FUNCTION search_place_opened()")
    filling = apps.get_model("search", "Filling")
    filling.objects.filter(kind=WORDS).delete()
    apps.get_model("search", "Change").objects.filter(kind=PLACE).delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0003_names"), ("communities", "0003_by_request")]
    operations = [
        migrations.DeleteModel("Slip"),
        migrations.DeleteModel("KnownWord"),
        migrations.CreateModel("KnownWord", [
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("pool", models.BigIntegerField()),
            ("word", models.CharField(max_length=64)),
            ("documents", models.IntegerField(default=1)),
        ], options={"constraints": [models.UniqueConstraint(
            fields=["pool", "word"], name="word_once_a_pool", opclasses=["int8_ops", "varchar_pattern_ops"])]}),
        migrations.CreateModel("Slip", [
            ("pk", models.CompositePrimaryKey("left", "word", primary_key=True, serialize=False)),
            ("left", models.BigIntegerField()),
            ("word", models.BigIntegerField()),
        ]),
        migrations.CreateModel("Counted", [
            ("document", models.BigIntegerField(primary_key=True, serialize=False)),
            ("pool", models.BigIntegerField()),
        ]),
        migrations.AlterField("change", "kind", models.PositiveSmallIntegerField(choices=KINDS)),
        migrations.AlterField("document", "kind", models.PositiveSmallIntegerField(choices=KINDS)),
        migrations.AlterField(
            "filling", "kind", models.PositiveSmallIntegerField(choices=KINDS, primary_key=True, serialize=False)
        ),
        migrations.RunPython(forwards, backwards),
    ]
