"""The words by which colleagues are found become known words, so that a mistyped name is forgiven too."""

from typing import Any

from django.db import migrations, models
from django.utils import timezone

NAME = 4
KINDS = [(0, "Thread"), (1, "Reply"), (2, "File"), (3, "Whole"), (NAME, "Name")]
NOTES = f"INSERT INTO search_change (kind, source) VALUES ({NAME}, NEW.id);"


def forwards(apps: Any, schema_editor: Any) -> None:
    def execute(sql: str) -> None:
        schema_editor.execute(sql, params=None)

    each = "AFTER INSERT ON people_word FOR EACH ROW"
    if schema_editor.connection.vendor == "sqlite":
        execute(f"CREATE TRIGGER search_name_given {each} BEGIN {NOTES} END")
    else:
        execute("CREATE FUNCTION search_name_given() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN {NOTES} RETURN NULL; END $$")
        execute(f"CREATE TRIGGER search_name_given {each} EXECUTE FUNCTION search_name_given()")
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM people_word")
        total = cursor.fetchone()[0]
    filling = apps.get_model("search", "Filling")
    filling.objects.create(kind=NAME, total=total, finished_at=None if total else timezone.now())


def backwards(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER search_name_given")
    else:
        schema_editor.execute("DROP TRIGGER search_name_given ON people_word")
        schema_editor.execute("DROP FUNCTION search_name_given()")
    apps.get_model("search", "Filling").objects.filter(kind=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0002_words_and_triggers"), ("people", "0001_initial")]
    operations = [
        migrations.AlterField("change", "kind", models.PositiveSmallIntegerField(choices=KINDS)),
        migrations.AlterField("document", "kind", models.PositiveSmallIntegerField(choices=KINDS)),
        migrations.AlterField(
            "filling", "kind", models.PositiveSmallIntegerField(choices=KINDS, primary_key=True, serialize=False)
        ),
        migrations.RunPython(forwards, backwards),
    ]
