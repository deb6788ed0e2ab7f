import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from heard.plumbing.ids import drawn_code
from heard.plumbing.without_rowid import CreateModelWithoutRowid

WHAT = [
    ("seen", "opened it"),
    ("replied", "replied"),
    ("noted", "left a note"),
    ("decided", "decided"),
    ("done", "is done with it"),
    ("hid", "hid it"),
    ("showed", "took it back onto the desk"),
    ("offered", "offered to open it"),
]


class Migration(migrations.Migration):
    """The table is made anew: what listeners did before is not kept, since it lay there in the order it was done."""

    dependencies = [
        ("desk", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.DeleteModel(name="Handling"),
        CreateModelWithoutRowid(
            name="Handling",
            fields=[
                ("code", models.CharField(default=drawn_code, max_length=32, primary_key=True, serialize=False)),
                ("thread", models.CharField(db_index=True, max_length=32)),
                ("what", models.CharField(choices=WHAT, max_length=10)),
                ("week", models.DateField()),
                ("is_settled", models.BooleanField(default=False)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("thread", "person", "what", "week"), name="handling_once_a_week"
                    )
                ],
            },
        ),
    ]
