from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0005_waiting")]

    operations = [
        migrations.AddField("device", "silences", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("device", "refusals", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("device", "rests_until", models.DateTimeField(blank=True, null=True)),
    ]
