"""How the company moves in: the same every time, and beside real people only when asked."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core import serializers
from django.db import transaction

from heard.demo.build import build_company, sign_ins
from heard.demo.errors import SomebodyElseIsHere
from heard.foundation.communities.actions import start_community
from heard.foundation.communities.models import Community, Membership
from heard.foundation.conversation.models import Reaction, Reply, Thread
from heard.foundation.notices.models import Notice
from heard.foundation.people.actions import add_person
from heard.foundation.people.models import Follow, Person, Unit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 7, 5, tzinfo=UTC)
FRESH_EACH_TIME = ("password", "session_salt")


def everything() -> list[dict[str, Any]]:
    """All that the company wrote, but what is secret, with rows named by order and not by id."""
    order = {
        model: {row: nth for nth, row in enumerate(model.objects.order_by("id").values_list("pk", flat=True))}
        for model in (Unit, Person, Community)
    }
    rows = []
    for model in (Unit, Person, Follow, Community, Membership, Thread, Reply, Reaction, Notice):
        relations = {
            field.name: order[field.related_model] for field in model._meta.fields if field.related_model in order
        }
        for row in serializers.serialize("python", model.objects.order_by("id")):
            fields = {name: value for name, value in row["fields"].items() if name not in (*FRESH_EACH_TIME, "path")}
            rows.append(fields | {name: numbers.get(fields[name]) for name, numbers in relations.items()})
            rows[-1].pop("about_id", None)
    return rows


@pytest.mark.whole
def test_two_builds_are_equal() -> None:
    built = []
    for _time in range(2):
        with transaction.atomic():
            counts = build_company(now=NOW)
            built.append((counts, everything()))
            transaction.set_rollback(True)
    assert built[0] == built[1]


def test_the_company_does_not_move_in_where_real_people_are() -> None:
    add_person(name="Real Person", email="real@example.com", by=None)
    with pytest.raises(SomebodyElseIsHere):
        build_company(now=NOW)
    assert Person.objects.count() == 1
    assert sign_ins() == []


def test_beside_real_people_names_that_are_taken_stay_theirs() -> None:
    real = add_person(name="Joana Ribeiro", handle="joana", staff_number="CF-0007", by=None)
    theirs = start_community(name="Depot operations", by=real)
    build_company(now=NOW, beside=True)
    ours = Person.objects.exclude(pk=real.pk).get(name="Joana Ribeiro")
    assert ours.handle == "joana.ribeiro"
    assert Person.objects.get(staff_number="CF-0007") == real
    assert theirs.threads.count() == 0
    assert Community.objects.filter(name="Depot operations (Calder)").exists()
    assert not Reply.objects.filter(html__contains='href="/people/joana/"').exists()
    assert len(sign_ins()) == 6
