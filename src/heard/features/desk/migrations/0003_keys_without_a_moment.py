from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import migrations, models


def place(apps: Any, _editor: Any) -> None:
    """Gives each key its place among those of its holder, and the Monday of its week."""
    last = dict[int, int]()
    for held in apps.get_model("desk", "Held").objects.order_by("made_at"):
        held.place = last[held.person_id] = last.get(held.person_id, -1) + 1
        made_on = held.made_at.date()
        held.week = made_on - timedelta(days=made_on.weekday())
        held.save(update_fields=["place", "week"])


def forget(apps: Any, _editor: Any) -> None:
    """Takes the moment of each key out of the record."""
    apps.get_model("record", "Event").objects.filter(what="listener.key-made").delete()


class Migration(migrations.Migration):
    """Messages name the keys they are sealed for, so that the moment of a key bounds that of a message."""

    dependencies = [
        ("desk", "0002_handling_without_order"),
        ("record", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(model_name="held", name="place", field=models.PositiveIntegerField(default=0)),
        migrations.AddField(model_name="held", name="week", field=models.DateField(null=True)),
        migrations.RunPython(place, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(forget, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(model_name="held", name="place", field=models.PositiveIntegerField()),
        migrations.AlterField(model_name="held", name="week", field=models.DateField()),
        migrations.RemoveField(model_name="held", name="made_at"),
        migrations.AddConstraint(
            model_name="held",
            constraint=models.UniqueConstraint(fields=("person", "place"), name="held_key_has_its_place"),
        ),
    ]
