from typing import Any

from django.db import migrations, models

from heard.features.voice.models import drawn_commitment


def draw(apps: Any, _editor: Any) -> None:
    """Puts something drawn by lot where no text is offered."""
    threads = apps.get_model("voice", "Thread").objects
    for code in threads.filter(offered="").values_list("pk", flat=True):
        threads.filter(pk=code).update(offered=drawn_commitment(), is_settled=False)


class Migration(migrations.Migration):
    """What is offered looks alike in all conversations. The table stays as it is: without row numbers on SQLite."""

    dependencies = [("voice", "0002_hidden_weeks")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="thread",
                    name="offered",
                    field=models.CharField(default=drawn_commitment, max_length=64),
                ),
            ],
        ),
        migrations.RunPython(draw, migrations.RunPython.noop, elidable=True),
    ]
