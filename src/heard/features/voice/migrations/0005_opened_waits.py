from django.db import migrations, models


class Migration(migrations.Migration):
    """The column may be empty, so that on SQLite the table stays without row numbers. What is open already waits no longer."""

    dependencies = [("voice", "0004_decided_weeks")]

    operations = [
        migrations.AddField(model_name="opened", name="waits_until", field=models.DateField(null=True)),
    ]
