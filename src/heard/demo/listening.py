"""What the demo company is asked, and what its people say unasked: both without their names."""

import random
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from heard.demo.asking import build_asks
from heard.demo.build import SEED, SIGN_INS, is_here, password_of
from heard.demo.cast import CAST
from heard.demo.confiding import build_conversations
from heard.features.desk.queries import is_heard
from heard.features.rolls.actions import shuffle_issued
from heard.foundation.people.models import Person

LISTENING = ("ayse", "deborah")
"""Who reads what is said without a name; their passwords open their keys too."""


@transaction.atomic
def build_listening(*, now: datetime | None = None) -> None:
    """Three pulses, conversations at each stage and a vote, in the company that has just moved in.

    Visitors have no tokens yet: the browsers in which they sign in take theirs.
    """
    now, chance = now or timezone.now(), random.Random(SEED)
    claimed = Person.objects.filter(unit__reference__startswith="demo:", left_at=None, claimed_at__isnull=False)
    here = list(claimed.order_by("pk"))
    by_name = {person.name: person for person in here}
    cast = {speaker.handle: by_name[speaker.name] for speaker in CAST if speaker.name in by_name}
    visitors = {cast[handle].pk for handle in SIGN_INS.values()}
    staff = [person for person in here if person.pk not in visitors]
    build_asks(staff, cast["shirin"], now=now, chance=chance)
    passphrases = {handle: password_of(handle) for handle in LISTENING}
    build_conversations(cast, staff, passphrases, _digits(), now=now, chance=chance)
    shuffle_issued()


def receipt() -> str:
    """The digits, in fours, that lead a visitor back to a conversation as if they had begun it; empty where none is."""
    digits = _digits() if is_here() and is_heard() else ""
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def _digits() -> str:
    digest = salted_hmac("heard.demo", "receipt", algorithm="sha256").digest()
    return f"{int.from_bytes(digest) % 10**20:020}"
