from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('ballots', '0002_at_rest'),
    ]

    operations = [
        migrations.DeleteModel(
            name='Shuffling',
        ),
    ]
