import django.db.models.deletion
import heard.plumbing.ids
from django.db import migrations, models

from heard.plumbing.without_rowid import CreateModelWithoutRowid


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('number', models.PositiveIntegerField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=8)),
                ('ref', models.CharField(db_index=True, max_length=32)),
                ('body', models.TextField()),
                ('hash', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Shuffling',
            fields=[
                ('only', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('used', models.PositiveBigIntegerField(default=0)),
                ('answers', models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('code', models.CharField(default=heard.plumbing.ids.drawn_code, max_length=32, primary_key=True, serialize=False)),
                ('what', models.CharField(choices=[('pulse', 'pulse'), ('poll', 'poll'), ('voice', 'voice'), ('vote', 'vote')], max_length=5)),
                ('per_member', models.PositiveSmallIntegerField(default=1)),
                ('opens_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField(db_index=True)),
                ('size', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('announced', 'announced'), ('open', 'open'), ('closed', 'closed')], default='announced', max_length=9)),
                ('questions', models.JSONField()),
                ('published', models.TextField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('opens_at__lt', models.F('closes_at'))), name='ballot_opens_before_it_closes'), models.CheckConstraint(condition=models.Q(('what__in', ['pulse', 'poll', 'voice', 'vote'])), name='ballot_what'), models.CheckConstraint(condition=models.Q(('state__in', ['announced', 'open', 'closed'])), name='ballot_state')],
            },
        ),
        migrations.CreateModel(
            name='Key',
            fields=[
                ('group', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('n', models.TextField()),
                ('sealed', models.BinaryField()),
                ('invited', models.PositiveIntegerField()),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keys', to='ballots.ballot')),
            ],
        ),
        CreateModelWithoutRowid(
            name='Used',
            fields=[
                ('nonce_hash', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('prefix', models.CharField(max_length=43)),
                ('signature', models.TextField()),
                ('key', models.ForeignKey(db_column='group_code', db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ballots.key')),
            ],
        ),
        CreateModelWithoutRowid(
            name='Answer',
            fields=[
                ('code', models.CharField(default=heard.plumbing.ids.drawn_code, max_length=32, primary_key=True, serialize=False)),
                ('question', models.CharField(max_length=40)),
                ('value', models.SmallIntegerField(null=True)),
                ('words', models.TextField(default='')),
                ('release', models.PositiveIntegerField(null=True)),
                ('key', models.ForeignKey(db_column='group_code', db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ballots.key')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('value__isnull', True), ('words', ''), _connector='XOR'), name='answer_is_a_value_or_words')],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('code', models.CharField(default=heard.plumbing.ids.drawn_code, max_length=32, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('hour', models.DateTimeField()),
                ('is_last', models.BooleanField(default=False)),
                ('counts', models.JSONField()),
                ('ballot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='ballots.ballot')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('ballot', 'number'), name='release_number')],
            },
        ),
    ]
