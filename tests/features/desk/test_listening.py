"""Who listens to whom: named by administrators, with keys of their own, the nearest first and always two."""

import json
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.db import models
from django.test import Client
from django.utils import timezone

from heard.features.ballots.models import Entry
from heard.features.desk import actions, queries
from heard.features.desk.errors import KeyIsNew, NotAListener
from heard.features.desk.models import Circle, Held, Listener, Month
from heard.features.desk.rules import listening_to, month_after
from heard.features.voice.errors import KeyIsUnusable
from heard.features.voice.models import Audience, ListenerKey
from heard.features.voice.rules import digest_of
from heard.foundation.people.actions import end_access, withdraw_role
from heard.foundation.people.errors import NotForYou
from heard.foundation.people.models import Grant, Unit
from heard.foundation.record.models import Event
from tests.cast import Cast, a_person, browser_of
from tests.features.desk.desks import WRAPPED, a_listening

pytestmark = pytest.mark.django_db


def heard_in(name):
    """The keys that hear Operations; or the other group, which Sales shares with those who are in no unit."""
    circles = Circle.objects.filter(name=name) if name == "Operations" else Circle.objects.exclude(name="Operations")
    return Audience.objects.get(group=circles.get().group).listeners


def test_two_for_everybody_hear_each_group_and_whoever_is_no_member(desk):
    both = sorted(one.code for one in desk.keys.values())
    assert {one.group: one.listeners for one in Audience.objects.all()} == {
        "": both,
        **{circle.group: both for circle in Circle.objects.all()},
    }
    said = json.loads(Client().get("/voice/listeners.json").content)
    assert [one["name"] for one in sorted(said["listeners"], key=lambda one: one["name"])] == ["Ines Ear", "Lars Ear"]
    assert len(said["groups"]) == 1 + Circle.objects.count()


def test_each_key_stands_in_the_public_log_with_the_name_that_is_shown(desk):
    entries = {
        json.loads(one.body)["ref"]: json.loads(one.body)["digest"] for one in Entry.objects.filter(kind="listener")
    }
    assert entries == {key.code: digest_of(bytes(key.public), key.name) for key in ListenerKey.objects.all()}


def test_those_named_for_a_unit_hear_it_and_nobody_else_does(desk):
    unit = Unit.objects.get(name="Operations")
    keys = {a_listening(name, by=desk.administrator, unit=unit)[1].code for name in ("Olga Ear", "Omar Ear")}
    assert set(heard_in("Operations")) == keys
    assert set(heard_in("Sales")) == {one.code for one in desk.keys.values()}


def test_one_alone_for_a_unit_hears_it_with_those_for_everybody(desk):
    _person, alone = a_listening("Olga Ear", by=desk.administrator, unit=Unit.objects.get(name="Operations"))
    assert set(heard_in("Operations")) == {alone.code, *(one.code for one in desk.keys.values())}


@pytest.mark.parametrize(
    ("chain", "named", "heard"),
    [
        ([], {}, []),
        ([2, 1], {None: ["a", "b"]}, ["a", "b"]),
        ([2, 1], {2: ["c", "d"], None: ["a", "b"]}, ["c", "d"]),
        ([2, 1], {2: ["c"], 1: ["d"], None: ["a"]}, ["c", "d"]),
        ([2, 1], {2: ["c"], None: ["c", "a"]}, ["a", "c"]),
        ([2, 1], {3: ["c", "d"], None: ["a"]}, ["a"]),
    ],
)
def test_the_nearest_two_are_found_upwards(chain, named, heard):
    assert listening_to(chain, named) == heard


def test_whoever_leaves_or_loses_the_role_is_written_to_no_more(desk):
    end_access(desk.first, by=desk.administrator)
    actions.hear_again()
    assert heard_in("Sales") == [desk.keys[desk.second.pk].code]
    assert json.loads(Client().get("/voice/listeners.json").content)["groups"] == []
    withdraw_role(Grant.objects.get(person=desk.second), by=desk.administrator)
    actions.hear_again()
    assert heard_in("Sales") == []


def test_a_new_key_takes_the_place_of_the_old_one(desk):
    before = desk.keys[desk.first.pk].code
    public = json.loads(Client().get("/voice/listeners.json").content)["listeners"][0]["public"]
    with time_machine.travel(timezone.now() + timedelta(weeks=1)):
        actions.keep_key(by=desk.first, public=public, wrapped=WRAPPED)
    after, former = queries.keys_of(desk.first)
    assert former == before != after
    assert ListenerKey.objects.get(pk=before).is_retired
    assert after in heard_in("Sales")
    assert before not in heard_in("Sales")


def test_a_second_key_within_a_week_is_refused_in_one_sentence_and_made_on_monday(desk):
    page, monday = browser_of(desk.first), Held.objects.first().week + timedelta(weeks=1)
    public = json.loads(Client().get("/voice/listeners.json").content)["listeners"][0]["public"]
    before = queries.keys_of(desk.first)
    said = page.get("/desk/key/").content.decode()
    assert "You made a key this week." in said
    assert 'id="make-passphrase"' not in said
    answer = browser_of(desk.first, accept="application/json").post(
        "/desk/key/", {"public": public, "wrapped": WRAPPED}
    )
    assert (answer.status_code, "from Monday on" in answer.content.decode()) == (409, True)
    with pytest.raises(KeyIsNew):
        actions.keep_key(by=desk.first, public=public, wrapped=WRAPPED)
    assert queries.keys_of(desk.first) == before
    with time_machine.travel(datetime.combine(monday, time(0, 1), UTC)):
        assert 'id="make-passphrase"' in browser_of(desk.first).get("/desk/key/").content.decode()
        actions.keep_key(by=desk.first, public=public, wrapped=WRAPPED)
    assert queries.keys_of(desk.first)[1:] == before


def test_of_a_key_its_week_is_kept_and_no_moment_also_not_in_the_record(desk):
    fields = Held._meta.concrete_fields
    assert not [one for one in fields if isinstance(one, models.DateTimeField | models.TimeField | models.AutoField)]
    assert {held.week.weekday() for held in Held.objects.all()} == {0}
    assert not Event.objects.filter(what__contains="key").exists()


@pytest.mark.parametrize(
    ("public", "wrapped"),
    [("x", WRAPPED), ("A" * 87, WRAPPED), (None, "{}"), (None, "x"), (None, WRAPPED.replace("600000", "1000"))],
)
def test_what_is_no_key_is_not_kept(desk, public, wrapped):
    good = json.loads(Client().get("/voice/listeners.json").content)["listeners"][0]["public"]
    with time_machine.travel(timezone.now() + timedelta(weeks=1)), pytest.raises(KeyIsUnusable):
        actions.keep_key(by=desk.first, public=public or good, wrapped=wrapped)
    assert Held.objects.count() == 2


def test_only_administrators_name_and_only_those_with_the_role(desk):
    member = a_person("Mina Member")
    with pytest.raises(NotAListener):
        actions.name_listener(member, by=desk.administrator)
    with pytest.raises(NotForYou):
        actions.name_listener(desk.first, by=member)
    with pytest.raises(NotForYou):
        actions.withdraw_listener(Listener.objects.first(), by=desk.first)
    with pytest.raises(NotForYou):
        actions.keep_key(by=member, public="", wrapped="")
    actions.name_listener(desk.first, by=desk.administrator)
    assert Listener.objects.filter(person=desk.first).count() == 1


def test_a_month_is_frozen_a_week_before_it_opens_and_leaves_no_gap(desk):
    now = desk.month.closes_at - timedelta(days=8)
    assert actions.begin_month(now=now) is None
    following = actions.begin_month(now=now + timedelta(days=2))
    assert following.opens_at == desk.month.closes_at
    assert (following.closes_at.day, following.closes_at.hour) == (1, 0)
    assert actions.begin_month(now=now + timedelta(days=2)) is None
    assert Month.objects.count() == 2


def test_the_first_month_opens_in_three_days_and_is_no_stub():
    now = timezone.now().replace(day=25, hour=15, minute=20)
    opens_at, closes_at = month_after(None, now)
    assert timedelta(days=3) <= opens_at - now < timedelta(days=3, hours=2)
    assert closes_at - opens_at > timedelta(weeks=3)
    assert month_after(now - timedelta(days=1), now) == (opens_at, closes_at)


def test_nobody_is_frozen_as_long_as_nobody_listens(cast: Cast):
    assert actions.begin_month() is None
    assert Month.objects.count() == 0


def test_where_there_are_too_few_people_for_any_group_there_is_no_month(cast: Cast):
    for name in ("Ines Ear", "Lars Ear"):
        a_listening(name, by=cast.administrator)
    assert actions.begin_month() is None


def test_naming_and_withdrawing_by_the_page(desk):
    page = browser_of(desk.administrator)
    third = a_person("Theo Third")
    assert page.post("/desk/listeners/", {"person": third.handle, "unit": ""}).status_code == 422
    assert browser_of(desk.first).get("/desk/listeners/").status_code == 403
    listener = Listener.objects.get(person=desk.first)
    assert page.post(f"/desk/listeners/{listener.pk}/withdrawal/").status_code == 302
    assert "Ines Ear" not in page.get("/desk/listeners/").content.decode().split('<ul class="list sheet">')[1]
