from typing import Any

from django.conf import settings
from django.db import migrations, models


def forget_when(apps: Any, schema_editor: Any) -> None:
    """That it was seen stays; no older state of a row, in which the moment stood, is left in SQLite's file."""
    if schema_editor.connection.vendor == 'sqlite':
        schema_editor.execute('PRAGMA secure_delete = ON')
    apps.get_model('notices', 'Notice').objects.exclude(seen_at=None).update(seen_with=0, seen_at=None)


def as_told(apps: Any, schema_editor: Any) -> None:
    """What was seen was seen at the earliest when it was told; more is not known."""
    apps.get_model('notices', 'Notice').objects.exclude(seen_with=None).update(seen_at=models.F('told_at'))


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0008_not_asked'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='notice',
            name='notices_not_seen',
        ),
        migrations.AddField(
            model_name='notice',
            name='seen_with',
            field=models.BigIntegerField(blank=True, null=True),
        ),
        migrations.RunPython(forget_when, as_told),
        migrations.RemoveField(
            model_name='notice',
            name='seen_at',
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('seen_with', None)), fields=['person', 'is_listed'], name='notices_not_seen'),
        ),
    ]
