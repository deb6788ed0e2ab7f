from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns that may be empty are added to the table as it is, so that on SQLite it stays without row numbers."""

    dependencies = [("voice", "0001_initial")]

    operations = [
        migrations.AddField(model_name="thread", name="hidden_week", field=models.DateField(null=True)),
        migrations.AddField(model_name="thread", name="shown_week", field=models.DateField(null=True)),
        migrations.RunSQL(
            "UPDATE voice_thread SET hidden_week = week WHERE state = 'hidden'", migrations.RunSQL.noop, elidable=True
        ),
    ]
