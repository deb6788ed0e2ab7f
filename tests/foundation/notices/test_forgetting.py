"""Notices are forgotten when they are old: seen ones after 90 days, others after a year."""

from datetime import timedelta

import pytest
from django.utils import timezone

from heard.foundation.notices.actions.forgetting import BATCH
from heard.foundation.notices.models import Notice, Why
from heard.foundation.notices.tasks import forget_old
from heard.plumbing.ids import timed_id


def told(person, days, *, seen, nth=0):
    at = timezone.now() - timedelta(days=days)
    return Notice(
        id=timed_id(at, nth),
        person=person,
        why=Why.FOLLOW,
        about="person",
        about_id=nth,
        address="/",
        told_at=at,
        seen_with=0 if seen else None,
    )


@pytest.mark.parametrize(
    ("days", "seen", "stays"), [(89, True, True), (91, True, False), (364, False, True), (366, False, False)]
)
def test_what_is_old_is_forgotten_and_nothing_else(cast, days, seen, stays):
    told(cast.member, days, seen=seen).save()
    forget_old.func()
    assert Notice.objects.filter(person=cast.member, why=Why.FOLLOW).exists() == stays


def test_many_are_forgotten_in_short_batches_past_those_that_stay(cast):
    rows = [told(cast.member, 100, seen=nth % 2 == 0, nth=nth) for nth in range(2 * BATCH + 10)]
    Notice.objects.bulk_create(rows)
    forget_old.func()
    left = Notice.objects.filter(person=cast.member, why=Why.FOLLOW)
    assert left.count() == BATCH + 5
    assert not left.exclude(seen_with=None).exists()
