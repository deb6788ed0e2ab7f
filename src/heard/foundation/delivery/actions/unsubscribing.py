"""Unsubscribing by the signed address in a letter, without signing in."""

from heard.foundation.delivery.queries import reader
from heard.foundation.notices.actions import prefer, turn_off
from heard.foundation.notices.models import Rhythm, Way
from heard.foundation.notices.rules import ALL_DIGESTS, ALL_MAIL


def unsubscribe(person_id: int, what: str) -> None:
    """Sends somebody no more of `what`: a kind (by mail), all mail at once, or digests; twice changes nothing."""
    found = reader(person_id)
    if found is None:
        return
    if what == ALL_DIGESTS:
        prefer(by=person_id, zone=found.zone, rhythm=Rhythm.NEVER)
    elif what == ALL_MAIL:
        prefer(by=person_id, zone=found.zone, most_mails=0)
    else:
        turn_off(what, by=person_id, way=Way.MAIL)
