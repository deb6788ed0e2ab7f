"""Forgetting until when somebody had to wait, once it is over."""

from django.utils import timezone

from heard.features.rolls.models import Wait


def forget_waits() -> int:
    """Deletes the waits of rolls that have closed, which say who came late and when; returns how many there were."""
    deleted, _by_model = Wait.objects.filter(roll__closes_at__lte=timezone.now()).delete()
    return deleted
