"""Telling people something: in their list at once, and outside these pages as each of them wants it."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import batched

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from heard.foundation.notices.models import Delivery, Notice, Way, Why
from heard.foundation.notices.queries.wanting import wanted_by
from heard.foundation.notices.rules import OUTSIDE
from heard.plumbing import realtime
from heard.plumbing.ids import timed_ids
from heard.plumbing.later import later
from heard.plumbing.rows import IN_ONE_LIST

HELD_FOR = timedelta(minutes=2)
"""How long a mail waits, since somebody who is here sees the notice before."""
PUSHING = "heard.foundation.delivery.tasks.push_due"


@transaction.atomic
def tell(
    people: Iterable[int],
    why: Why,
    about: Model,
    *,
    by: AbstractBaseUser | None,
    address: str,
    title: str = "",
    words: str = "",
) -> None:
    """Leaves a notice for each of `people` (ids) but who caused it and those who turned it off; each is told once.

    `address` is the page that the notice opens, `title` what that is called and `words` what the notice quotes; all are
    what every one of them may see. What goes out by mail or push is noted in the same transaction and sent later.
    """
    told = sorted({person for person in people if by is None or person != by.pk})
    kind = about._meta.model_name or ""
    ways, reachable = wanted_by(told, why, about.pk if kind == "thread" else None)
    wanting = [person for person in told if ways.get(person)]
    if not wanting:
        return
    now = timezone.now()
    listing = [person for person in wanting if Way.APP in ways[person]]
    before = Notice.objects.filter(about_id=about.pk, about=kind, is_listed=True)
    for some in batched(listing, IN_ONE_LIST, strict=False):
        before.filter(person__in=some).update(is_listed=False)
    notices = [
        Notice(
            id=number,
            person_id=person,
            why=why,
            by_id=by.pk if by else None,
            about=kind,
            about_id=about.pk,
            address=address[:300],
            title=title[:200],
            words=words[:300],
            told_at=now,
            is_listed=Way.APP in ways[person],
        )
        for person, number in zip(wanting, timed_ids(now, len(wanting)), strict=True)
    ]
    Notice.objects.bulk_create(notices)
    send_later(notices, ways, reachable)
    for person in listing:
        realtime.announce_on_commit(f"person:{person}", "notice")


def send_later(notices: list[Notice], ways: dict[int, set[str]], reachable: set[int]) -> None:
    """Notes what is to go out of these notices: mail by the clock, a push as soon as the worker is free."""
    going = []
    for notice in notices:
        for way in sorted(OUTSIDE & ways[notice.person_id]):
            if way == Way.MAIL or notice.person_id in reachable:
                due = notice.told_at + (HELD_FOR if way == Way.MAIL else timedelta())
                going.append(Delivery(person_id=notice.person_id, notice=notice, way=way, due_at=due))
    if going:
        Delivery.objects.bulk_create(going)
    if any(one.way == Way.PUSH for one in going):
        later(PUSHING)
