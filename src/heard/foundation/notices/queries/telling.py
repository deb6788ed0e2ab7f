"""Single notices, and how many were not seen."""

from collections.abc import Iterable

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.db.models import QuerySet

from heard.foundation.notices.models import Notice, Why

MOST_COUNTED = 100


def notices_of(person: AbstractBaseUser) -> QuerySet[Notice]:
    """Everything that a person was told, newest first, with who caused each."""
    return Notice.objects.filter(person_id=person.pk).select_related("by").order_by("-id")


def notice_of(person: AbstractBaseUser, notice_id: int) -> Notice:
    """One notice of theirs; raises Notice.DoesNotExist for anybody else's."""
    return Notice.objects.get(person_id=person.pk, pk=notice_id)


def was_told(person_id: int, why: Why, about: str, about_id: int) -> bool:
    """Whether somebody was told this of a thing already, and it was not forgotten since."""
    return Notice.objects.filter(person=person_id, why=why, about=about, about_id=about_id).exists()


def people_told(about: str, ids: Iterable[int]) -> set[int]:
    """The ids of those who were told about things (of the kind `about`)."""
    found = Notice.objects.filter(about=about, about_id__in=set(ids))
    return set(found.values_list("person_id", flat=True).distinct())


def told_of(person_id: int, about: str) -> set[int]:
    """The ids of the things of a kind that somebody was told about."""
    found = Notice.objects.filter(person=person_id, about=about)
    return set(found.values_list("about_id", flat=True).distinct())


def is_listed() -> str:
    """SQL for a notice that stands in the list, said as each engine's partial indexes say it, or they are not used."""
    return "is_listed = 1" if connection.vendor == "sqlite" else "is_listed"


def unseen_count(person: AbstractBaseUser) -> int:
    """How many folds hold something that was not seen; counting stops at 100."""
    sql = (
        "SELECT COUNT(*) FROM (SELECT 1 FROM notices_notice "
        f"WHERE person_id = %s AND {is_listed()} AND seen_with IS NULL LIMIT {MOST_COUNTED}) n"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [person.pk])
        return int(cursor.fetchone()[0])
