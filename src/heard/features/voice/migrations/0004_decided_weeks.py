from django.db import migrations, models

DECIDED = """
UPDATE voice_thread
SET is_settled = FALSE,
    decided_week = COALESCE(
        (SELECT MAX(week) FROM voice_message WHERE thread_id = voice_thread.code AND "by" = 'listener'), week
    )
WHERE state IN ('decided', 'done')
"""


class Migration(migrations.Migration):
    """The column may be empty, so that on SQLite the table stays without row numbers.

    In which week something was decided before is not known here: where its writer ever had a reply it counts as told.
    """

    dependencies = [("voice", "0003_offered_by_lot")]

    operations = [
        migrations.AddField(model_name="thread", name="decided_week", field=models.DateField(null=True)),
        migrations.RunSQL(DECIDED, migrations.RunSQL.noop, elidable=True),
    ]
