"""Ending a roll before its time."""

from django.utils import timezone

from heard.features.rolls.models import Roll


def end(roll: Roll) -> None:
    """From now on no browser is told of it, and no token is handed out."""
    Roll.objects.filter(pk=roll.pk).update(closes_at=timezone.now())
