"""Who is not asked for a while: a device, a push service or a person's devices where nobody answers."""

from urllib.parse import urlsplit

from django.utils import timezone

from heard.foundation.notices.actions import forget_endpoint, note_refusal, note_silence, note_taken
from heard.foundation.notices.models import Device
from heard.plumbing.limits import is_spent, spend
from heard.plumbing.push import Delivery

BY_HOST, MOST_BY_HOST, HOST_RESTS = "push-away-host", 3, 5 * 60
BY_PERSON, MOST_BY_PERSON, PERSON_RESTS = "push-away-person", 10, 60 * 60
"""So many waits in vain, and nothing is tried there until so many seconds after the first of them."""


def rests(device: Device) -> bool:
    """Whether a push to this device should wait, so that nobody else's waits for it."""
    return (
        (device.rests_until is not None and device.rests_until > timezone.now())
        or is_spent(BY_HOST, host_of(device), most=MOST_BY_HOST)
        or is_spent(BY_PERSON, str(device.person_id), most=MOST_BY_PERSON)
    )


def note(device: Device, outcome: Delivery) -> None:
    """Keeps what became of a push: what is gone or refuses time and again is forgotten, what is silent rests."""
    if outcome == Delivery.SENT:
        note_taken(device)
    elif outcome == Delivery.GONE:
        forget_endpoint(device.pk)
    elif outcome == Delivery.REFUSED:
        note_refusal(device)
    else:
        note_silence(device)
    if outcome == Delivery.AWAY:
        spend(BY_HOST, host_of(device), seconds=HOST_RESTS)
        spend(BY_PERSON, str(device.person_id), seconds=PERSON_RESTS)


def host_of(device: Device) -> str:
    """Whose service it is; as one where it cannot be read."""
    try:
        return (urlsplit(device.endpoint).hostname or "")[:150]
    except ValueError:
        return ""
