import django.db.models.deletion
import heard.plumbing.ids
from django.db import migrations, models

from heard.plumbing.without_rowid import CreateModelWithoutRowid


class Migration(migrations.Migration):

    dependencies = [
        ('ballots', '0001_initial'),
    ]

    operations = [
        CreateModelWithoutRowid(
            name='UsedAtRest',
            fields=[
                ('nonce_hash', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('prefix', models.CharField(max_length=43)),
                ('signature', models.TextField()),
                ('key', models.ForeignKey(db_column='group_code', db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ballots.key')),
            ],
            options={
                'abstract': False,
            },
        ),
        CreateModelWithoutRowid(
            name='AnswerAtRest',
            fields=[
                ('code', models.CharField(default=heard.plumbing.ids.drawn_code, max_length=32, primary_key=True, serialize=False)),
                ('question', models.CharField(max_length=40)),
                ('value', models.SmallIntegerField(null=True)),
                ('words', models.TextField(default='')),
                ('release', models.PositiveIntegerField(null=True)),
                ('key', models.ForeignKey(db_column='group_code', db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ballots.key')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('value__isnull', True), ('words', ''), _connector='XOR'), name='answeratrest_is_a_value_or_words')],
            },
        ),
    ]
