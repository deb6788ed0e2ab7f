from django.db import migrations

# The newest notice of each fold stays in the list; one look-up in an index for every notice that there is.
FOLD = """
UPDATE notices_notice SET is_listed = FALSE WHERE EXISTS (
    SELECT 1 FROM notices_notice n WHERE n.person_id = notices_notice.person_id
    AND n.about_id = notices_notice.about_id AND n.about = notices_notice.about AND n.id > notices_notice.id
)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0003_wanted'),
    ]

    operations = [
        migrations.RunSQL(FOLD, reverse_sql="UPDATE notices_notice SET is_listed = TRUE WHERE NOT is_listed"),
    ]
