"""Messages may show the page behind their first link."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('communities', '0003_by_request'),
        ('conversation', '0004_descriptions'),
        ('previews', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='reply',
            name='preview',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)s_set', to='previews.preview'),
        ),
        migrations.AddField(
            model_name='thread',
            name='preview',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='%(class)s_set', to='previews.preview'),
        ),
        migrations.AddIndex(
            model_name='reply',
            index=models.Index(condition=models.Q(('preview__isnull', False)), fields=['preview'], name='reply_with_preview'),
        ),
        migrations.AddIndex(
            model_name='thread',
            index=models.Index(condition=models.Q(('preview__isnull', False)), fields=['preview'], name='thread_with_preview'),
        ),
    ]
