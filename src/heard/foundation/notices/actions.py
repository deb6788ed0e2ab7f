"""Telling people things, and noting that they saw them."""

from collections.abc import Iterable

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone

from heard.foundation.notices.models import Notice, Why
from heard.plumbing import realtime
from heard.plumbing.ids import timed_id


@transaction.atomic
def tell(
    people: Iterable[int], why: Why, about: Model, *, by: AbstractBaseUser | None, address: str, words: str = ""
) -> None:
    """Leaves a notice for each of `people` (ids) but the one who caused it; each is told once.

    `address` is the page that the notice opens and `words` what it quotes; both are what every one of them may see.
    """
    now = timezone.now()
    told = sorted({person for person in people if by is None or person != by.pk})
    Notice.objects.bulk_create(
        Notice(
            id=timed_id(now),
            person_id=person,
            why=why,
            by_id=by.pk if by else None,
            about=about._meta.model_name or "",
            about_id=about.pk,
            address=address[:300],
            words=words[:300],
            told_at=now,
        )
        for person in told
    )
    for person in told:
        realtime.announce_on_commit(f"person:{person}", "notice")


def see_notices(person: AbstractBaseUser, *, up_to: int | None = None) -> int:
    """Notes that `person` saw what they were told, up to the notice `up_to` (an id) or all; gives how many were new."""
    unseen = Notice.objects.filter(person_id=person.pk, seen_at=None)
    if up_to is not None:
        unseen = unseen.filter(id__lte=up_to)
    seen = unseen.update(seen_at=timezone.now())
    if seen:
        realtime.announce_on_commit(f"person:{person.pk}", "notice")
    return seen


def see_notice(person: AbstractBaseUser, notice: Notice) -> None:
    """Notes that `person` opened one notice of theirs."""
    Notice.objects.filter(person_id=person.pk, pk=notice.pk, seen_at=None).update(seen_at=timezone.now())


def forget_words(about: Iterable[int], message_id: int) -> None:
    """Leaves no quotation in anybody's notices of a message that was taken back.

    `about` are ids of the threads that the notices may be about; the address of each ends with the message's id, and
    that of a reply with its place on the page as well.
    """
    leads_there = Q(address__endswith=f"/{message_id}/") | Q(address__endswith=f"/{message_id}/#r{message_id}")
    quoting = Notice.objects.filter(leads_there, about="thread", about_id__in=set(about))
    quoting.exclude(words="").update(words="")


def forget_notices(about: str, ids: Iterable[int]) -> None:
    """Takes back what people were told about things (of the kind `about`) that are no longer here."""
    Notice.objects.filter(about=about, about_id__in=set(ids)).delete()
