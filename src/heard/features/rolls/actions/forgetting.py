"""Forgetting until when somebody had to wait, once it is over."""

from django.db import connection
from django.utils import timezone

from heard.features.rolls.models import Wait
from heard.plumbing.traces import refuse_remnants


def forget_waits() -> int:
    """Deletes the waits of rolls that have closed, which say who came late and when; returns how many there were."""
    with connection.cursor() as cursor:
        refuse_remnants(cursor)
    deleted, _by_model = Wait.objects.filter(roll__closes_at__lte=timezone.now()).delete()
    return deleted
