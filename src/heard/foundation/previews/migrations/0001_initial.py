"""What is known of pages behind links."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Preview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('url', models.TextField()),
                ('wanted_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('fetched_at', models.DateTimeField(blank=True, null=True)),
                ('failed_because', models.CharField(blank=True, default='', max_length=60)),
                ('title', models.CharField(blank=True, default='', max_length=200)),
                ('description', models.CharField(blank=True, default='', max_length=300)),
                ('site', models.CharField(blank=True, default='', max_length=160)),
                ('code', models.CharField(blank=True, default='', max_length=32)),
                ('picture', models.CharField(blank=True, default='', max_length=200)),
                ('width', models.PositiveIntegerField(blank=True, null=True)),
                ('height', models.PositiveIntegerField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['wanted_at'], name='preview_by_time')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('code',), name='preview_code')],
            },
        ),
    ]
