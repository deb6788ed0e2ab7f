"""Noting that somebody saw what they were told, and taking that back."""

from collections.abc import Iterator
from secrets import randbelow
from typing import NamedTuple

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet

from heard.foundation.notices.models import Notice
from heard.plumbing import realtime
from heard.plumbing.later import later

BATCH = 1000
AT_ONCE = 20_000
"""How many a person waits for; the worker sees to the rest."""
MOST_GESTURES = 1 << 53
ALONE = 0
"""What is noted with something that was seen otherwise than by a gesture that can be taken back."""


class Seen(NamedTuple):
    """How many were new, and the number that is noted with them, by which they can be made new again."""

    how_many: int
    gesture: int


def see_notice(person: AbstractBaseUser, notice: Notice) -> None:
    """Notes that `person` opened a notice of theirs, and with it its whole fold."""
    fold = Notice.objects.filter(person_id=person.pk, about=notice.about, about_id=notice.about_id, seen_with=None)
    if fold.update(seen_with=ALONE):
        realtime.announce_on_commit(f"person:{person.pk}", "notice")


def see_thread(person: AbstractBaseUser, thread_id: int) -> None:
    """Notes that `person` came to a thread by whatever way: what they were told of it is nothing new any more.

    Writes nothing where there is nothing to note, as mostly.
    """
    told = Notice.objects.filter(person_id=person.pk, about="thread", about_id=thread_id, seen_with=None)
    if told.exists() and told.update(seen_with=ALONE):
        realtime.announce_on_commit(f"person:{person.pk}", "notice")


def see_notices(person: AbstractBaseUser, *, up_to: int | None = None) -> Seen:
    """Notes that `person` saw what they were told, up to the notice `up_to` (an id) or all, in short transactions."""
    return go_on_seeing(person.pk, up_to=up_to, gesture=randbelow(MOST_GESTURES) + 1)


def go_on_seeing(person_id: int, *, up_to: int | None, gesture: int) -> Seen:
    """The same for somebody by their id, with the number that was drawn when it was begun."""
    unseen = Notice.objects.filter(person_id=person_id, seen_with=None)
    if up_to is not None:
        unseen = unseen.filter(id__lte=up_to)
    count = sum(Notice.objects.filter(pk__in=ids, seen_with=None).update(seen_with=gesture) for ids in batches(unseen))
    if count >= AT_ONCE:
        later("heard.foundation.notices.tasks.see", person_id, up_to, gesture)
    if count:
        realtime.announce_on_commit(f"person:{person_id}", "notice")
    return Seen(count, gesture)


def unsee_notices(person: AbstractBaseUser, *, gesture: int) -> int:
    """Makes new again what was noted as seen with this gesture; gives how many."""
    seen = Notice.objects.filter(person_id=person.pk, seen_with=gesture, seen_with__gt=ALONE)
    count = sum(Notice.objects.filter(pk__in=ids).update(seen_with=None) for ids in batches(seen))
    if count:
        realtime.announce_on_commit(f"person:{person.pk}", "notice")
    return count


def batches(of: QuerySet[Notice]) -> Iterator[list[int]]:
    """The ids of notices that a change takes out of `of`, a thousand at a time, and no more than a person waits for."""
    for _nth in range(AT_ONCE // BATCH):
        ids = list(of.order_by("-id").values_list("id", flat=True)[:BATCH])
        if ids:
            yield ids
        if len(ids) < BATCH:
            return
