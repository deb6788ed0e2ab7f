"""What a picture shows, in the words of whoever added it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds it, empty."""

    dependencies = [("conversation", "0003_once_an_author")]

    operations = [
        migrations.AddField("attachment", "description", models.CharField(blank=True, default="", max_length=300)),
    ]
