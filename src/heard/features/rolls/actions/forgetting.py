"""Forgetting until when somebody had to wait, once it is over."""

from django.db import connection
from django.utils import timezone

from heard.features.ballots.actions.rewriting import refuse_remnants
from heard.features.rolls.models import Wait


def forget_waits() -> int:
    """Deletes the waits of rolls that have closed, which say who came late and when; returns how many there were."""
    with connection.cursor() as cursor:
        refuse_remnants(cursor)
    deleted, _by_model = Wait.objects.filter(roll__closes_at__lte=timezone.now()).delete()
    return deleted
