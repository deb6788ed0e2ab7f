"""Handing out tokens: once to each member, blind, and late ones after a wait drawn by lot."""

import hashlib
import random
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from heard.features.ballots.actions import sign
from heard.features.rolls.errors import AlreadyIssued, MalformedRequest, NotInvited, RollIsClosed, TokenNotReady
from heard.features.rolls.models import Issued, Member, Roll, Wait
from heard.features.rolls.queries import to_take
from heard.features.rolls.rules import waits_until
from heard.foundation.people.models import Person
from heard.plumbing.traces import refuse_remnants


def issue(*, by: Person, ballot: str, blinded: Sequence[bytes]) -> list[bytes]:
    """Signs the blinded messages of `by`, as many as each member has tokens of this ballot.

    The same messages get the same signatures again, so that a lost reply costs nothing; others are refused. Whoever
    comes after the opening is refused until their wait is over. Neither time nor order is kept.
    """
    place = Member.objects.select_related("roll", "group").filter(person=by, roll__ballot=ballot).first()
    if place is None:
        raise NotInvited
    roll = place.roll
    if len(blinded) != roll.per_member:
        raise MalformedRequest
    refuse_early_or_late(roll, by)
    digests = [hashlib.sha256(message).hexdigest() for message in blinded]
    if len(set(digests)) != len(digests):
        raise MalformedRequest
    refuse_others(roll, by, digests)
    # Before anything is written: a message that cannot be signed shall cost nobody their token.
    signatures = [sign(ballot, place.group.code, message) for message in blinded]
    write_down(roll, by, digests)
    return signatures


def refuse_early_or_late(roll: Roll, person: Person) -> None:
    """Raises TokenNotReady while a wait lasts, and RollIsClosed where none can be given any more."""
    now = timezone.now()
    if now >= roll.closes_at:
        raise RollIsClosed
    if now < roll.opens_at or Issued.objects.filter(roll=roll, person=person).exists():
        return
    until = drawn_wait(roll, person)
    if until > now:
        raise TokenNotReady(until)


def refuse_others(roll: Roll, person: Person, digests: Sequence[str]) -> bool:
    """Whether exactly these were issued before; raises AlreadyIssued where others were."""
    rows = Issued.objects.filter(roll=roll, person=person).order_by("nth")
    before = list(rows.values_list("digest", flat=True))
    if before and before != list(digests):
        raise AlreadyIssued
    return bool(before)


def write_down(roll: Roll, person: Person, digests: Sequence[str]) -> None:
    """Notes that tokens were issued in a person's name; of two who ask at once for different ones, one is refused."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            refuse_remnants(cursor)
            if refuse_others(roll, person, digests):
                return
            Issued.objects.bulk_create(
                Issued(roll=roll, person=person, nth=nth, digest=digest) for nth, digest in enumerate(digests)
            )
            Wait.objects.filter(roll=roll, person=person).delete()
    except IntegrityError:
        refuse_others(roll, person, digests)


def draw_waits(person: Person) -> None:
    """Gives everybody who comes after an opening the wait until their token, once; later visits change nothing."""
    for one in to_take(person, timezone.now()):
        if one.is_missed:
            try:
                drawn_wait(one.roll, person)
            except RollIsClosed:
                continue


def drawn_wait(roll: Roll, person: Person) -> datetime:
    """Until when `person` waits, drawn now unless it was before; raises RollIsClosed where it is too late."""
    found = Wait.objects.filter(roll=roll, person=person).first()
    if found is None:
        chance = random.SystemRandom()
        until = waits_until(timezone.now(), roll.opens_at, roll.closes_at, settings.HEARD_TOKEN_WAIT, chance)
        if until is None:
            raise RollIsClosed
        found, _is_new = Wait.objects.get_or_create(roll=roll, person=person, defaults={"until": until})
    return found.until
