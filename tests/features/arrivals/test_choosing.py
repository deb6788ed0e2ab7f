"""Of an archive comes what somebody chose, and the rest is counted."""

from datetime import date

import pytest

from heard.features.arrivals import actions
from heard.features.arrivals.errors import NoSuchTarget
from heard.features.arrivals.formats import reasons
from heard.foundation.communities.actions import start_community
from heard.foundation.communities.models import Access, Community, Membership
from heard.foundation.conversation.models import Thread
from tests.cast import a_person
from tests.features.arrivals.exports import GENERAL, a_slack, said

pytestmark = pytest.mark.django_db
DAY = "general/2020-01-01.json"
A_DAY = 86_400


def brought(path, **wanted):
    return actions.answer(actions.bring_in_file(path, "slack", choices=actions.choices(**wanted)).tally)


def test_a_conversation_comes_whole_if_it_began_within_the_time(tmp_path):
    days = [said(1, "Old"), said(2 * A_DAY, "New"), said(5 * A_DAY, "Late")]
    days[1]["thread_ts"] = days[1]["ts"]
    days.append(said(4 * A_DAY, "An answer", thread_ts=days[1]["ts"]))
    first = Thread.objects.none()
    told = brought(a_slack(tmp_path, {DAY: days}), since=date(2020, 1, 2), until=date(2020, 1, 4))
    first = Thread.objects.get()
    assert (first.source, first.reply_count) == ("New", 1)
    assert told["skipped"] == {reasons.OUT_OF_TIME: 2}


def test_a_community_that_is_left_out_does_not_come(tmp_path):
    told = brought(a_slack(tmp_path, {DAY: [said(1, "Hello")]}), left_out=["#General"])
    assert not Community.objects.exists()
    assert not Membership.objects.exists()
    assert told["skipped"] == {reasons.LEFT_OUT: 1}
    assert told["noted"][reasons.LEFT_OUT] == 1


def test_everything_goes_into_one_community_and_nobody_with_it(tmp_path):
    tender = a_person("Tom Tender")
    place = start_community(name="Archive", by=tender)
    told = brought(a_slack(tmp_path, {DAY: [said(1, "Hello")]}), into=place.slug)
    assert Thread.objects.get().community == place
    assert list(Membership.objects.values_list("person", flat=True)) == [tender.pk]
    assert told["communities"] == 0
    place.refresh_from_db()
    assert place.thread_count == 1


def test_what_few_could_read_does_not_go_where_more_can(tmp_path):
    place = start_community(name="Archive", by=a_person("Tom Tender"))
    export = a_slack(tmp_path, {DAY: [said(1, "Hello")]}, channels=[], groups=[GENERAL])
    told = brought(export, into=place.slug)
    assert told["skipped"] == {reasons.SEEN_BY_FEWER: 1}
    assert not Thread.objects.exists()


def test_a_community_that_is_not_there_or_not_theirs_is_no_target():
    hidden = start_community(name="Council", by=a_person("Tom Tender"), access=Access.PRIVATE)
    with pytest.raises(NoSuchTarget):
        actions.choices(into="nowhere")
    with pytest.raises(NoSuchTarget):
        actions.choices(into=hidden.slug, by=a_person("Ada Admin"))
    assert actions.choices(into=hidden.slug).into_access == "private"


def test_a_target_that_was_opened_to_others_meanwhile_takes_nothing(tmp_path):
    place = start_community(name="Archive", by=a_person("Tom Tender"), access=Access.PRIVATE)
    wanted = actions.choices(into=place.slug)
    Community.objects.filter(pk=place.pk).update(access=Access.OPEN)
    with pytest.raises(NoSuchTarget):
        actions.bring_in_file(a_slack(tmp_path, {DAY: [said(1, "Hello")]}), "slack", choices=wanted)
    assert not Thread.objects.exists()


def test_choices_are_kept_with_the_run(tmp_path):
    wanted = actions.choices(since=date(2020, 1, 2), left_out=["a"], mapping={"Wann": "time"})
    assert type(wanted).from_json(wanted.as_json()) == wanted
    assert type(wanted).from_json({}) == actions.choices()
