"""What a person was told."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection
from django.db.models import QuerySet

from heard.foundation.notices.models import Notice

PAGE = 30


def notices_of(person: AbstractBaseUser, *, before: int | None = None) -> QuerySet[Notice]:
    """A page of notices, newest first, with who caused each; one more than a page where there are more."""
    told = Notice.objects.filter(person_id=person.pk).select_related("by").order_by("-id")
    return (told.filter(id__lt=before) if before else told)[: PAGE + 1]


def notice_of(person: AbstractBaseUser, notice_id: int) -> Notice:
    """One notice of theirs; raises Notice.DoesNotExist for anybody else's."""
    return Notice.objects.get(person_id=person.pk, pk=notice_id)


def unseen_count(person: AbstractBaseUser) -> int:
    """How many notices were not seen; counting stops at 100."""
    sql = "SELECT COUNT(*) FROM (SELECT 1 FROM notices_notice WHERE person_id = %s AND seen_at IS NULL LIMIT 100) n"
    with connection.cursor() as cursor:
        cursor.execute(sql, [person.pk])
        return int(cursor.fetchone()[0])
