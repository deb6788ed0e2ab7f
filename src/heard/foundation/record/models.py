"""The record: one row for each thing that happened."""

from django.conf import settings
from django.db import models


class Event(models.Model):
    """That something happened to something, by whom; `what` is a name such as `thread.hidden`."""

    what = models.CharField(max_length=60)
    subject = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "subject_id", "id"], name="event_of_subject"),
            models.Index(fields=["what", "id"], name="event_by_name"),
        ]
