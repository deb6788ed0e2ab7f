"""What of that which is due goes out now: not in quiet hours, not what was seen, not more than the budget."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from heard.foundation.delivery.queries import Reader, Shown, reader, shown_to
from heard.foundation.notices.actions import postpone, settle
from heard.foundation.notices.models import Delivery, Way, Why
from heard.foundation.notices.queries import due_for, preferences_of, spent_on
from heard.foundation.notices.queries.wanting import goes
from heard.foundation.notices.rules import quiet_ends

Outcome = Delivery.Outcome


@dataclass(frozen=True, slots=True)
class Chosen:
    """What goes out to a reader, what became of each delivery (ids by outcome), and the day that it counts for."""

    reader: Reader
    shown: list[Shown]
    outcomes: dict[str, list[int]]
    day: date


def choose(person_id: int, way: Way) -> Chosen | None:
    """What goes out to somebody now; nothing where there is nothing, which then is noted.

    What must be read is not held back by the budget; all else beyond it is left to the digest.
    """
    now = timezone.now()
    due = due_for(person_id, way, now)
    if not due:
        return None
    found = reader(person_id)
    if found is None or (way == Way.MAIL and not found.email):
        settle({Outcome.NEEDLESS: [one.pk for one in due]})
        return None
    wanted = preferences_of(found.person)
    if (until := quiet_ends(wanted, now, found.zone)) > now:
        postpone([one.pk for one in due], until)
        return None
    day = now.astimezone(found.zone).date()
    most = wanted.most_mails if way == Way.MAIL else wanted.most_pushes
    has_room = spent_on(person_id, way, day) < most
    shown: list[Shown] = []
    outcomes: dict[str, list[int]] = {}
    for one in due:
        still = still_needed(found, one)
        outcome = Outcome.NEEDLESS
        if still and (has_room or one.notice.why == Why.MUST_READ):
            outcome = Outcome.SENT
            shown.append(still)
        elif still:
            outcome = Outcome.DIGEST
        outcomes.setdefault(outcome, []).append(one.pk)
    if not shown:
        settle(outcomes)
        return None
    return Chosen(found, shown, outcomes, day)


def still_needed(found: Reader, due: Delivery) -> Shown | None:
    """What of it may be shown, unless it was seen or the kind was turned off meanwhile."""
    if due.notice.is_seen or not goes(found.person.pk, due.notice.why, Way(due.way)):
        return None
    return shown_to(found.person, due.notice)
