"""Looking at what happened."""

from datetime import datetime

from heard.foundation.record.models import Event


def events_named(what: str, *, since: datetime) -> list[Event]:
    """What is called `what` and happened after `since`, in the order it did."""
    return list(Event.objects.filter(what=what, at__gt=since).order_by("id"))
