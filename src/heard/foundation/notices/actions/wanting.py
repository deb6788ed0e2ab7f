"""How somebody wants to be told: kinds and ways on and off, threads muted, quiet hours, digest and budget."""

from collections.abc import Collection, Mapping
from datetime import tzinfo
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from heard.foundation.notices.errors import NothingToMute
from heard.foundation.notices.models import Notice, Preferences, Switch, Way, Why
from heard.foundation.notices.rules import goes_by_default, next_digest


@transaction.atomic
def turn_off(why: str, *, by: AbstractBaseUser | int, way: str = "") -> None:
    """Tells `by` (or somebody by their id) nothing more of a kind, or no more this way; twice changes nothing."""
    person = by if isinstance(by, int) else by.pk
    Switch.objects.update_or_create(
        person_id=person,
        why=Why(why),
        way=Way(way) if way else "",
        about_id=0,
        defaults={"is_on": False, "set_at": timezone.now()},
    )


@transaction.atomic
def turn_on(why: str, *, by: AbstractBaseUser) -> None:
    """Takes back that a whole kind was turned off: each way is as it was before."""
    Switch.objects.filter(person_id=by.pk, why=why, way="", about_id=0).delete()


@transaction.atomic
def turn_on_way(why: str, way: Way, *, by: int) -> None:
    """Lets a kind go this way again to somebody by their id; twice changes nothing."""
    Switch.objects.filter(person_id=by, why=Why(why), way=way, about_id=0).delete()
    if not goes_by_default(why, way):
        Switch.objects.create(person_id=by, why=Why(why), way=way, is_on=True, set_at=timezone.now())


@transaction.atomic
def switch_kinds(wanted: Mapping[str, Collection[str]], *, by: AbstractBaseUser) -> None:
    """Lets each kind that is named go exactly these ways; only what most people want otherwise is kept."""
    now = timezone.now()
    Switch.objects.filter(person_id=by.pk, about_id=0, why__in=list(wanted)).delete()
    Switch.objects.bulk_create(
        Switch(person_id=by.pk, why=Why(why), way=way, is_on=way in ways, set_at=now)
        for why, ways in wanted.items()
        for way in Way
        if (way in ways) != goes_by_default(why, way)
    )


@transaction.atomic
def mute_thread(notice: Notice, *, by: AbstractBaseUser) -> None:
    """Tells `by` nothing more of the thread that a notice of theirs is about; raises NothingToMute for others."""
    if notice.about != "thread":
        raise NothingToMute
    Switch.objects.get_or_create(
        person_id=by.pk, why="", way="", about_id=notice.about_id, defaults={"set_at": timezone.now()}
    )


@transaction.atomic
def unmute_thread(notice: Notice, *, by: AbstractBaseUser) -> None:
    """Lets `by` hear of the thread again."""
    if notice.about == "thread":
        Switch.objects.filter(person_id=by.pk, why="", about_id=notice.about_id).delete()


@transaction.atomic
def unmute_all(*, by: AbstractBaseUser) -> int:
    """Lets `by` hear of every thread again; gives how many were muted."""
    return Switch.objects.filter(person_id=by.pk, why="", about_id__gt=0).delete()[0]


@transaction.atomic
def prefer(*, by: AbstractBaseUser | int, zone: tzinfo, **wanted: Any) -> None:
    """Keeps what somebody wants (fields of Preferences), and sets when their next digest is due by their clock."""
    person = by if isinstance(by, int) else by.pk
    preferences, _is_new = Preferences.objects.get_or_create(pk=person)
    for name, value in wanted.items():
        setattr(preferences, name, value)
    now = timezone.now()
    preferences.digest_due_at = next_digest(preferences, now, zone)
    preferences.digest_at = preferences.digest_at or now
    preferences.save()
