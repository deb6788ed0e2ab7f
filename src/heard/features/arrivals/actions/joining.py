"""A steward says who somebody from an archive is: what the newcomer said becomes the account's, and can go back."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone

from heard.features.arrivals import rules
from heard.features.arrivals.errors import MayNotSayWho, NotANewcomer, NotOneself
from heard.features.arrivals.models import Joining, Moved
from heard.foundation.communities.models import Access, Community, Membership
from heard.foundation.conversation.models import Attachment, Mention, Reaction, Reply, Thread
from heard.foundation.people.models import Person
from heard.foundation.record.actions import happened

_AT_ONCE = 500
# Which column of each table says whose a row is.
_TABLES: tuple[tuple[Moved.Table, type[models.Model], str], ...] = (
    (Moved.Table.THREAD, Thread, "author"),
    (Moved.Table.REPLY, Reply, "author"),
    (Moved.Table.ATTACHMENT, Attachment, "owner"),
    (Moved.Table.REACTION, Reaction, "person"),
    (Moved.Table.MENTION, Mention, "person"),
    (Moved.Table.MEMBERSHIP, Membership, "person"),
)


@transaction.atomic
def join_people(newcomer: Person, account: Person, *, by: Person) -> Joining:
    """Gives what `newcomer` said, was named in and belonged to, to `account`; what both have stays where it is.

    A newcomer came with an archive and never signed in. Into a private community `account` comes only where `by`
    tends it, and nobody tends anything by it. Raises MayNotSayWho, NotANewcomer or NotOneself.
    """
    if not rules.may_say_who(by):
        raise MayNotSayWho
    if not is_newcomer(newcomer) or account.pk == newcomer.pk or account.left_at or account.claimed_at is None:
        raise NotANewcomer
    behind_doors = Membership.objects.filter(person=newcomer, community__access=Access.PRIVATE)
    if account == by and behind_doors.exists():
        raise NotOneself
    tended = Membership.objects.filter(person=by, is_tender=True).values("community")
    closed_to_them = set(behind_doors.exclude(community__in=tended).values_list("pk", flat=True))
    joining = Joining.objects.create(newcomer=newcomer, account=account, by=by, joined_at=timezone.now())
    for table, model, column in _TABLES:
        rows = list(model._default_manager.filter(**{column: newcomer}).values_list("pk", flat=True))
        if model is Membership:
            rows = [pk for pk in rows if pk not in closed_to_them]
        moved = _give(model, column, rows, account)
        _remember(joining, table, moved)
        if model is Membership:
            _remember(joining, Moved.Table.TENDING, _end_tending(moved))
    Person.objects.filter(pk=newcomer.pk, left_at=None).update(left_at=joining.joined_at)
    happened("archive.joined", newcomer, by=by, account=account.pk)
    return joining


@transaction.atomic
def part_people(joining: Joining, *, by: Person) -> None:
    """Gives everything back that a joining moved, but what has gone meanwhile. Raises MayNotSayWho."""
    if not rules.may_say_who(by):
        raise MayNotSayWho
    newcomer = joining.newcomer
    for table, model, column in _TABLES:
        rows = list(Moved.objects.filter(joining=joining, table=table).values_list("row", flat=True))
        still: list[int] = []
        for part in _parts(rows):
            theirs = model._default_manager.filter(pk__in=part, **{column: joining.account})
            still += theirs.values_list("pk", flat=True)
        _give(model, column, still, newcomer)
    tending = Moved.objects.filter(joining=joining, table=Moved.Table.TENDING).values("row")
    Membership.objects.filter(pk__in=tending, person=newcomer).update(is_tender=True)
    Person.objects.filter(pk=newcomer.pk, left_at=joining.joined_at).update(left_at=None)
    happened("archive.parted", newcomer, by=by, account=joining.account_id)
    joining.delete()


def _remember(joining: Joining, table: Moved.Table, rows: list[int]) -> None:
    Moved.objects.bulk_create((Moved(joining=joining, table=table, row=pk) for pk in rows), batch_size=_AT_ONCE)


def _end_tending(memberships: list[int]) -> list[int]:
    tending: list[int] = []
    for part in _parts(memberships):
        tending += Membership.objects.filter(pk__in=part, is_tender=True).values_list("pk", flat=True)
        Membership.objects.filter(pk__in=part, is_tender=True).update(is_tender=False)
    return tending


def is_newcomer(person: Person) -> bool:
    """Whether somebody came with an archive, never signed in, and was not said to be anybody yet."""
    return person.claimed_at is None and not Joining.objects.filter(newcomer=person).exists()


def _give(model: type[models.Model], column: str, rows: list[int], to: Person) -> list[int]:
    """Makes rows those of another person; gives the ids of those that went, since some may be theirs already."""
    moved: list[int] = []
    for part in _parts(rows):
        values: dict[str, Any] = {column: to}
        if hasattr(model, "version"):
            values["version"] = F("version") + 1
        try:
            with transaction.atomic():
                model._default_manager.filter(pk__in=part).update(**values)
            moved += part
        except IntegrityError:  # one of them is there already: go one by one
            moved += [pk for pk in part if _give_one(model, pk, values)]
    if model in (Thread, Reply):
        _grow_threads(model, moved)
    if model is Membership:
        for community in set(Membership.objects.filter(pk__in=moved).values_list("community", flat=True)):
            count = Membership.objects.filter(community=community).count()
            Community.objects.filter(pk=community).update(member_count=count)
    return moved


def _give_one(model: type[models.Model], pk: int, values: dict[str, Any]) -> bool:
    try:
        with transaction.atomic():
            return bool(model._default_manager.filter(pk=pk).update(**values))
    except IntegrityError:
        return False


def _grow_threads(model: type[models.Model], rows: list[int]) -> None:
    if model is Reply:
        for part in _parts(rows):
            threads = Reply.objects.filter(pk__in=part).values("thread")
            Thread.objects.filter(pk__in=threads).update(version=F("version") + 1)


def _parts(rows: list[int]) -> Iterable[list[int]]:
    return (rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE))
