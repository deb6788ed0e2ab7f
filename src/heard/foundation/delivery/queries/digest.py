"""What stands in a person's digest: what waits for them, and the best of their communities; short on purpose."""

from dataclasses import dataclass
from datetime import datetime

from heard.foundation.conversation.models import Thread
from heard.foundation.conversation.queries import best_since
from heard.foundation.conversation.queries.messages import threads_whose_words_are_read_by
from heard.foundation.delivery.queries.showing import Shown, shown_to
from heard.foundation.notices.models import Notice, Way
from heard.foundation.notices.queries import kinds_for, untold_by_mail
from heard.foundation.people.models import Person

MOST = 5
MOST_WAITING = 3
LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class Digest:
    """At most five items; `more` is how many others there would have been, counted up to a few hundred."""

    waiting: list[Shown]
    best: list[Thread]
    more: int

    def __bool__(self) -> bool:
        return bool(self.waiting or self.best)


def digest_for(person: Person, since: datetime) -> Digest:
    """What `person` may read now of what happened since a moment, and has not seen nor been mailed."""
    wanted = {kind.why.value for kind in kinds_for(person) if Way.DIGEST in kind.ways}
    untold = [one for one in untold_by_mail(person.pk, since)[:LOOKED_AT] if one.why in wanted]
    shown = (shown_to(person, notice) for notice in untold)
    waiting = [one for one in shown if one]
    first = waiting[:MOST_WAITING]
    told = {one.notice.about_id for one in waiting if one.notice.about == "thread"}
    best = best_since(person, since, limit=MOST + MOST_WAITING)
    untold_threads = [thread for thread in best.threads if thread.pk not in told]
    room = MOST - len(first)
    waiting_more = len(waiting) - len(first)
    return Digest(first, untold_threads[:room], waiting_more + best.more + len(untold_threads[room:]))


def digest_of(person: Person, notices: list[int], threads: list[int], more: int) -> Digest:
    """What of a digest that was written before `person` may still read."""
    told = Notice.objects.filter(person_id=person.pk, pk__in=notices).select_related("by")
    still = {one.pk: shown for one in told if (shown := shown_to(person, one))}
    listed = threads_whose_words_are_read_by(person).filter(pk__in=threads, is_listed=True)
    found = {one.pk: one for one in listed.select_related("author", "community")}
    return Digest([still[pk] for pk in notices if pk in still], [found[pk] for pk in threads if pk in found], more)
