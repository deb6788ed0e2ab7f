"""Many rows at once, under the ids that the database would have given them."""

import pytest
from django.db import transaction

from heard.foundation.people.models import Unit
from heard.plumbing.rows import insert_rows, reserve_ids

pytestmark = pytest.mark.django_db


def test_reserved_ids_are_nobody_elses_also_after_rows_are_gone():
    first = Unit.objects.create(name="Ovens")
    with transaction.atomic():
        reserved = reserve_ids(Unit, 3)
        insert_rows(Unit, ({"id": number, "name": f"Oven {number}"} for number in reserved))
    later = Unit.objects.create(name="Shops")
    Unit.objects.filter(pk=later.pk).delete()

    assert len({first.pk, *reserved, later.pk}) == 5
    assert min(reserve_ids(Unit, 1)) > later.pk
