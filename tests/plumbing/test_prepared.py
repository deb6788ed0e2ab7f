"""Queries that are composed once give what the ORM gives."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from heard.foundation.communities.models import Membership
from heard.foundation.people.models import Person
from heard.plumbing.prepared import Prepared
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_row_comes_back_whole_with_every_value_as_the_orm_gives_it(cast: Cast) -> None:
    found = Prepared(Person, "pk").first(cast.steward.pk)
    assert found is not None
    plain = Person.objects.get(pk=cast.steward.pk)
    fields = [field.attname for field in Person._meta.concrete_fields]
    assert [getattr(found, name) for name in fields] == [getattr(plain, name) for name in fields]
    assert found == plain


def test_what_was_found_can_be_changed_and_saved(cast: Cast) -> None:
    found = Prepared(Person, "pk").first(cast.member.pk)
    assert found is not None
    found.title = "Planner"
    found.save(update_fields=["title"])
    assert Person.objects.get(pk=cast.member.pk).title == "Planner"


def test_each_value_asked_for_gives_its_own_row(cast: Cast) -> None:
    by_id = Prepared(Person, "pk")
    assert [getattr(by_id.first(person.pk), "pk", None) for person in (cast.member, cast.tender)] == [
        cast.member.pk,
        cast.tender.pk,
    ]
    assert by_id.first(0) is None


def test_two_columns_are_asked_for_in_their_order(cast: Cast) -> None:
    row = Prepared(Membership, "person", "community").first(cast.member.pk, cast.community.pk)
    assert row == Membership.objects.get(person=cast.member, community=cast.community)


def test_values_are_asked_for_as_the_field_keeps_them(cast: Cast) -> None:
    at = cast.member.joined_at
    Person.objects.exclude(pk=cast.member.pk).update(joined_at=at - timedelta(days=1))
    by_time = Prepared(Person, "joined_at")
    for same in (at, at.astimezone(ZoneInfo("Asia/Tokyo"))):
        assert by_time.first(same) == cast.member
    assert Prepared(Person, "pk").first(str(cast.member.pk)) == cast.member
    assert Prepared(Person, "name", "handle").first(cast.member.name, cast.member.handle) == cast.member
    assert Prepared(Person, "skills", "handle").first([], cast.member.handle) == cast.member


@pytest.mark.parametrize("value", [None, "a\0b", "\0"])
def test_what_no_row_can_hold_finds_nothing_first_or_later(cast: Cast, value: str | None) -> None:
    by_email = Prepared(Person, "email")
    Person.objects.filter(pk=cast.left.pk).update(email=None)
    assert by_email.first(value) is None
    assert by_email.first(cast.member.email) == cast.member
    assert by_email.first(value) is None


def test_one_query_is_run(cast: Cast) -> None:
    by_id = Prepared(Person, "pk")
    by_id.first(cast.member.pk)
    with CaptureQueriesContext(connection) as ran:
        by_id.first(cast.tender.pk)
    assert len(ran) == 1


def test_nothing_is_composed_that_one_value_cannot_ask_for() -> None:
    with pytest.raises(ValueError, match="one value each"):
        Prepared(Person, "pk__in").first([1, 2])
