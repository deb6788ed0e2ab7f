"""Push: a line on somebody's devices that says who did what, never what was said."""

import json
import logging

from django.db import transaction
from django.utils.translation import ngettext

from heard.foundation.delivery.actions.choosing import choose
from heard.foundation.delivery.actions.resting import note, rests
from heard.foundation.delivery.queries import groups_of
from heard.foundation.delivery.queries.showing import told
from heard.foundation.notices.actions import settle
from heard.foundation.notices.models import Device, Way
from heard.plumbing import push
from heard.plumbing.later import later

logger = logging.getLogger(__name__)
TTL = 24 * 60 * 60
"""Seconds for which a push service keeps what a device that is off did not take."""
SENDING = "heard.foundation.delivery.tasks.send_push"


def push_to(person_id: int) -> None:
    """Pushes to each device of somebody what is due to them, in one line; queued in the transaction that notes it."""
    chosen = choose(person_id, Way.PUSH)
    if chosen is None:
        return
    groups = groups_of(chosen.shown)
    newest = groups[-1][-1].notice
    with chosen.reader.speaking(), transaction.atomic():
        if not settle(chosen.outcomes, spends=(person_id, Way.PUSH, chosen.day)):
            return
        if len(groups) == 1:
            line = told(newest.why, str(newest.by or "Heard"), "")
            payload = {"title": line, "url": f"/notices/{newest.pk}/", "tag": f"{newest.about}-{newest.about_id}"}
        else:
            count = len(groups)
            line = ngettext("%(count)s thing waits for you", "%(count)s things wait for you", count) % {"count": count}
            payload = {"title": line, "url": "/notices/", "tag": "notices"}
        for device in Device.objects.filter(person=person_id).values_list("pk", flat=True):
            later(SENDING, device, json.dumps(payload), 1, person_id)


def send_push(device_id: int, payload: str, *, to: int) -> bool:
    """Sends one push to one device; false where it should be tried again. A subscription that is gone is forgotten.

    Nothing is sent where the browser is no longer that of the person `to`, of whom the push speaks.
    """
    device = Device.objects.filter(pk=device_id, person=to).first()
    if device is None:
        return True
    if rests(device):
        return False
    subscription = {"endpoint": device.endpoint, "p256dh": device.public_key, "auth": device.secret}
    outcome = push.send(subscription, payload.encode(), ttl=TTL, urgency="normal")
    note(device, outcome)
    if outcome == push.Delivery.REFUSED:
        logger.warning("A push service refused a notice")
    return outcome not in {push.Delivery.LATER, push.Delivery.AWAY}
