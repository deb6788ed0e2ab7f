"""Unsubscribing by the signed address in a letter, and taking that back, without signing in."""

from heard.foundation.delivery.queries import reader
from heard.foundation.notices.actions import prefer, turn_off, turn_on_way
from heard.foundation.notices.models import Rhythm, Way
from heard.foundation.notices.queries import preferences_of
from heard.foundation.notices.rules import ALL_DIGESTS, ALL_MAIL

MOST_MAILS = 50


def unsubscribe(person_id: int, what: str) -> str:
    """Sends somebody no more of `what`: a kind (by mail), all mail at once, or digests; twice changes nothing.

    Gives how it was wanted before, for `subscribe_again`; nothing where there is nothing to say.
    """
    found = reader(person_id)
    if found is None:
        return ""
    wanted = preferences_of(found.person)
    if what == ALL_DIGESTS:
        prefer(by=person_id, zone=found.zone, rhythm=Rhythm.NEVER)
        return wanted.rhythm
    if what == ALL_MAIL:
        prefer(by=person_id, zone=found.zone, most_mails=0)
        return str(wanted.most_mails)
    turn_off(what, by=person_id, way=Way.MAIL)
    return ""


def subscribe_again(person_id: int, what: str, *, was: str = "") -> None:
    """Takes it back; as it `was`, or as most want it where that says nothing. Twice changes nothing."""
    found = reader(person_id)
    if found is None:
        return
    wanted = preferences_of(found.person)
    if what == ALL_DIGESTS:
        if wanted.rhythm == Rhythm.NEVER:
            prefer(by=person_id, zone=found.zone, rhythm=was if was == Rhythm.WEEKLY else Rhythm.DAILY)
    elif what == ALL_MAIL:
        if wanted.most_mails == 0:
            count = int(was) if was.isascii() and was.isdigit() and len(was) < 3 else 0
            usual = type(wanted)().most_mails
            prefer(by=person_id, zone=found.zone, most_mails=count if 0 < count <= MOST_MAILS else usual)
    else:
        turn_on_way(what, Way.MAIL, by=person_id)
