"""The browsers that somebody lets show their notices."""

import hashlib
from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from heard.foundation.notices.errors import NoSuchDevice
from heard.foundation.notices.models import Device
from heard.plumbing import push

MOST = 10
MOST_REFUSALS = 5
LONGEST_REST = 30
"""Minutes for which a device that took nothing is not asked."""


@transaction.atomic
def add_device(*, by: AbstractBaseUser, endpoint: str, public_key: str, secret: str, label: str = "") -> Device:
    """Lets a browser show what `by` is told; the same browser once, whoever had it before, and ten at most.

    `endpoint`, `public_key` and `secret` are those of the browser's PushSubscription (`p256dh` and `auth`). Raises
    NoSuchDevice where they cannot be. Where the endpoint's name leads is asked when something is sent.
    """
    if not push.is_subscription(endpoint, public_key, secret):
        raise NoSuchDevice
    device, _is_new = Device.objects.update_or_create(
        endpoint_hash=hashlib.sha256(endpoint.encode()).hexdigest(),
        defaults={
            "person_id": by.pk,
            "endpoint": endpoint,
            "public_key": public_key,
            "secret": secret,
            "label": label[:80],
            "added_at": timezone.now(),
            "silences": 0,
            "refusals": 0,
            "rests_until": None,
        },
    )
    kept = Device.objects.filter(person_id=by.pk).order_by("-added_at", "-id").values_list("pk", flat=True)[:MOST]
    Device.objects.filter(person_id=by.pk).exclude(pk__in=list(kept)).delete()
    return device


@transaction.atomic
def forget_device(device: Device) -> None:
    """Shows nothing more there."""
    Device.objects.filter(pk=device.pk).delete()


@transaction.atomic
def forget_endpoint(device_id: int) -> None:
    """The same for a subscription that the browser has given up."""
    Device.objects.filter(pk=device_id).delete()


@transaction.atomic
def note_taken(device: Device) -> None:
    """Its service took something: what was before is forgiven."""
    found = Device.objects.filter(pk=device.pk).exclude(silences=0, refusals=0)
    found.update(silences=0, refusals=0, rests_until=None)


@transaction.atomic
def note_silence(device: Device) -> None:
    """Its service could not be reached, or was busy: it is left in peace for 1, 2, 4 … minutes."""
    count = min(device.silences + 1, 20)
    until = timezone.now() + timedelta(minutes=min(2 ** (count - 1), LONGEST_REST))
    Device.objects.filter(pk=device.pk).update(silences=count, rests_until=until)


@transaction.atomic
def note_refusal(device: Device) -> None:
    """Its service refused; after five times in succession nothing more is tried there."""
    if device.refusals + 1 >= MOST_REFUSALS:
        forget_endpoint(device.pk)
    Device.objects.filter(pk=device.pk).update(refusals=device.refusals + 1)


@transaction.atomic
def forget_devices(person_id: int) -> None:
    """Shows nothing more anywhere."""
    Device.objects.filter(person_id=person_id).delete()
