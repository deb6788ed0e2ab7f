from typing import Any

from django.db import migrations

from heard.features.asks.rules import topic_of


def fold_topics(apps: Any, _editor: Any) -> None:
    """Points, spaces, lookalikes and what is not seen make no other question any more, also of what was asked before.

    Where one ask holds two questions that were different only in those, the second keeps the topic that it had.
    """
    there: set[tuple[int, str]] = set()
    for question in apps.get_model("asks", "Question").objects.order_by("ask", "nth").iterator():
        topic = topic_of(question.kind, question.text, question.options)
        if (question.ask_id, topic) in there:
            continue
        there.add((question.ask_id, topic))
        question.topic = topic
        question.save(update_fields=["topic"])
        for shown in question.shown.all():
            shown.topic = shown.entry["question"] = topic
            shown.save(update_fields=["topic", "entry"])


class Migration(migrations.Migration):

    dependencies = [
        ("asks", "0002_withdrawn"),
    ]

    operations = [
        migrations.RunPython(fold_topics, migrations.RunPython.noop),
    ]
