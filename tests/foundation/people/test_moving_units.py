"""That somebody went to another unit is recorded, since it changes in which group they are counted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from heard.foundation.people.actions import add_unit, change_profile
from heard.foundation.record.queries import events_named
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def moves():
    since = timezone.now() - timedelta(minutes=5)
    return [(event.subject_id, event.detail) for event in events_named("person.moved", since=since)]


def test_a_move_is_recorded_with_both_names(cast: Cast):
    depot, office = add_unit("Depot"), add_unit("Office")
    change_profile(cast.member, by=cast.steward, unit_id=depot.pk)
    change_profile(cast.member, by=cast.steward, unit_id=office.pk)
    change_profile(cast.member, by=cast.steward, unit_id=None)
    assert moves() == [
        (cast.member.pk, {"before": "", "after": "Depot"}),
        (cast.member.pk, {"before": "Depot", "after": "Office"}),
        (cast.member.pk, {"before": "Office", "after": ""}),
    ]


def test_what_is_no_move_is_not_recorded(cast: Cast):
    depot = add_unit("Depot")
    change_profile(cast.member, by=cast.steward, unit_id=depot.pk)
    change_profile(cast.member, by=cast.steward, unit_id=depot.pk, title="Driver")
    change_profile(cast.member, by=cast.member, about="I drive")
    assert len(moves()) == 1
